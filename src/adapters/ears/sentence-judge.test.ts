import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { createLanguage, parseLanguage, type Language } from "./language.js";
import { loadSentenceJudge, type SentenceJudge } from "./sentence-judge.js";

const folder = join(import.meta.dirname, "../../../models/ears");

describe("the network of sentences", () => {
  let language: Language;
  let judge: SentenceJudge;
  const tokensOf = (text: string): readonly number[] => text.split(" ").map((word) => language.tokens.indexOf(word));
  beforeAll(async () => {
    language = createLanguage(parseLanguage(readFileSync(join(folder, "language.json"))));
    judge = await loadSentenceJudge(readFileSync(join(folder, "sentences.onnx")), language.tokens.length);
  });

  it("finds a command likelier than its words in another order", async () => {
    const [command, salad] = await judge(
      ["take the green bag out of the drawer", "drawer the of green out bag the take"].map(tokensOf),
    );

    expect(command).toBeGreaterThan(salad + 10);
    expect(command).toBeLessThan(0);
  });

  it("says the same of a sentence whatever stands beside it", async () => {
    const [short, long] = ["open the drawer", "please take the green bag out of the left drawer"].map(tokensOf);
    const [together] = await judge([short, long]);
    const [alone] = await judge([short]);

    expect(together).toBeCloseTo(alone, 3);
  });

  it("has nothing to say of nothing", async () => {
    expect(await judge([])).toHaveLength(0);
  });
});
