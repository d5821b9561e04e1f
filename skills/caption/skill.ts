import {
  clipRefSchema,
  defineSkill,
  HEAD_CAMERA,
  ok,
  pictureRefSchema,
  sampleClip,
  z,
  type Captioner,
  type SkillContext,
} from "../../src/skill-kit/index.js";

/** So many moments of a clip are looked at. */
const MOST_MOMENTS = 8;

export default defineSkill({
  name: "caption",
  description:
    "Tells what a picture, a clip, or what the robot sees now, shows: one sentence, a paragraph, or tags, in English or Chinese.",
  input: z
    .strictObject({
      picture: pictureRefSchema.optional().describe("Default: what the head camera sees."),
      clip: clipRefSchema.optional().describe("A recording, a video ... in place of a picture: what happens in it."),
      form: z
        .enum(["sentence", "paragraph", "tags"])
        .default("sentence")
        .describe("Tags are a flat list, with probabilities where the back end has them."),
      language: z.enum(["en", "zh"]).default("en").describe("English or Chinese."),
    })
    .refine(({ picture, clip }) => picture === undefined || clip === undefined, {
      message: "Give a picture or a clip, not both.",
    }),
  output: z.strictObject({
    text: z.string().min(1).describe("The caption; for tags, all of them in one line."),
    tags: z.array(z.string()).optional(),
    tagScores: z
      .array(z.strictObject({ tag: z.string(), score: z.number().min(0).max(1) }))
      .optional()
      .describe("Best first."),
    picture: z.string().describe("Which picture or clip it was."),
  }),
  timeoutMs: 60_000,
  forPlanners: true,
  examples: [{}, { picture: "photo.jpg", form: "paragraph" }, { form: "tags", language: "zh" }, { clip: "run.mcap" }],

  async run({ picture = HEAD_CAMERA, clip, form, language }, context: SkillContext<Captioner>) {
    const { backend, openPicture, openClip, perceive, progress, signal } = context;
    if (clip === undefined) {
      const opened = await openPicture(picture);
      if (!opened.ok) return opened;
      const { frame, origin } = opened.value;
      const told = await backend.caption({ ...frame, perceive: () => perceive(frame) }, { form, language, signal });
      return told.ok ? ok({ ...told.value, picture: origin }) : told;
    }
    const opened = await openClip(clip);
    if (!opened.ok) return opened;
    const { pictures } = await sampleClip(opened.value, MOST_MOMENTS);
    progress({ fraction: 0.3, message: `${pictures.length} moments of ${opened.value.origin}` });
    const moments = pictures.map(({ timeMs, frame }) => ({ ...frame, timeMs, perceive: () => perceive(frame) }));
    if (moments.length === 0)
      return { ok: false, code: "bad-clip", message: `${opened.value.origin} has no pictures.` };
    const { events = [] } = opened.value;
    const told = await backend.captionClip(moments, { form, language, events, signal });
    return told.ok ? ok({ ...told.value, picture: opened.value.origin }) : told;
  },
});
