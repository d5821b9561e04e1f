import { describe, expect, it } from "vitest";
import { kitchen } from "../../../test/support/scene-builder.js";
import type { PlanRequest } from "../../ports/planner.js";
import type { WordPiece, WordsReader, WordsReading } from "../../ports/words-reader.js";
import { createGrammarPlanner } from "../grammar/grammar-planner.js";
import { createOnboardPlanner } from "./onboard-planner.js";

const live = (): { signal: AbortSignal } => ({ signal: new AbortController().signal });
const request = (instruction: string): PlanRequest => ({
  instruction,
  scene: kitchen().build(),
  history: [],
  answers: [],
});

const TAKE_RED_MUG: readonly WordPiece[] = [
  { start: 0, end: 4, label: "verb:take", role: "none", begins: "clause" },
  { start: 9, end: 12, label: "color:red", role: "object", begins: "phrase" },
  { start: 13, end: 16, label: "noun:mug", role: "object", begins: "piece" },
];

/** A reader that answers the same to every text, and counts how often it was asked. */
function fakeReader(reading: Partial<WordsReading>): WordsReader & { readonly texts: string[] } {
  const texts: string[] = [];
  return {
    name: "fake",
    thresholds: { confidence: 0.6, readable: 0.5 },
    texts,
    read: (text) => {
      texts.push(text);
      return Promise.resolve({ pieces: TAKE_RED_MUG, confidence: 0.95, readable: 0.99, ...reading });
    },
    close: () => Promise.resolve(),
  };
}

const planWith = (reading: Partial<WordsReading>, instruction: string) =>
  createOnboardPlanner({ reader: fakeReader(reading), fallback: createGrammarPlanner() }).plan(
    request(instruction),
    live(),
  );

describe("the onboard planner", () => {
  it("acts on what the reader is sure of", async () => {
    const plan = await planWith({}, "Take the Red mug");

    expect(plan).toMatchObject({
      ok: true,
      value: { steps: [{ action: "grasp", target: { detectionId: "red-mug" } }] },
    });
  });

  it("reads one instruction once, however often it is asked", async () => {
    const reader = fakeReader({});
    const planner = createOnboardPlanner({ reader, fallback: createGrammarPlanner() });

    await planner.plan(request("take the red mug"), live());
    await planner.plan(request("take the red mug"), live());

    expect(reader.texts).toEqual(["take the red mug"]);
  });

  it("hands over to the grammar when unsure, and says so", async () => {
    const plan = await planWith({ confidence: 0.3 }, "take the blue mug");

    expect(plan).toMatchObject({
      ok: true,
      value: { steps: [{ action: "grasp", target: { detectionId: "blue-mug" } }] },
    });
    expect(plan.ok && plan.value.rationale).toMatch(/grammar planner.*30 %/u);
  });

  it("hands over what does not fit together, and names the strange word when neither can read it", async () => {
    const pieces = TAKE_RED_MUG.map((piece) =>
      piece.label === "noun:mug" ? { ...piece, label: "noun:other" } : piece,
    );
    const known = await planWith({ pieces: pieces.slice(1) }, "take the red mug");
    const strange = await planWith(
      { pieces: pieces.map((p) => ({ ...p, end: Math.min(p.end, 16) })) },
      "take the red gug",
    );

    expect(known).toMatchObject({
      ok: true,
      value: { steps: [{ action: "grasp", target: { detectionId: "red-mug" } }] },
    });
    expect(strange).toMatchObject({ ok: false, code: "unknown-word", details: { word: "gug" } });
  });

  it("asks for other words when neither can read it", async () => {
    const plan = await planWith({ readable: 0.1 }, "sing the red mug a song");

    expect(plan).toMatchObject({ ok: false });
    expect(plan.ok ? "" : plan.message).toContain("in other words");
  });

  describe("when it can guess and the grammar cannot read it", () => {
    const HALF_SURE = fakeReader({ confidence: 0.55 });
    const planner = createOnboardPlanner({ reader: HALF_SURE, fallback: createGrammarPlanner() });
    const instruction = "take the red mug pronto";
    const question = "I am not sure that I understand. Shall I do this: take red mug?";
    const planAfter = (...answers: readonly string[]) =>
      planner.plan(
        { ...request(instruction), answers: answers.map((answer) => ({ question, answer })) },
        { signal: new AbortController().signal },
      );

    it("asks before anything moves", async () => {
      expect(await planAfter()).toMatchObject({ ok: true, value: { steps: [{ action: "ask", question }] } });
    });

    it.each(["yes", "是的"])("does it after %j", async (answer) => {
      expect(await planAfter(answer)).toMatchObject({ ok: true, value: { steps: [{ action: "grasp" }] } });
    });

    it("does not do it after anything else", async () => {
      expect(await planAfter("no")).toMatchObject({ ok: false, code: "bad-instruction" });
    });
  });

  it.each([
    ["take the red mug ".repeat(600), "limit"],
    ["take the 🍎", "pictograms"],
    ["возьми кружку", "English and Chinese only"],
    ["don't take the red mug", "what to do"],
    ["take the red mug if the sink is empty", "condition"],
    [`${"please ".repeat(60)}take the red mug`, "characters"],
  ])("does not move for %.30s", async (instruction, why) => {
    const plan = await planWith({}, instruction);

    expect(plan).toMatchObject({ ok: false, code: "bad-instruction" });
    expect(plan.ok ? "" : plan.message).toContain(why);
  });

  it("keeps to what is forbidden even where the grammar is asked", async () => {
    const plan = await planWith({ confidence: 0.1 }, "never take the red mug");

    expect(plan).toMatchObject({ ok: false, code: "bad-instruction" });
  });
});
