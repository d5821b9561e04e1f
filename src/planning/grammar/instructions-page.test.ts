import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseInstruction, parsePhrase } from "./parse-instruction.js";

const page = readFileSync(new URL("../../../docs/guide/instructions.md", import.meta.url), "utf8");
const rows = page.split("\n").filter((line) => line.startsWith("|"));
const examples = rows.flatMap((row) => [...row.matchAll(/`([^`]+)`/gu)].map((match) => match[1]));
const words = rows.slice(rows.findIndex((row) => row.startsWith("| bag "))).flatMap((row) =>
  row
    .split("|")
    .slice(2, 4)
    .flatMap((cell) => cell.replaceAll(/\(.*?\)|together:/gu, "").split(/[,;]/u))
    .map((word) => word.trim()),
);

describe("docs/guide/instructions.md", () => {
  it("has examples in both languages, half and half", () => {
    const chinese = examples.filter((example) => /\p{Script=Han}/u.test(example));

    expect(examples.length).toBeGreaterThan(90);
    expect(chinese.length * 2).toBe(examples.length);
  });

  it.each(examples)("promises %j, and it is read", (example) => {
    expect(parseInstruction(example)).toMatchObject({ ok: true });
  });

  it.each(words)("lists the word %j, and it is known", (word) => {
    expect(parsePhrase(word)).toMatchObject({ ok: true });
  });
});
