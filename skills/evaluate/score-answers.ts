import { COGNITION, PERCEPTION, type Question } from "./questions.js";
import { readMmeAnswer, readPopeAnswer } from "./read-yes-no.js";

export interface Answered {
  readonly question: Question;
  /** Absent where no answer came; counts as wrong. */
  readonly answer?: string | undefined;
  readonly latencyMs: number;
}

const round = (value: number): number => Math.round(value * 100) / 100;
const percent = (part: number, of: number): number => (of === 0 ? 0 : round((100 * part) / of));

/** Accuracy, accuracy by picture, and their sum, for each subtask and for MME's two halves. */
export function scoreMme(answered: readonly Answered[]) {
  const groups = new Map<string, Answered[]>();
  for (const each of answered) groups.set(each.question.group, [...(groups.get(each.question.group) ?? []), each]);
  const subtasks = [...groups.entries()].map(([name, own]) => {
    const byPicture = new Map<string, boolean>();
    let right = 0;
    for (const { question, answer } of own) {
      const isRight = answer !== undefined && readMmeAnswer(answer) === question.expected;
      if (isRight) right++;
      byPicture.set(question.picture, (byPicture.get(question.picture) ?? true) && isRight);
    }
    const both = [...byPicture.values()].filter(Boolean).length;
    const acc = percent(right, own.length);
    const accPlus = percent(both, byPicture.size);
    return { name, questions: own.length, pictures: byPicture.size, acc, accPlus, score: round(acc + accPlus) };
  });
  const total = (names: readonly string[]): number =>
    round(subtasks.filter(({ name }) => names.includes(name)).reduce((sum, { score }) => sum + score, 0));
  return {
    subtasks,
    perception: total(PERCEPTION),
    cognition: total(COGNITION),
    isComplete: [...PERCEPTION, ...COGNITION].every((name) => groups.has(name)),
  };
}

/**
 * "Yes" is the positive class. A question without an answer is a wrong one in the accuracy, a missed "yes" in the recall, and no
 * prediction: it is in neither the precision nor the share of predictions that are "yes".
 */
export function scorePope(answered: readonly Answered[]) {
  const count = { tp: 0, fp: 0, tn: 0, fn: 0, missed: 0 };
  for (const { question, answer } of answered) {
    const isYes = question.expected === "yes";
    if (answer === undefined) {
      count.missed++;
      if (isYes) count.fn++;
      continue;
    }
    const said = readPopeAnswer(answer) === "yes";
    count[said ? (isYes ? "tp" : "fp") : isYes ? "fn" : "tn"]++;
  }
  const share = (part: number, of: number): number => (of === 0 ? 0 : Math.round((10_000 * part) / of) / 10_000);
  const { tp, fp, tn, fn, missed } = count;
  const precision = share(tp, tp + fp);
  const recall = share(tp, tp + fn);
  return {
    accuracy: share(tp + tn, answered.length),
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : Math.round((10_000 * 2 * precision * recall) / (precision + recall)) / 10_000,
    yesRatio: share(tp + fp, answered.length - missed),
  };
}

/** Nearest-rank percentiles of answers that came, milliseconds. */
export function latencies(answered: readonly { readonly latencyMs: number }[]): { p50: number; p95: number } {
  const sorted = answered.map(({ latencyMs }) => latencyMs).sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { p50: Math.round(at(0.5)), p95: Math.round(at(0.95)) };
}
