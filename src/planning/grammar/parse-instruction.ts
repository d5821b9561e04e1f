import { fail, ok, type Result } from "../../domain/result.js";
import { tokenize } from "../lexicon/tokenize.js";
import type { ReferringExpression } from "../reference/referring-expression.js";
import { checkText } from "./check-text.js";
import { parseChineseClause } from "./chinese-clauses.js";
import { parseChineseNoun, parseChinesePlace } from "./chinese-phrase.js";
import { parseChineseCondition, parseEnglishCondition } from "./conditions.js";
import { Cursor, Unreadable } from "./cursor.js";
import { parseEnglishClause, placeOf } from "./english-clauses.js";
import { parseEnglishNoun, parseEnglishPhrase, parseLoosePhrases } from "./english-phrase.js";
import { linkProgram } from "./link-program.js";
import type { Condition } from "../program/condition.js";
import { defaultRelation, type Clause, type InstructionProgram, type Place } from "../program/program.js";

export type ParseFailure = "bad-instruction" | "unknown-word";

export const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text);

/** Runs a parser over the whole text; words left over are refused as much as words missing. */
function parseAll<T>(text: string, read: (cursor: Cursor) => T): Result<T, ParseFailure> {
  const checked = checkText(text);
  if (!checked.ok) return checked;
  const cursor = new Cursor(
    tokenize(checked.value).filter((token, i, all) => !isTrailingSign(token.text, i, all.length)),
  );
  try {
    if (cursor.done) throw cursor.refuse("a command");
    const value = read(cursor);
    if (!cursor.done) throw cursor.refuse("the end of the instruction");
    return ok(value);
  } catch (error) {
    if (error instanceof Unreadable) return fail(error.code, error.message, error.details);
    throw error;
  }
}

const STOP = /[.;!?。]/u;
const isTrailingSign = (text: string, index: number, count: number): boolean =>
  index === count - 1 && /^[.!?。！？~…,]$/u.test(text);

function readClauses(cursor: Cursor, chinese: boolean): InstructionProgram {
  const clauses: Clause[] = [];
  let when: Condition | undefined;
  let hangs = false;
  const readCondition = (): Condition => (chinese ? parseChineseCondition(cursor) : parseEnglishCondition(cursor));
  // "First put ..., then ...": an ordinal in front of a verb counts steps, not things.
  if (cursor.is("ordinal") && (cursor.is("verb", 1) || cursor.isParticle("comma", 1))) cursor.next();
  for (;;) {
    const gap = cursor.position;
    cursor.skip("then", "and", "comma");
    if (cursor.done) break;
    // A condition reaches as far as its sentence; "otherwise" may begin the next one.
    if (hangs && STOP.test(cursor.textFrom(gap)) && !cursor.isParticle("else")) when = undefined;
    if (cursor.skip("if")) {
      when = readCondition();
      hangs = false;
      continue;
    }
    if (cursor.isParticle("else")) {
      if (when === undefined) throw cursor.refuse("a condition before it");
      cursor.next();
      cursor.skip("comma", "if-end");
      when = { ...when, otherwise: true };
    }
    cursor.skip("if-end");
    const before = cursor.position;
    const under = when;
    const read = chinese ? parseChineseClause(cursor) : parseEnglishClause(cursor, clauses.at(-1));
    clauses.push(...read.map((clause) => (under === undefined ? clause : { ...clause, when: under })));
    hangs = true;
    if (!chinese && cursor.skip("if")) {
      // "close the drawer if it is open"
      const said: Condition = { ...readCondition(), afterwards: true };
      clauses.splice(-read.length, read.length, ...read.map((clause) => ({ ...clause, when: said })));
    }
    // English steps are separated by a word; Chinese verbs may follow each other (拿起杯子放到水槽里).
    const separated =
      cursor.done || cursor.isParticle("then") || cursor.isParticle("and") || cursor.isParticle("comma") || chinese;
    if (!separated || cursor.position === before) throw cursor.refuse('"and", "then" or the end of the instruction');
  }
  if (when !== undefined && !hangs) throw cursor.refuse("what to do then");
  if (clauses.length === 0) throw cursor.refuse("a command");
  return linkProgram(clauses);
}

/** English or Chinese instruction to a program of clauses. Pure; says which word it could not read. */
export function parseInstruction(instruction: string): Result<InstructionProgram, ParseFailure> {
  return parseAll(instruction, (cursor) => readClauses(cursor, isChinese(instruction)));
}

/** A noun phrase with its places: "the red mug left of the sink", 水槽左边的红色杯子. For answers and for other planners. */
export function parsePhrase(text: string): Result<ReferringExpression, ParseFailure> {
  return parseAll(text, isChinese(text) ? parseChineseNoun : parseEnglishPhrase);
}

/** A destination with or without its preposition: "in the sink", "the left drawer", 架子上. */
export function parsePlace(text: string): Result<Place, ParseFailure> {
  if (isChinese(text)) {
    const tokens = text.replace(/^(?:放到|放在|放进)/u, "");
    return parseAll(tokens, (cursor) => parseChinesePlace(cursor));
  }
  return parseAll(text, (cursor) => {
    if (cursor.is("preposition") || cursor.is("to")) {
      const [phrase] = parseLoosePhrases(cursor);
      if (phrase === undefined) throw cursor.refuse("a place");
      return placeOf(phrase);
    }
    const anchor = parseEnglishNoun(cursor);
    return { text: anchor.text, relation: defaultRelation(anchor), anchors: [anchor] };
  });
}
