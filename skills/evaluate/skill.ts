import { defineSkill, fail, ok, z, type Evaluator, type SkillContext } from "../../src/skill-kit/index.js";
import { askAll } from "./ask-all.js";
import { openMme, openPope, openSample } from "./open-suite.js";
import { pointAll } from "./point-all.js";
import { reportPage } from "./report-page.js";
import { latencies, scoreMme, scorePope } from "./score-answers.js";

const path = z.string().min(1).max(4096);
const limit = z.int().min(1).optional().describe("Only so many questions, from the first on.");
const fresh = z
  .boolean()
  .default(false)
  .describe("Forgets the answers of earlier runs instead of going on where they ended.");

const inputSchema = z.discriminatedUnion("suite", [
  z.strictObject({
    suite: z.literal("sample").describe("Two pictures that ship: tries the way, says nothing about a model."),
    fresh,
  }),
  z.strictObject({
    suite: z.literal("mme").describe("MME, from a copy of your own."),
    folder: path.describe("Folder with MME's subtasks: existence, count, position ..."),
    limit,
    fresh,
  }),
  z.strictObject({
    suite: z.literal("pope").describe("POPE, from a copy of your own."),
    file: path.describe("JSON lines, as coco_pope_random.json."),
    pictures: path.describe("Folder of the pictures that they name."),
    limit,
    fresh,
  }),
  z.strictObject({
    suite: z.literal("pointing").describe("The built-in pointing suite: simulated pictures, judged by the truth."),
    episodes: z.int().min(1).max(10_000).default(20),
    seed: z
      .int()
      .min(0)
      .default(900_000)
      .describe("Of the first episode. Nothing was trained on seeds from 900000 on."),
  }),
]);
export type EvaluateInput = z.output<typeof inputSchema>;

const share = z.number().min(0).max(1);
const outputSchema = z.strictObject({
  text: z.string(),
  suite: z.enum(["sample", "mme", "pope", "pointing"]),
  examinee: z.string(),
  questions: z.int().min(0),
  errors: z.int().min(0).describe("Questions without an answer; they count as wrong."),
  resumed: z.int().min(0).describe("Answers that an earlier run had got."),
  latencyMs: z.strictObject({ p50: z.number(), p95: z.number() }),
  mme: z
    .strictObject({
      subtasks: z.array(
        z.strictObject({
          name: z.string(),
          questions: z.int(),
          pictures: z.int(),
          acc: z.number().describe("Per cent of questions."),
          accPlus: z.number().describe("Per cent of pictures with both questions right."),
          score: z.number().describe("acc + accPlus, at most 200."),
        }),
      ),
      perception: z.number().describe("Sum of its subtasks' scores, at most 2000."),
      cognition: z.number().describe("Sum of its subtasks' scores, at most 800."),
      isComplete: z
        .boolean()
        .describe("False where subtasks or questions were left out: not comparable with published figures."),
    })
    .optional(),
  pope: z.strictObject({ accuracy: share, precision: share, recall: share, f1: share, yesRatio: share }).optional(),
  pointing: z
    .strictObject({
      episodes: z.int(),
      seed: z.int(),
      success: share,
      falseClaims: share,
      groups: z.array(z.strictObject({ name: z.string(), episodes: z.int(), success: share })),
    })
    .optional(),
});
export type Evaluation = z.output<typeof outputSchema>;

export default defineSkill({
  name: "evaluate",
  description:
    "Scores a model that answers questions about pictures on MME or POPE, or the robot's own eyes on the pointing suite.",
  input: inputSchema,
  output: outputSchema,
  timeoutMs: 12 * 3_600_000,
  examples: [{ suite: "sample" }, { suite: "mme", folder: "MME_Benchmark" }, { suite: "pointing", episodes: 20 }],

  async run(input, context: SkillContext<Evaluator>) {
    const { examinee } = context.backend;
    if (input.suite === "pointing") {
      const pointed = await pointAll(input, context);
      if (!pointed.ok) return pointed;
      const { rows, pointing } = pointed.value;
      const evaluation = {
        text: `${examinee}, pointing: ${Math.round(pointing.success * 1000) / 10} % of ${pointing.episodes} right.`,
        suite: input.suite,
        examinee,
        questions: pointing.episodes,
        errors: 0,
        resumed: 0,
        latencyMs: latencies(rows),
        pointing,
      };
      await keepReport(evaluation, rows, context);
      return ok(evaluation);
    }
    const suite =
      input.suite === "sample"
        ? await openSample(context)
        : input.suite === "mme"
          ? await openMme(input.folder, context)
          : await openPope(input, context);
    if (!suite.ok) return suite;
    if (suite.value.questions.length === 0) return fail("bad-suite", `${suite.value.source} has no questions.`);
    const limited = "limit" in input ? input.limit : undefined;
    const asked = await askAll(
      suite.value,
      { key: `${input.suite}|${examinee}|${suite.value.source}`, fresh: input.fresh, limit: limited },
      context,
    );
    if (!asked.ok) return asked;
    const { answered, resumed } = asked.value;
    const came = answered.filter(({ answer }) => answer !== undefined);
    const common = {
      suite: input.suite,
      examinee,
      questions: answered.length,
      errors: answered.length - came.length,
      resumed,
      latencyMs: latencies(came),
    };
    const evaluation = input.suite === "pope" ? popeReport() : mmeReport();
    await keepReport(
      evaluation,
      answered.map(({ question, answer, latencyMs }) => ({ ...question, answer: answer ?? null, latencyMs })),
      context,
    );
    return ok(evaluation);

    function popeReport(): Evaluation {
      const pope = scorePope(answered);
      return {
        ...common,
        pope,
        text: `${examinee}, POPE: accuracy ${pope.accuracy}, F1 ${pope.f1}, yes ${pope.yesRatio}.`,
      };
    }
    function mmeReport(): Evaluation {
      const scored = scoreMme(answered);
      const mme = { ...scored, isComplete: scored.isComplete && limited === undefined };
      const list = mme.subtasks.map(
        ({ name, acc, accPlus, score }) => `  ${name}: acc ${acc}, acc+ ${accPlus}, score ${score}`,
      );
      return {
        ...common,
        mme,
        text: `${examinee}, MME: perception ${mme.perception}, cognition ${mme.cognition}${mme.isComplete ? "" : " (not all of it)"}\n${list.join("\n")}`,
      };
    }
  },
});

/** The report as JSON, with every answer in it, and as a page for people. */
async function keepReport(
  evaluation: Evaluation,
  rows: readonly object[],
  { keep }: SkillContext<Evaluator>,
): Promise<void> {
  const bytes = (text: string): Uint8Array => Buffer.from(text, "utf8");
  await keep({
    name: "evaluation.json",
    mediaType: "application/json",
    bytes: bytes(`${JSON.stringify({ ...evaluation, rows }, undefined, 2)}\n`),
  });
  await keep({ name: "evaluation.html", mediaType: "text/html", bytes: bytes(reportPage(evaluation)) });
}
