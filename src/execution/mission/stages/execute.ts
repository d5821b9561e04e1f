import { isMoving, type Action } from "../../../domain/action.js";
import { ControllerError } from "../../../domain/errors.js";
import { performAction } from "../../motion/perform-action.js";
import { raceAbort, timeLimit } from "../abort.js";
import { endMission, failedReceipt, type MissionContext, type Next } from "../mission-context.js";
import { record, replan, type StageDeps } from "./stage-deps.js";

type Target = "executing" | "awaiting-operator" | "verifying" | "perceiving" | "given-up" | "failed";

/** Carries out the step under the cursor. After a moving step the rest of the plan is dropped: the world has changed. */
export async function execute(deps: StageDeps, context: MissionContext, signal: AbortSignal): Promise<Next<Target>> {
  const { plan, look } = context;
  if (plan === undefined || look === undefined) throw new ControllerError("internal", "There is no plan to carry out.");
  const action = plan.steps[context.cursor];
  if (action === undefined) return afterLastStep(deps, context);

  switch (action.action) {
    case "say":
      deps.emit({ event: "say", text: action.text });
      return { next: "executing", update: { cursor: context.cursor + 1 } };
    case "ask":
      return ask(deps, context, action, signal);
    case "done":
      return { next: "verifying", update: { claim: action.evidence } };
    case "give-up":
      return endMission("given-up", context, {
        code: context.history.at(-1)?.code ?? "unsupported",
        message: action.reason,
      });
    case "look":
    case "wait":
    case "approach":
    case "grasp":
    case "move":
    case "place":
    case "release":
    case "open":
    case "close":
    case "push":
      break;
  }
  if (context.steps >= deps.limits.maxSteps) {
    return endMission("failed", context, {
      code: "too-many-steps",
      message: `The mission took ${context.steps} steps; the limit is ${deps.limits.maxSteps}.`,
    });
  }
  const needsWord = isMoving(action) && context.allowedCursor !== context.cursor;
  if (needsWord && deps.approvals?.required(action, look.scene) !== undefined) {
    return { next: "awaiting-operator", update: {} };
  }
  return carryOut(deps, context, action, signal);
}

async function carryOut(
  deps: StageDeps,
  context: MissionContext,
  action: Action,
  signal: AbortSignal,
): Promise<Next<Target>> {
  const { look } = context;
  if (look === undefined) throw new ControllerError("internal", "A step needs the look that it was planned from.");
  const step = context.steps + 1;
  deps.emit({ event: "action-start", step, action });
  const held = deps.gate.signal;
  const limit = timeLimit([signal, held], deps.limits.stepTimeoutMs, deps.timers);
  const performed = await performAction(action, {
    robot: deps.robot,
    scene: look.scene,
    grip: deps.hand.grip,
    signal: limit.signal,
    note: (text) => deps.emit({ event: "note", level: "info", text }),
  }).finally(() => limit.cancel());
  deps.hand.grip = performed.grip;

  const moved = { steps: step, lookIsCurrent: false, allowedCursor: undefined };
  const { result, effect, evidence } = performed;
  if (!result.ok) {
    const interrupted = limit.signal.aborted && !signal.aborted;
    const failure = !interrupted
      ? result
      : limit.expired()
        ? { code: "timeout" as const, message: `The step took longer than ${deps.limits.stepTimeoutMs} ms.` }
        : { code: "stopped" as const, message: "The robot was put on hold during the step." };
    const { code, message } = failure;
    const details = "details" in failure ? failure.details : undefined;
    const kept = record(deps, context, failedReceipt(step, action, { code, message, details }, evidence));
    if (held.aborted)
      return { next: "perceiving", update: { ...moved, ...kept, plan: undefined, proposed: undefined } };
    return replan(deps, context, { ...moved, ...kept });
  }
  if (effect !== undefined) {
    const pending = { step, action, effect, before: look, evidence };
    return { next: "verifying", update: { ...moved, pending, plan: undefined, proposed: undefined } };
  }
  const kept = record(deps, context, { step, action, grade: "acknowledged", evidence });
  return { next: "executing", update: { ...moved, ...kept, cursor: context.cursor + 1 } };
}

function afterLastStep(deps: StageDeps, context: MissionContext): Next<Target> {
  // Looking and waiting are steps; a plan of words alone has changed nothing, so it counts as a replan.
  const didSomething = context.plan?.steps.some((step) => step.action === "look" || step.action === "wait") ?? false;
  if (didSomething)
    return { next: "perceiving", update: { plan: undefined, proposed: undefined, lookIsCurrent: false } };
  return replan(deps, context, { history: context.history });
}

async function ask(
  deps: StageDeps,
  context: MissionContext,
  { question, choices }: Extract<Action, { action: "ask" }>,
  signal: AbortSignal,
): Promise<Next<Target>> {
  deps.emit({ event: "ask", question, choices });
  const answer = await raceAbort(deps.answer?.(question, choices, { signal }) ?? Promise.resolve(undefined), signal);
  if (answer === undefined) {
    return endMission("given-up", context, {
      code: "ambiguous",
      message: `Nobody answered: ${question}`,
      question: { text: question, choices },
    });
  }
  deps.emit({ event: "answer", text: answer });
  const answers = [...context.answers, { question, answer }];
  // People take their time, and things move meanwhile.
  return replan(deps, context, { history: context.history, answers, lookIsCurrent: false });
}
