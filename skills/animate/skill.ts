import {
  defineSkill,
  durationOf,
  fail,
  fileRefSchema,
  ok,
  pictureRefSchema,
  soundRefSchema,
  z,
  type Animator,
  type AnimationRequest,
  type SkillContext,
} from "../../src/skill-kit/index.js";

/** 161 frames at 16 a second, which is what the models reach. */
const LONGEST_SPEECH_S = 10;
const common = {
  picture: pictureRefSchema.describe("Who or what is to move."),
  subject: z
    .enum(["person", "no-person"])
    .default("person")
    .describe(
      "no-person: the caller's word that the picture shows a robot, a cartoon or a thing, and no real person. For a person, the launch file has to name their recorded consent.",
    ),
  prompt: z.string().trim().max(2_000).default("").describe("How it looks and moves."),
  width: z.int().min(64).max(1_920).multipleOf(16).default(832),
  height: z.int().min(64).max(1_920).multipleOf(16).default(480),
  frames: z
    .int()
    .min(5)
    .max(161)
    .optional()
    .describe("A multiple of 4 and one; default: what the speech lasts, or 77."),
  steps: z.int().min(1).max(200).optional(),
  seed: z.int().min(0).max(2_147_483_647).optional(),
};

export default defineSkill({
  name: "animate",
  description: "Has a generative model make a picture follow the motion of a video, or talk to a recorded speech.",
  input: z.discriminatedUnion("do", [
    z.strictObject({
      do: z.literal("follow").describe("The picture moves as somebody in a video does."),
      clip: fileRefSchema.describe("The video (MP4)."),
      ...common,
    }),
    z.strictObject({
      do: z.literal("talk").describe("The picture says what a sound says."),
      sound: soundRefSchema.describe("The speech (WAV), at most 10 s."),
      ...common,
    }),
  ]),
  output: z.strictObject({
    text: z.string(),
    model: z.string(),
    seed: z.number().optional(),
    resumed: z.boolean(),
    subject: z.string().describe("Whose picture it was: a person who agreed, or none, on the caller's word."),
    file: z.string(),
    durationS: z.number().positive(),
    frames: z.int().positive(),
    width: z.int().positive(),
    height: z.int().positive(),
    hasSound: z.boolean(),
  }),
  timeoutMs: 3_600_000,
  examples: [
    { do: "talk", picture: "robot.png", sound: "speech.wav", subject: "no-person" },
    { do: "follow", picture: "robot.png", clip: "wave.mp4", subject: "no-person", prompt: "a robot waves" },
  ],

  async run(wish, context: SkillContext<Animator>) {
    const { backend, keep, openFile, openPicture, openSound, progress, signal } = context;
    if (wish.subject === "person" && backend.consent === undefined) {
      return fail(
        "consent-needed",
        'A person\'s picture is made to move or talk only with their recorded consent: name the file in the back end\'s "consent" (who, when, what). For a robot, a cartoon or a thing, say subject "no-person".',
      );
    }
    const picture = await openPicture(wish.picture);
    if (!picture.ok) return picture;
    const { prompt, width, height, frames, steps, seed } = wish;
    const scene = {
      picture: picture.value.frame,
      prompt,
      width,
      height,
      ...(frames === undefined ? {} : { frames }),
      ...(steps === undefined ? {} : { steps }),
      ...(seed === undefined ? {} : { seed }),
    };
    let request: AnimationRequest;
    if (wish.do === "talk") {
      const sound = await openSound(wish.sound);
      if (!sound.ok) return sound;
      const durationS = durationOf(sound.value);
      if (durationS > LONGEST_SPEECH_S)
        return fail("too-large", `Expected at most ${LONGEST_SPEECH_S} s of speech, found ${durationS.toFixed(1)} s.`);
      request = { ...scene, do: "talk", sound: sound.value };
    } else {
      const clip = await openFile(wish.clip);
      if (!clip.ok) return clip;
      if (Buffer.from(clip.value.bytes.subarray(4, 8)).toString("latin1") !== "ftyp")
        return fail("bad-clip", `Expected a video (MP4) in ${clip.value.origin}; it is none.`);
      request = { ...scene, do: "follow", clip: clip.value.bytes };
    }
    const made = await backend.animate(request, { signal, onProgress: progress });
    if (!made.ok) return made;
    const { bytes, model, resumed, durationS, hasSound } = made.value;
    const by = { model, ...(made.value.seed === undefined ? {} : { seed: made.value.seed }) };
    const subject = wish.subject === "no-person" ? "no person, on the caller's word" : (backend.consent ?? "");
    const file = "animated.mp4";
    await keep({
      name: file,
      mediaType: "video/mp4",
      bytes,
      recipe: { ...by, prompt, do: wish.do, picture: picture.value.origin, subject, generated: true },
    });
    return ok({
      text: `A video made up by ${model} out of ${picture.value.origin}: nobody did or said this before a camera.`,
      ...by,
      resumed,
      subject,
      file,
      durationS,
      frames: made.value.frames,
      width: made.value.width,
      height: made.value.height,
      hasSound,
    });
  },
});
