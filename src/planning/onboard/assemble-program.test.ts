import { describe, expect, it } from "vitest";
import type { PieceRole, WordPiece } from "../../ports/words-reader.js";
import { formatProgram } from "../program/format-program.js";
import { assembleProgram } from "./assemble-program.js";

const ROLES: Readonly<Record<string, PieceRole>> = { o: "object", g: "goal", b: "before", a: "after", x: "except" };
const STARTS = { "*": "phrase", "^": "clause" } as const;

/** `[pick up|verb:take] the [red|color:red|o*] [mug|noun:mug|o]`: role letter, then `*` for a phrase, `^` for a clause. */
function marked(template: string): { text: string; pieces: readonly WordPiece[] } {
  let text = "";
  const pieces: WordPiece[] = [];
  for (const [, word, label, how = "", rest] of template.matchAll(
    /\[([^|\]]+)\|([^|\]]+)(?:\|([^\]]+))?\]|([^[]+)/gu,
  )) {
    if (word !== undefined) {
      const begins = STARTS[how.at(-1) as keyof typeof STARTS] ?? "piece";
      pieces.push({ start: text.length, end: text.length + word.length, label, role: ROLES[how[0]] ?? "none", begins });
    }
    text += word ?? rest;
  }
  return { text, pieces };
}

function read(template: string): string {
  const { text, pieces } = marked(template);
  const program = assembleProgram(text, pieces);
  return program.ok ? formatProgram(program.value) : `${program.code}: ${program.message}`;
}

describe("assembleProgram", () => {
  it.each([
    ["[take|verb:take|^] the [red|color:red|o*] [mug|noun:mug|o]", "take red mug"],
    [
      "[take|verb:take|^] the [bag|noun:bag|o*] [out|out] [of|rel:from|b] the [left|side:left|b*] [drawer|noun:drawer|b]",
      "take out bag [from left drawer]",
    ],
    [
      "[put|verb:put|^] the [can|noun:can|o*] [on|rel:on|g] the [shelf|noun:shelf|g*] [next to|rel:near|b] the [mug|noun:mug|b*]",
      "put can -> on shelf [near mug]",
    ],
    [
      "把[抽屉|noun:drawer|a^][里|rel:in|a]的[苹果|noun:apple|o*]和[柠檬|noun:lemon|o*][放|verb:put]到[水槽|noun:sink|g*][里|rel:in|g]",
      "put apple [in drawer] -> in sink; put lemon [in drawer] -> in sink",
    ],
    ["[拿起|verb:take|^][杯子|noun:mug|o*][放|verb:put|^]到[碗|noun:bowl|g*][里|rel:in|g]", "put mug -> in bowl"],
    [
      "[put|verb:put|^] it [between|rel:between|g] the [mug|noun:mug|g*] and the [can|noun:can|g*]",
      "put it -> between mug & can",
    ],
    ["[take|verb:take|^] the red [mug|noun:mug|o*], no, the [blue|color:blue|o] one", "take blue mug"],
    ["[push|verb:push|^] the [can|noun:can|o*] [left|way:left] [five|number] [cm|unit:cm]", "push can -> left 0.05 m"],
    ["[wait|verb:wait|^] [二十|number]秒", "wait 20"],
  ])("puts the pieces of %j together", (template, program) => {
    expect(read(template)).toBe(program);
  });

  it("begins a clause where a verb or a thing behind a place says so, though nothing marks it", () => {
    const put = "[put|verb:put|^] the [mug|noun:mug|o*] [in|rel:in|g] the [sink|noun:sink|g*]";

    expect(read(`${put} and the [apple|noun:apple|o*] [in|rel:in|g] the [drawer|noun:drawer|g*]`)).toBe(
      "put mug -> in sink; put apple -> in drawer",
    );
    expect(read(`${put} and [close|verb:close] the [drawer|noun:drawer|o*]`)).toBe("put mug -> in sink; close drawer");
  });

  it("does not drop one of two places or of two verbs that it cannot part", () => {
    const put = "[put|verb:put|^] the [mug|noun:mug|o*] [in|rel:in|g] the [sink|noun:sink|g*]";

    expect(read(`${put} [on|rel:on|g] the [shelf|noun:shelf|g*]`)).toContain("one after the other");
    expect(read("[打开|verb:open|^][抽屉|noun:drawer|o*][关上|verb:close]")).toContain("one after the other");
  });

  it("takes get without a place for take, so that the next step says where", () => {
    const line = read(
      "[get|verb:put|^] the [cup|noun:mug|o*] and [place|verb:put|^] [it|pronoun|o*] [in|rel:in|g] the [sink|noun:sink|g*]",
    );

    expect(line).toBe("put mug -> in sink");
  });

  it("joins a step and its sequel as the grammar does", () => {
    const line = read(
      "[open|verb:open|^] the [drawer|noun:drawer|o*] and [put|verb:put|^] the [mug|noun:mug|o*] [in|rel:in|g] [it|pronoun|g*]",
    );

    expect(line).toBe("open drawer; put mug -> in drawer");
  });

  it("does not turn a word that was passed over into whatever is brown", () => {
    expect(read("[take|verb:take|^] the [brown|color:brown|o*] tweezers")).toContain('"tweezers"');
    expect(read("[take|verb:take|^] the [brown|color:brown|o*] [one|one|o]")).toBe("take brown thing");
    expect(read("[take|verb:take|^] the [brown|color:brown|o*] please")).toBe("take brown thing");
  });

  it("takes a misspelt noun for what it is close to, and only then", () => {
    expect(read("[take|verb:take|^] the [botle|noun:bottle|o*]")).toBe("take bottle");
    expect(read("[take|verb:take|^] the [stapler|noun:bottle|o*]")).toContain(
      'unknown-word: I do not know the word "stapler"',
    );
    expect(read("[拿|verb:take|^][背子|noun:mug|o*]")).toBe("take mug");
    expect(read("[拿|verb:take|^][剪刀|noun:mug|o*]")).toContain("剪刀");
  });

  it.each([
    ["[mug|noun:mug|o^]", "nothing to do"],
    ["[push|verb:push|^] the [mug|noun:mug|o*]", "where?"],
    ["[put|verb:put|^] the [mug|noun:mug|o*] [in|rel:in|g]", "Name the thing or the place"],
    ["[put|verb:put|^] the [mug|noun:mug|o*] [under|rel:under|g] the [shelf|noun:shelf|g*]", "cannot put things"],
    ["[open|verb:open|^] the [mug|noun:mug|o*]", "I can open drawers"],
    ["[wait|verb:wait|^]", "how long"],
  ])("says what is missing in %j", (template, message) => {
    expect(read(template)).toContain(message);
  });

  it("finds nothing to do where there are no pieces", () => {
    expect(assembleProgram("hello", [])).toMatchObject({ ok: false, code: "bad-instruction" });
  });
});
