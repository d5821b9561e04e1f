import { describe, expect, it } from "vitest";
import { ok } from "../../../domain/result.js";
import type { AskRequest } from "../../../ports/answerer.js";
import { createModelAnswerer, type AskTurnForModel } from "./model-answerer.js";

const request = (more: Partial<AskRequest>): AskRequest => ({
  question: "What is it?",
  task: "question",
  pictures: [
    { width: 1, height: 1, rgb: new Uint8Array(3), origin: "a.jpg", perceive: () => Promise.reject(new Error()) },
  ],
  isClip: false,
  history: [],
  language: "en",
  ...more,
});
const { signal } = new AbortController();

/** A model that gives these answers in turn. */
function model(...answers: readonly string[]) {
  const asked: (readonly AskTurnForModel[])[] = [];
  const answerer = createModelAnswerer(() => async (turns) => {
    asked.push(turns);
    return ok(answers[asked.length - 1] ?? "");
  });
  return { asked, answer: (more: Partial<AskRequest>) => answerer.answer(request(more), { signal }) };
}

const SCHEMA = { type: "object", properties: { n: { type: "integer" } }, required: ["n"], additionalProperties: false };

describe("createModelAnswerer", () => {
  it("gives a valid answer in the form that was asked for", async () => {
    const { answer } = model('```json\n{"n": 3}\n```');

    expect(await answer({ schema: SCHEMA })).toMatchObject({ ok: true, value: { json: { n: 3 } } });
  });

  it("asks once more, telling what is wrong, and no more than once", async () => {
    const mended = model('{"n": "three"}', '{"n": 3}');
    const hopeless = model("no", "no", '{"n": 3}');

    expect(await mended.answer({ schema: SCHEMA })).toMatchObject({ ok: true, value: { json: { n: 3 } } });
    expect(mended.asked[1].at(-1)?.text).toMatch(/\/n must be integer/u);
    expect(await hopeless.answer({ schema: SCHEMA })).toMatchObject({ ok: false, code: "bad-answer" });
    expect(hopeless.asked).toHaveLength(2);
  });

  it("refuses a schema that is none before anybody is asked", async () => {
    const { answer, asked } = model("{}");

    expect(await answer({ schema: { type: "nonsense" } })).toMatchObject({ ok: false, code: "bad-schema" });
    expect(asked).toHaveLength(0);
  });

  it("tells earlier turns, the pictures with the first", async () => {
    const { answer, asked } = model("Blue.");

    await answer({ question: "And now?", history: [{ question: "Which colour?", answer: "Red." }] });

    expect(asked[0].map(({ role, withPictures }) => [role, withPictures])).toEqual([
      ["user", true],
      ["assistant", false],
      ["user", false],
    ]);
  });

  it("keeps a table's structure and nothing that runs", async () => {
    const { answer } = model(
      'Here: <table onclick="x()"><tr><th colspan="2">A</th></tr><tr><td><script>bad()</script>1</td><td><b>2</b></td></tr></table>',
    );

    expect(await answer({ task: "chart-table" })).toMatchObject({
      value: { html: '<table><tr><th colspan="2">A</th></tr><tr><td>1</td><td>2</td></tr></table>' },
    });
    expect(await model("no table").answer({ task: "chart-table" })).toMatchObject({ code: "bad-answer" });
  });

  it("takes code out of its fence", async () => {
    const { answer } = model("```mermaid\ngraph TD; A-->B;\n```");

    expect(await answer({ task: "diagram-code" })).toMatchObject({
      value: { code: { language: "mermaid", text: "graph TD; A-->B;" } },
    });
  });

  it("says whether a clip supports a statement, and when, within the clip", async () => {
    const pictures = [0, 2].map((atS) => ({ ...request({}).pictures[0], atS }));
    const clip = { task: "verify", isClip: true, pictures } as const;

    expect(await model('{"supported":true,"atS":2,"why":"It opens."}').answer(clip)).toMatchObject({
      value: { supported: true, atS: 2, text: "It opens." },
    });
    const beyond = await model('{"supported":true,"atS":99,"why":"x"}').answer(clip);
    expect(beyond.ok && beyond.value.atS).toBeUndefined();
  });
});
