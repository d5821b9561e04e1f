import { appendFile, mkdir, mkdtemp, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { encodePicture } from "../../src/adapters/picture/encode-picture.js";
import { evaluationFiles } from "../../src/app/skills/evaluation-files.js";
import { paintFrame } from "../../test/support/painted-frame.js";
import { fakeSkillContext } from "../../test/support/skill-context.js";
import { fail, ok, type Evaluator } from "../../src/skill-kit/index.js";
import { mmeFiles, readMmeText, readPopeFile } from "./questions.js";
import { readMmeAnswer, readPopeAnswer } from "./read-yes-no.js";
import { latencies, scoreMme, scorePope } from "./score-answers.js";
import evaluate from "./skill.js";

let folder: string;
let keepDir: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "suite-"));
  keepDir = await mkdtemp(join(tmpdir(), "answers-"));
});
const jpeg = async (red: number) =>
  (await encodePicture(paintFrame({ width: 16, height: 12, background: [red, 0, 0] }), { width: 16, height: 12 })).data;

async function writeMme(): Promise<void> {
  const write = async (path: string, content: string | Uint8Array) => {
    await mkdir(join(folder, path, ".."), { recursive: true });
    await writeFile(join(folder, path), content);
  };
  await write("existence/a.jpg", await jpeg(255));
  await write(
    "existence/a.txt",
    "Is it red? Please answer yes or no.\tYes\nIs it blue? Please answer yes or no.\tNo\n",
  );
  await write("existence/b.jpg", await jpeg(0));
  await write("existence/b.txt", "Is it red? Please answer yes or no.\tNo\nIs it dark? Please answer yes or no.\tYes");
  await write("posters/images/p.jpg", await jpeg(255));
  await write(
    "posters/questions_answers_YN/p.txt",
    "Is it red? Please answer yes or no.\tYes\nIs it blue? Please answer yes or no.\tNo",
  );
  await write("notes/readme.txt", "not a subtask");
}

/** Answers whether the picture is red, and "no" to everything else. */
function evaluator(overrides: Partial<Evaluator> = {}): Evaluator & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    examinee: "red-or-not",
    async answer(picture, question) {
      asked.push(question);
      return ok(question.includes("red") && picture.rgb[0] > 128 ? "Yes." : "No, it is not.");
    },
    ...evaluationFiles({ keepDir }),
    ...overrides,
  };
}
const run = (input: object, backend = evaluator(), options: { signal?: AbortSignal } = {}) => {
  let now = 0;
  const context = fakeSkillContext<Evaluator>(backend, { nowMs: () => (now += 5), ...options });
  return { context, result: evaluate.run(input, context) };
};

