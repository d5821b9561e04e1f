import { fail, ok, type Result } from "../domain/result.js";
import type { Scene } from "../domain/scene.js";
import type { ReferringExpression } from "../planning/reference/referring-expression.js";
import { answerScene } from "./answers/answer-scene.js";
import type { SceneAnswer } from "./answers/scene-answer.js";
import type { AnswerMemory } from "./answers/seen-scene.js";
import { languageOf, type Language } from "./language.js";
import { parseQuestion, plainChinese, plainEnglish } from "./questions/parse-question.js";
import { aboutAnother, type Question } from "./questions/question.js";
import { readThing, type QuestionFailure } from "./questions/read-thing.js";

export interface Turn {
  readonly question: string;
  readonly answer: string;
}

export interface ConverseOptions {
  /** Earlier turns, oldest first: "it" and "and the blue one?" are understood by them. */
  readonly history: readonly Turn[];
  /** Default: that of the question. */
  readonly language?: Language;
}

export type ConverseFailure = QuestionFailure | "unanswerable";

/**
 * Answers a question about a scene, in the light of what was asked before. Keeps nothing: earlier questions are read again and
 * answered anew, so that equal input gives equal answers.
 */
export function converse(
  text: string,
  scene: Scene,
  { history, language = languageOf(text) }: ConverseOptions,
): Result<SceneAnswer, ConverseFailure> {
  let memory: AnswerMemory = { about: [] };
  let before: Question | undefined;
  for (const turn of history) {
    const read = readInContext(turn.question, before);
    if (!read.ok) continue;
    before = read.value;
    const answered = answerScene(read.value, scene, { language, memory });
    memory = remember(read.value, answered.ok ? answered.value : undefined, memory);
  }
  const read = readInContext(text, before);
  if (!read.ok) return read;
  const question = inherit(read.value, memory);
  return answerScene(question, scene, { language, memory });
}

const FOLLOWING_ENGLISH = /^(?:and|or)?,? ?(?:what about|how about|and)?,? ?(.+)$/u;
const FOLLOWING_CHINESE = /^(?:那么|那|还有|以及)?(.+?)(?:怎么样|如何|呢)?$/u;

/** A question by itself, or "and the blue one?" as the question before about something else. */
export function readInContext(text: string, before: Question | undefined): Result<Question, QuestionFailure> {
  const read = parseQuestion(text);
  const isChinese = languageOf(text) === "zh";
  const plain = isChinese ? plainChinese(text) : plainEnglish(text);
  const follows = isChinese
    ? /^(?:那|还有)|呢[?？]?$/u.test(text.trim())
    : /^(?:and|or|what about|how about)\b/u.test(plain);
  if (read.ok && !follows) return read;
  if (before !== undefined) {
    const rest = (isChinese ? FOLLOWING_CHINESE : FOLLOWING_ENGLISH).exec(plain)?.[1] ?? plain;
    const asked = parseQuestion(rest);
    if (asked.ok && follows && !isChinese && /^(?:is|are|what|where|how|which)\b/u.test(rest)) return asked;
    const another = readThing(rest.replace(/的$/u, "的东西"));
    if (another.ok) return ok(aboutAnother(before, sameKind(another.value, rest, before)));
  }
  if (read.ok) return read;
  return follows && before === undefined ? fail("unknown-question", "There is no question before this one.") : read;
}

/** 蓝色的 is "the blue one", as long as no thing is named. */
function sameKind(what: ReferringExpression, text: string, before: Question): ReferringExpression {
  const isOpen =
    what.sameKind === true || (what.kinds.length === 0 && what.surface === undefined && text.endsWith("的"));
  if (!isOpen || !("what" in before)) return what;
  return { ...what, kinds: before.what.kinds, sameKind: undefined };
}

/** "What colour is the other one": of the kind that was spoken of. */
function inherit(question: Question, { what }: AnswerMemory): Question {
  if (!("what" in question) || question.what.sameKind !== true || what === undefined) return question;
  return { ...question, what: { ...question.what, kinds: what.kinds, sameKind: undefined } };
}

function remember(question: Question, answer: SceneAnswer | undefined, memory: AnswerMemory): AnswerMemory {
  const about = answer === undefined || answer.about.length === 0 ? memory.about : answer.about;
  if (!("what" in question)) return { ...memory, about };
  const what =
    question.what.pronoun === true || question.what.kinds.length === 0 ? (memory.what ?? question.what) : question.what;
  return { about, what };
}
