import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { parseInstruction } from "../../../src/planning/grammar/parse-instruction.js";
import { LEXICON } from "../../../src/planning/lexicon/lexicon.js";
import { formatProgram } from "../../../src/planning/program/format-program.js";
import { prepareText } from "../../../src/planning/onboard/prepare-text.js";
import { PIECE_LABELS } from "../../../src/ports/words-reader.js";
import { isHeldOut } from "./compose.js";
import { makeSample, type SampleOptions } from "./make-sample.js";
import { lineOf } from "./measure.js";

const CLEAN: SampleOptions = { heldOutTemplates: false, heldOutNouns: false, errors: 0, nonsense: 0 };
const samples = (options: SampleOptions, count = 400) =>
  Array.from({ length: count }, (_, i) => makeSample(i + 1, options));

describe("sentences for the words network", () => {
  it("are the same for the same seed", () => {
    expect(samples({ ...CLEAN, errors: 0.5 }, 50)).toEqual(samples({ ...CLEAN, errors: 0.5 }, 50));
  });

  it("are half Chinese, and prepared as readers read them", () => {
    const all = samples(CLEAN);
    const chinese = all.filter(({ language }) => language === "zh");

    expect(chinese.length).toBeGreaterThan(all.length * 0.4);
    expect(chinese.length).toBeLessThan(all.length * 0.6);
    for (const { text } of all) expect(prepareText(text)).toBe(text.trim());
  });

  it("have pieces in order, inside the text, with labels that readers know", () => {
    for (const { text, pieces } of samples({ ...CLEAN, errors: 1 })) {
      let end = 0;
      for (const piece of pieces) {
        expect(piece.start).toBeGreaterThanOrEqual(end);
        expect(piece.end).toBeGreaterThan(piece.start);
        expect(PIECE_LABELS).toContain(piece.label);
        ({ end } = piece);
      }
      expect(end).toBeLessThanOrEqual(text.length);
      expect(pieces[0]?.begins).toBe("clause");
    }
  });

  it("mean what the grammar reads in them, wherever it can read them", () => {
    const both = samples(CLEAN, 2500).flatMap(({ text, pieces }) => {
      const program = parseInstruction(text);
      return program.ok ? [formatProgram(program.value) === lineOf(text, pieces)] : [];
    });

    // The rest are sentences that the grammar misreads ("nudge the flask to the forward"); reviewed by hand.
    expect(both.length).toBeGreaterThan(150);
    expect(both.filter(Boolean).length / both.length).toBeGreaterThan(0.8);
  });

  it("repeat no phrasing that is held out", () => {
    const leaks = samples(CLEAN, 1500).flatMap(({ text, pieces, language }) => {
      // What is said before the first piece and behind the last is no part of a command.
      const command = text.slice(pieces[0].start, pieces[pieces.length - 1].end);
      const isOne = pieces.filter(({ begins }) => begins === "clause").length === 1;
      return isOne && isHeldOut(command, language) ? [text] : [];
    });

    expect(leaks).toEqual([]);
  });

  it("take every command from held-out phrasings where those are asked for", () => {
    for (const heldOutSet of [1, 2, 3] as const) {
      const some = samples({ ...CLEAN, heldOutTemplates: true, heldOutSet }, 100);

      expect(some.filter(({ family }) => family === "telegram")).toEqual([]);
      expect(new Set(some.map(({ text }) => text)).size).toBeGreaterThan(95);
    }
  });

  it("name things that no lexicon has only where that is said", () => {
    for (const { text, pieces } of samples({ ...CLEAN, heldOutNouns: true })) {
      for (const { start, end, label } of pieces.filter((piece) => piece.label === "noun:other")) {
        const word = text.slice(start, end);
        const known = LEXICON.english.meanings.get(word) ?? LEXICON.chinese.meanings.get(word);
        expect(`${label} ${word}: ${known?.type ?? "unknown"}`).toBe(`noun:other ${word}: unknown`);
      }
    }
  });

  it("are not made for training from the seeds that suites use", () => {
    const script = new URL("./generate.ts", import.meta.url).pathname;
    const made = spawnSync("npx", ["tsx", script, "--seed", "899000", "--sentences", "2000"], { encoding: "utf8" });

    expect(made.status).not.toBe(0);
    expect(made.stderr).toContain("training takes 1 to 899999");
  });
});
