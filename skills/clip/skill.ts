import {
  defineSkill,
  fail,
  fileRefSchema,
  languageOf,
  ok,
  pictureRefSchema,
  z,
  type ClipMaker,
  type MadeVideo,
  type SkillContext,
} from "../../src/skill-kit/index.js";

const measured = {
  file: z.string().describe("Name of the MP4 among the artefacts."),
  durationS: z.number().positive().describe("Measured in the finished file."),
  frames: z.int().positive(),
  width: z.int().positive(),
  height: z.int().positive(),
  hasSound: z.boolean(),
};

const rehearseSchema = z.strictObject({
  do: z.literal("rehearse").describe("Plays an instruction through in a copy of the simulated world and films it."),
  instruction: z.string().trim().min(1).max(500),
  narrate: z.boolean().default(true).describe("Whether what happens is spoken in the sound track."),
  language: z.enum(["en", "zh"]).optional().describe("Of the narration; default: the instruction's."),
});
const highlightsSchema = z.strictObject({
  do: z.literal("highlights").describe("Cuts what mattered out of a recording."),
  recording: fileRefSchema.describe("A recording (MCAP) made with --record."),
  by: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .default("outcome")
    .describe('"outcome": steps that were verified or failed, and stops. Else words, English or Chinese: "green bag".'),
  maxS: z.number().min(2).max(600).default(30).describe("Longest clip, seconds."),
});
const generateSchema = z.strictObject({
  do: z
    .literal("generate")
    .describe("Has a generative model make a video from words, and a picture where there is one."),
  prompt: z.string().trim().min(1).max(4_000),
  picture: pictureRefSchema.optional().describe("The first picture, for models that go on from one."),
  negativePrompt: z.string().max(4_000).optional().describe("What shall not be seen."),
  width: z.int().min(64).max(4_096).optional().describe("Default: the model's own; 720 for CogVideoX."),
  height: z.int().min(64).max(4_096).optional().describe("Default: the model's own; 480 for CogVideoX."),
  frames: z.int().min(1).max(1_000).optional().describe("Default: the model's own; 49 for CogVideoX."),
  fps: z.number().positive().max(60).optional().describe("Default: the model's own; 8 for CogVideoX."),
  guidance: z.number().min(0).max(30).optional().describe("How closely it keeps to the words; 6 for CogVideoX."),
  steps: z.int().min(1).max(200).optional().describe("Steps of diffusion; 50 for CogVideoX."),
  seed: z.int().min(0).max(2_147_483_647).optional(),
});

