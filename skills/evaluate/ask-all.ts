import {
  fail,
  ok,
  type BackendFailure,
  type Evaluator,
  type Result,
  type SkillContext,
} from "../../src/skill-kit/index.js";
import type { Suite } from "./open-suite.js";
import type { Answered } from "./score-answers.js";

/** So many questions in a row without an answer from the start, and the examinee is away rather than wrong. */
const AWAY_AFTER = 3;
const AWAY: readonly string[] = [
  "link-lost",
  "unauthorized",
  "model-not-found",
  "offline",
  "not-installed",
  "model-missing",
];

/** Asks every question that the journal has no answer to. Errors are written down, count as wrong, and are asked again the next time. */
export async function askAll(
  suite: Suite,
  options: { readonly key: string; readonly fresh: boolean; readonly limit?: number | undefined },
  context: SkillContext<Evaluator>,
): Promise<Result<{ readonly answered: readonly Answered[]; readonly resumed: number }, BackendFailure | "aborted">> {
  const { backend, openPicture, perceive, signal, progress, nowMs } = context;
  const questions = suite.questions.slice(0, options.limit ?? suite.questions.length);
  const journal = await backend.openJournal(options.key, { fresh: options.fresh });
  const known = new Map(journal.entries.map((entry) => [entry.key, entry]));
  const answered: Answered[] = [];
  let resumed = 0;
  let failedFromStart = 0;
  for (const [at, question] of questions.entries()) {
    if (signal.aborted) return fail("aborted", "It was called off; the answers so far are kept for the next run.");
    const before = known.get(question.key);
    if (before?.answer !== undefined) {
      answered.push({ question, answer: before.answer, latencyMs: before.latencyMs });
      resumed++;
      failedFromStart = AWAY_AFTER;
      continue;
    }
    const opened = await openPicture(suite.picture(question.picture));
    const startMs = nowMs();
    const said = opened.ok
      ? await backend.answer({ ...opened.value.frame, perceive: () => perceive(opened.value.frame) }, question.text, {
          signal,
        })
      : opened;
    const latencyMs = Math.max(0, nowMs() - startMs);
    if (signal.aborted) return fail("aborted", "It was called off; the answers so far are kept for the next run.");
    if (!said.ok && AWAY.includes(said.code) && failedFromStart < AWAY_AFTER) {
      failedFromStart++;
      if (failedFromStart === Math.min(AWAY_AFTER, questions.length))
        return fail(said.code as BackendFailure, said.message);
    } else failedFromStart = AWAY_AFTER;
    await journal.append({
      key: question.key,
      latencyMs,
      ...(said.ok ? { answer: said.value.slice(0, 1_000) } : { code: said.code }),
    });
    answered.push({ question, latencyMs, ...(said.ok ? { answer: said.value } : {}) });
    progress({ fraction: (at + 1) / questions.length, message: `${at + 1} of ${questions.length}` });
  }
  return ok({ answered, resumed });
}
