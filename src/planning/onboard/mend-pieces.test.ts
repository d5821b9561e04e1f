import { describe, expect, it } from "vitest";
import type { PieceRole, WordPiece } from "../../ports/words-reader.js";
import { formatProgram } from "../program/format-program.js";
import { assembleProgram } from "./assemble-program.js";

const ROLES: Readonly<Record<string, PieceRole>> = { o: "object", g: "goal", b: "before", a: "after", e: "except" };

/** `[red|color:red|o*]`: a piece with its label and role; `*` begins a phrase, `^` a clause. */
function programOf(marked: string): string {
  const pieces: WordPiece[] = [];
  let text = "";
  for (const [, span, label, how = "", plain] of marked.matchAll(/\[([^|\]]+)\|([^|\]]+)(?:\|([^\]]*))?\]|([^[]+)/gu)) {
    if (plain !== undefined) {
      text += plain;
      continue;
    }
    const role = ROLES[how.charAt(0)] ?? "none";
    const begins = how.endsWith("^") ? "clause" : how.endsWith("*") ? "phrase" : "piece";
    pieces.push({ start: text.length, end: text.length + span.length, label, role, begins });
    text += span;
  }
  const program = assembleProgram(text, pieces);
  return program.ok ? formatProgram(program.value) : program.message;
}

describe("mending what a reader found", () => {
  it("gives a relation the role of the phrase behind it", () => {
    expect(programOf("[put|verb:put|^] the [mug|noun:mug|o*] [behind|rel:behind|b] the [sink|noun:sink|g*]")).toBe(
      "put mug -> behind sink",
    );
  });

  it("gives a phrase the role of its noun", () => {
    expect(
      programOf("[take|verb:take|^] the [mug|noun:mug|o*] [on|rel:on|b] my [pink|color:pink|o*] [shelf|noun:shelf|b]"),
    ).toBe("take mug [on pink shelf]");
  });

  it("takes the last place of what is put nowhere for where it goes", () => {
    expect(
      programOf("[make sure|verb:put|^] the [cup|noun:mug|o*] is [behind|rel:behind|b] the [sink|noun:sink|b*]"),
    ).toBe("put mug -> behind sink");
  });

  it("joins a thing said first to the command without one", () => {
    expect(programOf("that [drawer|noun:drawer|o^], [push it shut|verb:close|^]")).toBe("close drawer");
    expect(programOf("[抽屉|noun:drawer|o^]呢,帮我[推回去|verb:close|^]")).toBe("close drawer");
  });

  it("joins a place said first to the command without one", () => {
    expect(
      programOf("[in|rel:in|g^] the [sink|noun:sink|g*], that is where you [put|verb:put|^] the [mug|noun:mug|o*]"),
    ).toBe("put mug -> in sink");
  });

  it("passes over a verb that nothing was said of, in front of a command", () => {
    expect(programOf("[see|verb:take|^] how it goes, [open|verb:open|^] the [drawer|noun:drawer|o*]")).toBe(
      "open drawer",
    );
  });

  it("passes over a condition of nothing", () => {
    expect(programOf("[要是|if:next|^]方便,[拿|verb:take|^][杯子|noun:mug|o*]")).toBe("take mug");
  });

  it("reads a verb in two pieces as the one that the lexicon has", () => {
    expect(programOf("[台面|noun:counter|o^][整|verb:sort][理|verb:clear]")).toBe("put all thing [from counter] -> ?");
  });

  it("does a thing once that is said twice", () => {
    const once = "[put|verb:put|^] the [mug|noun:mug|o*] [in|rel:in|g] the [sink|noun:sink|g*]";

    expect(programOf(`${once}, ${once}`)).toBe("put mug -> in sink");
  });

  it("refuses a colour that is none", () => {
    expect(programOf("[take|verb:take|^] the [xylo|color:red|o*] [mug|noun:mug|o]")).toContain('the word "xylo"');
  });
});