export default defineSkill({
  name: "clip",
  description:
    "Makes a short video: a rehearsal of an instruction in simulation, the highlights of a recording, or one that a generative model makes up.",
  input: z.discriminatedUnion("do", [rehearseSchema, highlightsSchema, generateSchema]),
  output: z.discriminatedUnion("do", [
    z.strictObject({
      do: z.literal("rehearse"),
      text: z.string().describe("What came of it in the copy; never that the real thing was done."),
      outcome: z.enum(["done", "given-up", "failed", "stopped"]).describe("Of the rehearsed mission."),
      grade: z.string().describe("How well that is known, within the copy."),
      code: z.string().optional(),
      steps: z.array(
        z.strictObject({
          atS: z.number().min(0),
          action: z.string(),
          label: z.string().optional(),
          grade: z.string().optional(),
          code: z.string().optional(),
        }),
      ),
      world: z.string().describe("Where it was rehearsed."),
      narrator: z.string().optional(),
      narration: z.array(z.strictObject({ atS: z.number(), text: z.string() })).optional(),
      notes: z.array(z.string()),
      ...measured,
    }),
    z.strictObject({
      do: z.literal("highlights"),
      text: z.string(),
      moments: z.array(
        z.strictObject({
          atS: z.number().describe("Where it begins in the clip."),
          fromS: z.number().describe("Where it begins in the recording."),
          toS: z.number(),
          title: z.string(),
          kind: z.enum(["verified", "failed", "stopped", "other"]),
        }),
      ),
      leftOut: z.int().min(0).describe("Moments that fitted the wish and not into maxS."),
      ...measured,
    }),
    z.strictObject({
      do: z.literal("generate"),
      text: z.string(),
      model: z.string(),
      seed: z.number().optional(),
      resumed: z.boolean().describe("True where a job that an earlier run had handed in was picked up."),
      ...measured,
    }),
  ]),
  timeoutMs: 3_600_000,
  examples: [
    { do: "rehearse", instruction: "take the green bag out of the drawer" },
    { do: "highlights", recording: "run.mcap", by: "green bag", maxS: 20 },
    { do: "generate", prompt: "a robot arm pours tea, morning light", seed: 7 },
  ],

  async run(wish, context: SkillContext<ClipMaker>) {
    const { backend, backendName, openFile, openPicture, progress, signal } = context;
    const options = { signal, onProgress: progress };
    const cannot = (what: string) => fail("unsupported", `${backendName} does not ${what}.`);
    switch (wish.do) {
      case "rehearse": {
        if (backend.rehearse === undefined) return cannot("rehearse");
        const { instruction, narrate } = wish;
        const language = wish.language ?? (languageOf(instruction).startsWith("zh") ? "zh" : "en");
        const made = await backend.rehearse({ instruction, narrate, language }, options);
        if (!made.ok) return made;
        const { seed, bytes: _, ...told } = made.value;
        const recipe = { model: "Handeye's simulator", seed, instruction, rehearsal: true, generated: false };
        const kept = await keep(context, { name: "rehearsal.mp4", made: made.value, recipe });
        return ok({ do: "rehearse" as const, text: outcomeInWords(told), ...told, ...kept });
      }
      case "highlights": {
        if (backend.highlights === undefined) return cannot("cut recordings");
        const opened = await openFile(wish.recording);
        if (!opened.ok) return opened;
        const { by, maxS } = wish;
        const made = await backend.highlights({ recording: opened.value.bytes, by, maxS }, options);
        if (!made.ok) return made;
        const { moments, leftOut } = made.value;
        const recipe = { model: "Handeye", recording: opened.value.origin, by, maxS, generated: false };
        const kept = await keep(context, { name: "highlights.mp4", made: made.value, recipe });
        const text = `${moments.length} ${moments.length === 1 ? "moment" : "moments"} of ${opened.value.origin}${leftOut > 0 ? `; ${leftOut} more did not fit into ${maxS} s` : ""}.`;
        return ok({ do: "highlights" as const, text, moments, leftOut, ...kept });
      }
      case "generate": {
        if (backend.generate === undefined) return cannot("make videos from words");
        const { do: _, picture: ref, ...rest } = wish;
        const opened = ref === undefined ? undefined : await openPicture(ref);
        if (opened?.ok === false) return opened;
        const made = await backend.generate(
          { ...rest, ...(opened === undefined ? {} : { picture: opened.value.frame }) },
          options,
        );
        if (!made.ok) return made;
        const { model, seed, resumed } = made.value;
        const by = { model, ...(seed === undefined ? {} : { seed }) };
        const recipe = {
          ...rest,
          ...by,
          generated: true,
          ...(opened === undefined ? {} : { picture: opened.value.origin }),
        };
        const kept = await keep(context, { name: "generated.mp4", made: made.value, recipe });
        const text = `A video made up by ${model}: no camera and no simulator saw it.`;
        return ok({ do: "generate" as const, text, ...by, resumed, ...kept });
      }
    }
  },
});

async function keep(
  { keep: keepFile }: SkillContext<ClipMaker>,
  { name, made, recipe }: { name: string; made: MadeVideo; recipe: Record<string, unknown> },
) {
  const { bytes, durationS, frames, width, height, hasSound } = made;
  await keepFile({ name, mediaType: "video/mp4", bytes, recipe });
  return { file: name, durationS, frames, width, height, hasSound };
}

/** Says of a rehearsal what came of it, and that it was one. */
function outcomeInWords({
  outcome,
  grade,
  world,
}: {
  readonly outcome: "done" | "given-up" | "failed" | "stopped";
  readonly grade: string;
  readonly world: string;
}): string {
  const where = `in a copy (${world})`;
  const untouched = "Nothing was done with the robot itself.";
  switch (outcome) {
    case "done":
      return `Rehearsed ${where}: it came to its end there, graded ${grade}. ${untouched}`;
    case "given-up":
      return `Rehearsed ${where}: the robot gave up there. ${untouched}`;
    case "failed":
      return `Rehearsed ${where}: it failed there. ${untouched}`;
    case "stopped":
      return `Rehearsed ${where}: it was stopped there. ${untouched}`;
  }
}
