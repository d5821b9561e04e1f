import { fail, ok, type Result } from "../../domain/result.js";
import { COLORS, type Color } from "../../domain/vocabulary.js";
import { parsePhrase } from "../../planning/index.js";
import { tokenize } from "../../planning/lexicon/tokenize.js";
import type { ReferringExpression } from "../../planning/reference/referring-expression.js";

export type QuestionFailure = "unknown-word" | "unknown-question";

/** A noun phrase inside of a question. */
export function readThing(text: string): Result<ReferringExpression, QuestionFailure> {
  const plain = text
    .trim()
    .replace(/\b(?:anything|something)( else)?\b/gu, "things")
    .replace(/\b(?:they|them|those ones|these ones|those|these)$/u, "them")
    .replace(/^(?:this|that)$/u, "it")
    .replace(/\b(?:that|which) you (?:can )?see$/u, "")
    .replace(/[,，]$/u, "")
    .trim();
  if (plain === "") return fail("unknown-question", "There is no thing in this part of the question.");
  const read = parsePhrase(plain);
  if (read.ok) return ok(read.value);
  return fail(read.code === "unknown-word" ? "unknown-word" : "unknown-question", read.message, read.details);
}

/** The colour that these words are; undefined where they are anything else. */
export function readColor(text: string): Color | undefined {
  const tokens = tokenize(
    text
      .trim()
      .replace(/的$/u, "")
      .replace(/ ?-?colou?red$/u, ""),
  );
  const [token] = tokens;
  if (tokens.length !== 1 || token?.meaning.type !== "color") return undefined;
  const { color } = token.meaning;
  return COLORS.find((each) => each === color);
}
