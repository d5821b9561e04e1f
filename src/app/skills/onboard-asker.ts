import type { Scene } from "../../domain/scene.js";
import { fail, ok, type Result } from "../../domain/result.js";
import { parsePhrase, resolve } from "../../planning/index.js";
import type { BackendFailure } from "../../ports/skill-backends.js";
import { COLORS } from "../../domain/vocabulary.js";

const PLACE = /\s+(?:in|on|of)\s+(?:the|this)\s+(?:image|picture|photo|scene)\b.*$/iu;
const EXISTS = /^is\s+there\s+(?:(?:only\s+)?(?:one|an?|any)\s+)?(.+)$/iu;
const COUNT = /^are\s+there\s+(?:(?:only|exactly)\s+)?(\w+)\s+(.+)$/iu;
const COLORED = /^is\s+the\s+(.+?)\s+(\w+)$/iu;
const NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/**
 * Answers what the robot's own eyes can answer about a picture: is there a ..., are there two ..., is the ... red. Anything else is
 * `unsupported`. "Yes" or "No".
 */
export function answerFromScene(question: string, scene: Scene): Result<string, BackendFailure> {
  const bare = question
    .replace(/please answer yes or no\.?|answer the question using a single word or phrase\.?/giu, "")
    .replace(/[\s?.]+$/u, "")
    .trim()
    .replace(PLACE, "")
    .replace(/[\s?.]+$/u, "");
  const counted = COUNT.exec(bare);
  const wanted = counted === null ? -1 : numberOf(counted[1]);
  if (counted !== null && wanted >= 0) return byCount(counted[2], scene, (count) => count === wanted);
  const exists = EXISTS.exec(bare);
  if (exists !== null) return byCount(exists[1], scene, (count) => count > 0);
  const colored = COLORED.exec(bare);
  if (colored !== null && COLORS.some((color) => color === colored[2].toLowerCase())) {
    return byCount(`${colored[2]} ${colored[1]}`, scene, (count) => count > 0);
  }
  return unread(question);
}

function byCount(phrase: string, scene: Scene, isYes: (count: number) => boolean): Result<string, BackendFailure> {
  const read = parsePhrase(phrase);
  if (!read.ok) return unread(phrase);
  const found = resolve({ ...read.value, quantifier: "all" }, scene);
  const count = found.status === "one" ? 1 : found.status === "many" ? found.detections.length : 0;
  return ok(isYes(count) ? "Yes" : "No");
}

const numberOf = (word: string): number => (/^\d+$/u.test(word) ? Number(word) : NUMBERS.indexOf(word.toLowerCase()));

const unread = (question: string): Result<string, BackendFailure> =>
  fail(
    "unsupported",
    `The on-board eyes cannot answer "${question.slice(0, 80)}": ask whether there is a thing that they know, how many, or in which colour.`,
  );