describe("evaluate", () => {
  it("scores MME by subtasks, with a report", async () => {
    await writeMme();
    const { context, result } = run({ suite: "mme", folder });

    // "Is it dark?" is answered with no, which is wrong.
    expect(await result).toMatchObject({
      ok: true,
      value: {
        questions: 6,
        errors: 0,
        resumed: 0,
        latencyMs: { p50: 5, p95: 5 },
        mme: {
          subtasks: [
            { name: "existence", questions: 4, pictures: 2, acc: 75, accPlus: 50, score: 125 },
            { name: "posters", questions: 2, pictures: 1, acc: 100, accPlus: 100, score: 200 },
          ],
          perception: 325,
          cognition: 0,
          isComplete: false,
        },
      },
    });
    expect(context.kept.map(({ name }) => name)).toEqual(["evaluation.json", "evaluation.html"]);
    expect(JSON.parse(Buffer.from(context.kept[0].bytes).toString())).toMatchObject({ rows: { length: 6 } });
    expect(Buffer.from(context.kept[1].bytes).toString()).toContain("<td>existence</td>");
  });

  it("goes on where it was, and asks again what had no answer", async () => {
    await writeMme();
    let calls = 0;
    const flaky = evaluator({
      answer: async () => (++calls % 2 === 0 ? fail("server-error", "busy") : ok("Yes")),
    });
    expect(await run({ suite: "mme", folder }, flaky).result).toMatchObject({ value: { questions: 6, errors: 3 } });

    const second = evaluator();
    const result = await run({ suite: "mme", folder }, second).result;

    expect(result).toMatchObject({ ok: true, value: { resumed: 3, errors: 0 } });
    expect(second.asked).toHaveLength(3);
    const third = evaluator();
    await run({ suite: "mme", folder, fresh: true }, third).result;
    expect(third.asked).toHaveLength(6);
  });

  it("keeps the answers of a run that was called off, whatever a crash left of the last line", async () => {
    await writeMme();
    const off = new AbortController();
    let calls = 0;
    const stopped = evaluator({
      async answer() {
        if (++calls === 3) off.abort();
        return ok("Yes");
      },
    });
    expect(await run({ suite: "mme", folder }, stopped, { signal: off.signal }).result).toMatchObject({
      ok: false,
      code: "aborted",
    });
    const [journal] = await readdir(keepDir);
    await appendFile(join(keepDir, journal), '{"key":"half a li');

    expect(await run({ suite: "mme", folder }).result).toMatchObject({ ok: true, value: { resumed: 2, questions: 6 } });
  });

  it("counts errors as wrong, but does not score an examinee that is away", async () => {
    await writeMme();
    const away = run({ suite: "mme", folder }, evaluator({ answer: async () => fail("link-lost", "Nobody listens.") }));
    const broken = run({ suite: "mme", folder }, evaluator({ answer: async () => fail("bad-answer", "<html>") }));

    expect(await away.result).toMatchObject({ ok: false, code: "link-lost" });
    expect(away.context.kept).toEqual([]);
    expect(await broken.result).toMatchObject({ ok: true, value: { errors: 6, mme: { perception: 0 } } });
  });

  it("scores POPE", async () => {
    await writeFile(join(folder, "a.jpg"), await jpeg(255));
    await writeFile(join(folder, "b.jpg"), await jpeg(0));
    const line = (id: number, image: string, text: string, label: string) =>
      JSON.stringify({ question_id: id, image, text, label });
    const lines = [
      line(1, "a.jpg", "Is it red?", "yes"),
      line(2, "a.jpg", "Is it blue?", "no"),
      line(3, "b.jpg", "Is it red?", "no"),
      line(4, "b.jpg", "Is it dark?", "yes"),
    ];
    await writeFile(join(folder, "q.json"), lines.join("\n"));
    const backend = evaluator();

    expect(await run({ suite: "pope", file: join(folder, "q.json"), pictures: folder }, backend).result).toMatchObject({
      ok: true,
      value: { pope: { accuracy: 0.75, precision: 1, recall: 0.5, f1: 0.6667, yesRatio: 0.25 } },
    });
    expect(backend.asked[0]).toBe("Is it red? Answer the question using a single word or phrase.");
  });

  it("asks only so many questions when it is told so", async () => {
    await writeMme();

    expect(await run({ suite: "mme", folder, limit: 2 }).result).toMatchObject({
      value: { questions: 2, mme: { isComplete: false } },
    });
  });

  it("runs the pointing suite where the examinee can point", async () => {
    const pointing = evaluator({
      point: async ({ index, seed }) =>
        ok({
          group: index % 2 === 0 ? "thing" : "absent",
          phrase: `${seed}`,
          success: index !== 0,
          falseClaim: index === 0,
          cause: "",
        }),
    });

    expect(await run({ suite: "pointing", episodes: 4 }, pointing).result).toMatchObject({
      ok: true,
      value: {
        pointing: {
          success: 0.75,
          falseClaims: 0.25,
          seed: 900_000,
          groups: [
            { name: "thing", episodes: 2, success: 0.5 },
            { name: "absent", success: 1 },
          ],
        },
      },
    });
    expect(await run({ suite: "pointing" }).result).toMatchObject({ ok: false, code: "unsupported" });
  });

  it("ships a sample of two pictures", async () => {
    const { result } = run({ suite: "sample" });

    expect(await result).toMatchObject({
      ok: true,
      value: { questions: 4, mme: { subtasks: [{ name: "existence", pictures: 2 }] } },
    });
  });

  it.each([
    [{ suite: "mme", folder: "/nowhere/at/all" }, "bad-suite"],
    [{ suite: "pope", file: "/nowhere.json", pictures: "/" }, "not-found"],
    [{ suite: "other" }, "bad-input"],
    [{ suite: "pointing", episodes: 0 }, "bad-input"],
  ])("refuses %j: %s", async (input, code) => {
    expect(await run(input).result).toMatchObject({ ok: false, code });
  });
});

