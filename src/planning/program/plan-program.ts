import { isMoving, type Action } from "../../domain/action.js";
import type { Plan } from "../../domain/plan.js";
import type { FailureCode, Receipt } from "../../domain/receipt.js";
import { ok, type Result } from "../../domain/result.js";
import type { Scene } from "../../domain/scene.js";
import type { PlanFailure, PlanRequest } from "../../ports/planner.js";
import { judge } from "./condition.js";
import type { ClauseContext, ClauseWork } from "./context.js";
import type { Clause, InstructionProgram } from "./program.js";
import { readProgress, type Progress } from "./progress.js";
import { workPut } from "./work-put.js";
import { workDrawer, workPush, workRelease } from "./work-rest.js";
import { workSort } from "./work-sort.js";
import { workTake } from "./work-take.js";

/** Failures that a fresh look may cure: tried three times in all. Others are tried twice. */
const CURABLE: readonly FailureCode[] = [
  "nothing-grasped",
  "dropped",
  "not-opened",
  "not-closed",
  "not-placed",
  "not-moved",
  "not-verified",
  "stale-frame",
];
export const CURABLE_ATTEMPTS = 3;
export const OTHER_ATTEMPTS = 2;
const MAX_STEPS = 40;

function workOn(clause: Clause, context: ClauseContext): ClauseWork {
  switch (clause.do) {
    case "take":
      return workTake(clause, context);
    case "put":
      return workPut(clause, context);
    case "sort":
      return workSort(clause, context);
    case "open":
    case "close":
      return workDrawer(clause, context);
    case "push":
      return workPush(clause, context);
    case "release":
      return workRelease(context);
    case "look":
      return { kind: "steps", steps: [{ action: "look", at: clause.at }], after: context.scene, complete: true };
    case "wait":
      return {
        kind: "steps",
        steps: [{ action: "wait", seconds: clause.seconds }],
        after: context.scene,
        complete: true,
      };
  }
}

const subjectOf = (action: Action): string => {
  if ("target" in action) return action.target.label;
  if ("from" in action) return action.from.label;
  return "to" in action ? action.to.label : "";
};

/** Has this very step failed so often that another try is no use? Then how it failed last. */
function hopeless(step: Action, since: readonly Receipt[]): Receipt | undefined {
  const failures = since.filter(
    ({ action, grade }) =>
      grade !== "verified" && action.action === step.action && subjectOf(action) === subjectOf(step),
  );
  const last = failures.at(-1);
  if (last === undefined) return undefined;
  const curable = last.code === undefined || CURABLE.includes(last.code);
  return failures.length >= (curable ? CURABLE_ATTEMPTS : OTHER_ATTEMPTS) ? last : undefined;
}

function giveUpOver({ action, code, message }: Receipt): Action {
  const reason = `${code ?? "not-verified"}: could not ${action.action} ${subjectOf(action)}${message === undefined ? "" : ` (${message})`}`;
  return { action: "give-up", reason: reason.slice(0, 500) };
}

const NO_PROGRESS: Progress = { settled: false, count: 0, end: 0, since: [], achieved: [] };

/** A grasp counts for as long as the thing is held: if this was the last clause, it has to be in the hand now. */
function hasLostIt(clause: Clause, progress: Progress, isLast: boolean, scene: Scene): boolean {
  if (clause.do !== "take" || !isLast || clause.handOver || scene.held !== undefined) return false;
  return progress.achieved.some(({ action }) => action.action === "grasp");
}

function evidenceOf({ achieved }: Progress): readonly string[] {
  return achieved.map(({ action, step, evidence }) => {
    const note = evidence.note === undefined ? "" : ` (${evidence.note})`;
    const to = action.action === "move" || action.action === "place" ? ` ${action.to.label}` : "";
    return `step ${step}: ${action.action} ${subjectOf(action)}${action.action === "move" ? ` ->${to}` : ""}${note}`;
  });
}

/** "Here is the mug": once, behind the grasp. */
function handOverStep(clause: Clause, { end }: Progress, request: PlanRequest): Action | undefined {
  if (clause.do !== "take" || !clause.handOver) return undefined;
  const said = request.history.slice(end).some(({ action }) => action.action === "say");
  return said
    ? undefined
    : { action: "say", text: `Here is the ${request.scene.held?.label ?? clause.what.text}, please take it.` };
}

/**
 * What remains of a program: reads from the history which clauses are settled, works out the first that is not in the present
 * scene, and plans ahead over the others as far as the scene allows. Stateless: equal requests give equal plans.
 */
export function planProgram(program: InstructionProgram, request: PlanRequest): Result<Plan, PlanFailure> {
  const steps: Action[] = [];
  const evidence: string[] = [];
  let scene = request.scene;
  let cursor = 0;
  let ahead = false;
  let judged: { readonly text: string; readonly verdict: boolean } | undefined;
  for (const [index, clause] of program.entries()) {
    const { when } = clause;
    if (when !== undefined && when.implied !== true) {
      if (judged?.text !== when.text) {
        // What was planned ahead of it may change what it is about.
        if (ahead) break;
        const { verdict, say } = judge(when, scene, request.history.slice(cursor));
        judged = { text: when.text, verdict };
        evidence.push(`${when.text}: ${verdict ? "yes" : "no"}`);
        if (say !== undefined) steps.push({ action: "say", text: say });
      }
      if (judged.verdict === (when.otherwise === true)) continue;
    } else judged = undefined;
    const progress = ahead ? NO_PROGRESS : readProgress(clause, request.history, cursor);
    cursor = ahead ? cursor : progress.end;
    const lost = hasLostIt(clause, progress, index === program.length - 1, scene);
    evidence.push(...evidenceOf(progress));
    if (progress.settled && !lost) {
      const say = handOverStep(clause, progress, request);
      if (say !== undefined) steps.push(say);
      continue;
    }
    const work = workOn(clause, { scene, answers: request.answers, history: request.history, progress });
    if (work.kind === "settled") {
      evidence.push(work.evidence);
      continue;
    }
    if (work.kind === "failure") {
      if (steps.some(isMoving)) break;
      return work.failure;
    }
    const asksOrGivesUp = work.steps.some(({ action }) => action === "ask" || action === "give-up");
    if (asksOrGivesUp && steps.some(isMoving)) break;
    const [first] = work.steps;
    const failed = ahead ? undefined : hopeless(first, progress.since);
    if (failed !== undefined) return ok({ steps: [giveUpOver(failed)] });
    steps.push(...work.steps);
    if (!work.complete) break;
    scene = work.after;
    ahead = true;
  }
  if (!steps.some((step) => step.action !== "say")) {
    const text = evidence.length === 0 ? "The instruction asks for nothing more." : `${evidence.join("; ")}.`;
    steps.push({ action: "done", evidence: text.slice(0, 500) });
  }
  return ok({ steps: steps.slice(0, MAX_STEPS), rationale: rationaleOf(steps) });
}

const rationaleOf = (steps: readonly Action[]): string =>
  `Next: ${steps
    .map((step) => [step.action, subjectOf(step)].filter((word) => word !== "").join(" "))
    .join(", ")}.`.slice(0, 500);
