import {
  clipRefSchema,
  defineSkill,
  fail,
  HEAD_CAMERA,
  ok,
  pictureRefSchema,
  sampleClip,
  z,
  type Answered,
  type Answerer,
  type AskedPicture,
  type Failure,
  type MediaFailure,
  type Result,
  type SkillContext,
} from "../../src/skill-kit/index.js";

/** So many moments of a clip are looked at. */
const MOST_MOMENTS = 10;
/** Tasks that need no question: they say themselves what is wanted. */
const SILENT_TASKS = ["document", "receipt", "chart-table", "diagram-code", "translate"];

const turnSchema = z.strictObject({ question: z.string().max(4_000), answer: z.string().max(16_000) });

const input = z
  .strictObject({
    question: z
      .string()
      .max(4_000)
      .default("")
      .describe("The question; the statement for verify, the text for translate (empty: what stands in the picture)."),
    picture: pictureRefSchema.optional().describe("Default: what the head camera sees."),
    pictures: z.array(pictureRefSchema).min(1).max(8).optional().describe("Several pictures in place of one."),
    clip: clipRefSchema.optional().describe("A clip in place of pictures: some of its moments are looked at."),
    task: z
      .enum(["question", "verify", "document", "receipt", "chart-table", "diagram-code", "translate"])
      .default("question")
      .describe(
        "verify: does it support the statement, and from which moment on; document, receipt: a form filled in; chart-table: HTML; diagram-code: Mermaid or another language; translate: with the picture as context.",
      ),
    history: z
      .array(turnSchema)
      .max(64)
      .default([])
      .describe("Earlier turns, oldest first, as the output gives them: nothing is kept between runs."),
    schema: z
      .record(z.string(), z.unknown())
      .optional()
      .describe("A JSON schema: the answer is then a JSON value that is valid against it."),
    language: z.enum(["en", "zh"]).optional().describe("Of the answer. Default: that of the question."),
    to: z
      .string()
      .min(2)
      .max(40)
      .optional()
      .describe('For translate: the language to translate to. Default: "English".'),
  })
  .refine(({ question, task }) => question.trim() !== "" || SILENT_TASKS.includes(task), {
    message: "Ask something.",
    path: ["question"],
  })
  .refine(({ picture, pictures, clip }) => [picture, pictures, clip].filter((each) => each !== undefined).length < 2, {
    message: "Give a picture, several pictures or a clip: one of them.",
  });

export default defineSkill({
  name: "ask",
  description:
    "Answers a question about a picture, several pictures, a clip, or what the robot sees now; many turns, English or Chinese.",
  input,
  output: z.strictObject({
    text: z.string().min(1),
    confidence: z.number().min(0).max(1).optional().describe("Probability that it is right, where that is known."),
    value: z
      .union([z.string(), z.number(), z.boolean()])
      .optional()
      .describe("The answer for programs: yes or no, a count, metres, a word."),
    json: z.unknown().optional().describe("Valid against the schema."),
    html: z.string().optional().describe("One table."),
    code: z.strictObject({ language: z.string(), text: z.string() }).optional(),
    supported: z.boolean().optional().describe("For verify."),
    atS: z.number().optional().describe("The first moment of the clip that shows it, seconds."),
    history: z.array(turnSchema).describe("Give it back with the next question."),
    pictures: z.array(z.string()).describe("What was looked at."),
  }),
  timeoutMs: 120_000,
  forPlanners: true,
  examples: [
    { question: "How many mugs are there?" },
    { question: "And the blue one?", history: [{ question: "Where is the red mug?", answer: "On the shelf." }] },
    { question: "The drawer is open.", task: "verify", clip: "run.mcap" },
    { task: "receipt", picture: "receipt.jpg" },
  ],

  async run(request, context: SkillContext<Answerer>) {
    const { question, task, history, schema, to, language = isChinese(question) ? "zh" : "en" } = request;
    const opened = await openAll(request, context);
    if (!opened.ok) return opened;
    const { pictures, isClip } = opened.value;
    const said = await context.backend.answer(
      {
        question,
        task,
        pictures,
        isClip,
        history,
        language,
        ...(schema === undefined ? {} : { schema }),
        ...(to === undefined ? {} : { to }),
      },
      { signal: context.signal },
    );
    if (!said.ok) return said;
    await keepFiles(said.value, context);
    const origins = [...new Set(pictures.map(({ origin }) => origin))];
    const asked = question === "" ? task : question;
    return ok({
      ...said.value,
      history: [...history, { question: asked, answer: said.value.text }],
      pictures: origins,
    });
  },
});

const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text);

type Opened = { readonly pictures: readonly AskedPicture[]; readonly isClip: boolean };

async function openAll(
  { picture = HEAD_CAMERA, pictures, clip }: z.output<typeof input>,
  { openPicture, openClip, perceive }: SkillContext<Answerer>,
): Promise<Result<Opened, MediaFailure>> {
  if (clip !== undefined) {
    const opened = await openClip(clip);
    if (!opened.ok) return opened;
    const { origin } = opened.value;
    const sample = await sampleClip(opened.value, MOST_MOMENTS);
    if (sample.pictures.length === 0) return fail("bad-clip", `${origin} has no pictures.`);
    const moments = sample.pictures.map(({ timeMs, frame }) => ({
      ...frame,
      origin,
      atS: timeMs / 1000,
      perceive: () => perceive(frame),
    }));
    return ok({ pictures: moments, isClip: true });
  }
  const asked: AskedPicture[] = [];
  for (const ref of pictures ?? [picture]) {
    const opened = await openPicture(ref);
    if (!opened.ok) return opened satisfies Failure<MediaFailure>;
    const { frame, origin } = opened.value;
    asked.push({ ...frame, origin, perceive: () => perceive(frame) });
  }
  return ok({ pictures: asked, isClip: false });
}

/** Tables and code are files, too: people open them elsewhere. */
async function keepFiles({ html, code }: Answered, { keep }: SkillContext<Answerer>): Promise<void> {
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  if (html !== undefined) {
    const page = `<!doctype html><meta charset="utf-8"><title>Table</title>\n${html}\n`;
    await keep({ name: "table.html", mediaType: "text/html", bytes: encode(page) });
  }
  if (code !== undefined) await keep({ name: "diagram.txt", mediaType: "text/plain", bytes: encode(`${code.text}\n`) });
}