describe("answers", () => {
  it.each([
    ["Yes", "yes"],
    [" no. ", "no"],
    ["y", "yes"],
    ["N", "no"],
    ["Yes, there is.", "yes"],
    ["\nNo, it", "no"],
    ["Not at all", "no"],
    ["maybe yes", "other"],
    ["", "other"],
    ["I see a red mug", "other"],
  ])("%j is %s for MME", (answer, read) => {
    expect(readMmeAnswer(answer)).toBe(read);
  });

  it.each([
    ["Yes, there is a dog.", "yes"],
    ["No, there is not.", "no"],
    ["There is not. Yes.", "no"],
    ["Nothing", "yes"],
    ["", "yes"],
    ["A dog, no cat", "no"],
  ])("%j is %s for POPE", (answer, read) => {
    expect(readPopeAnswer(answer)).toBe(read);
  });
});

describe("files of suites", () => {
  it("are paired by their names, side by side or in two folders", () => {
    expect(
      mmeFiles([
        "OCR/1.png",
        "OCR/1.txt",
        "scene/images/x.jpg",
        "scene/questions_answers_YN/x.txt",
        "scene/images/y.jpg",
        "OCR/2.txt",
        "else/1.txt",
      ]),
    ).toEqual([
      { group: "OCR", questions: "OCR/1.txt", picture: "OCR/1.png" },
      { group: "scene", questions: "scene/questions_answers_YN/x.txt", picture: "scene/images/x.jpg" },
    ]);
  });

  it.each(["no tab here", "question?\tMaybe", "\tYes"])("are refused with a line like %j", (text) => {
    expect(readMmeText(text, { group: "OCR", questions: "OCR/1.txt", picture: "OCR/1.png" })).toMatchObject({
      ok: false,
      code: "bad-suite",
    });
  });

  it.each([
    "{",
    "[]",
    "null",
    '{"image":"a","text":"b","label":"maybe","question_id":1}',
    '{"image":"a","text":"b","label":"yes"}',
  ])("of POPE are refused with a line like %j", (text) => {
    expect(readPopeFile(text)).toMatchObject({ ok: false, code: "bad-suite" });
  });
});

describe("figures", () => {
  const question = (expected: "yes" | "no", picture = "a", group = "existence") => ({
    key: "",
    group,
    picture,
    text: "",
    expected,
  });

  it("count a question without an answer as wrong", () => {
    const answered = [
      { question: question("yes"), answer: "yes", latencyMs: 1 },
      { question: question("no"), latencyMs: 1 },
      { question: question("yes"), latencyMs: 1 },
    ];

    expect(scorePope(answered)).toEqual({ accuracy: 0.3333, precision: 1, recall: 0.5, f1: 0.6667, yesRatio: 1 });
    expect(scoreMme(answered).subtasks[0]).toMatchObject({ acc: 33.33, accPlus: 0 });
  });

  it("of all 14 subtasks add up to 2,800 at most", () => {
    const names = [
      "existence",
      "count",
      "position",
      "color",
      "posters",
      "celebrity",
      "scene",
      "landmark",
      "artwork",
      "OCR",
      "commonsense_reasoning",
      "numerical_calculation",
      "text_translation",
      "code_reasoning",
    ];
    const answered = names.flatMap((name) => [
      { question: question("yes", "a", name), answer: "Yes", latencyMs: 1 },
      { question: question("no", "a", name), answer: "No", latencyMs: 1 },
    ]);

    expect(scoreMme(answered)).toMatchObject({ perception: 2000, cognition: 800, isComplete: true });
  });

  it("of latency are nearest ranks", () => {
    const of = (values: readonly number[]) => latencies(values.map((latencyMs) => ({ latencyMs })));

    expect(of(Array.from({ length: 100 }, (_, at) => at + 1))).toEqual({ p50: 50, p95: 95 });
    expect(of([7])).toEqual({ p50: 7, p95: 7 });
    expect(of([])).toEqual({ p50: 0, p95: 0 });
  });
});
