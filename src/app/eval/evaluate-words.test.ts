import { describe, expect, it } from "vitest";
import { evaluateWords, formatWordsEvaluation } from "./evaluate-words.js";

describe("evaluateWords", () => {
  it("finds the shipped reader as good as its card on the first sentences of each set, in both languages", async () => {
    const sets: string[] = [];

    const figures = await evaluateWords({ sentences: 40, onSet: (name) => sets.push(name) });
    const page = formatWordsEvaluation(figures);

    expect(sets).toEqual([
      "heldOutSentences",
      "heldOutWithRecogniserErrors",
      "templatesNeverTrained",
      "otherTemplatesNeverTrained",
      "templatesNeverTrainedNorRead",
      "noInstruction",
    ]);
    expect(figures.filter(({ card }) => card === undefined)).toEqual([]);
    expect(figures.find(({ name }) => name === "heldOutSentences")?.measured).toBeGreaterThan(0.85);
    expect(figures.filter(({ isWorse }) => isWorse)).toEqual([]);
    expect(page).toContain("As good as the card says.");
    expect(page).toMatch(/heldOutSentences zh\s+98\.1 %/);
  });

  it("refuses a number of sentences that tells nothing", async () => {
    await expect(evaluateWords({ sentences: 2 })).rejects.toMatchObject({ code: "bad-input" });
  });
});
