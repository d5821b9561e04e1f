import { fail, ok, type Result } from "../../domain/result.js";
import type { ReferringExpression } from "../../planning/reference/referring-expression.js";
import type { Question } from "./question.js";
import { readThing, type QuestionFailure } from "./read-thing.js";

/** Raised inside of a pattern's builder and caught by `readByPatterns`. */
export class NotThis extends Error {
  constructor(
    readonly code: QuestionFailure,
    message: string,
  ) {
    super(message);
  }
}

/** One way of asking: where the expression fits the whole question, `build` makes the question of its groups, or passes by `NotThis`. */
export interface Pattern {
  readonly form: RegExp;
  readonly build: (...groups: readonly string[]) => Question;
}

/** The thing that these words mean. Throws `NotThis`. */
export function thing(text: string): ReferringExpression {
  const read = readThing(text);
  if (!read.ok) throw new NotThis(read.code, read.message);
  return read.value;
}

export const otherwise = (): NotThis => new NotThis("unknown-question", "This way of asking is not known.");

/** The first pattern that reads all of it. A word that no pattern knows is told before a form that none knows. */
export function readByPatterns(text: string, patterns: readonly Pattern[]): Result<Question, QuestionFailure> {
  let unknownWord: NotThis | undefined;
  for (const { form, build } of patterns) {
    const match = form.exec(text);
    if (match === null) continue;
    try {
      return ok(build(...match.slice(1).map((group: string | undefined) => group ?? "")));
    } catch (error) {
      if (!(error instanceof NotThis)) throw error;
      if (error.code === "unknown-word") unknownWord ??= error;
    }
  }
  if (unknownWord !== undefined) return fail("unknown-word", unknownWord.message);
  return fail(
    "unknown-question",
    "I can be asked whether something is there, how many, which colour, where, how things lie to each other, how far, how big, and about drawers.",
  );
}
