import type { Action } from "../../domain/action.js";
import type { HandeyeEvent } from "../../domain/event.js";
import { capitalised, type Language } from "../language.js";

export interface TimedEvent {
  /** Milliseconds from the clip's start. */
  readonly timeMs: number;
  readonly event: HandeyeEvent;
}

/** What a recording says of its missions: what was asked for, what the robot did, how it ended. Empty where it tells of none. */
export function tellEvents(events: readonly TimedEvent[], language: Language): string {
  const sentences: string[] = [];
  let steps: string[] = [];
  const finishSteps = (): void => {
    if (steps.length === 0) return;
    sentences.push(language === "en" ? `It ${joined(steps)}.` : `机器人${steps.join("，")}。`);
    steps = [];
  };
  for (const { timeMs, event } of events) {
    switch (event.event) {
      case "mission-start":
        sentences.push(
          language === "en"
            ? `The robot is asked: "${event.instruction}".`
            : `机器人收到指令：“${event.instruction}”。`,
        );
        break;
      case "receipt": {
        const { action, grade } = event.receipt;
        const isDone = grade !== "refused" && grade !== "failed";
        const step = stepOf(action, isDone, language);
        if (step !== undefined) steps.push(step);
        break;
      }
      case "ask":
        finishSteps();
        sentences.push(language === "en" ? `It asks: "${event.question}".` : `它问：“${event.question}”。`);
        break;
      case "mission-end":
        finishSteps();
        sentences.push(endOf(event, timeMs, language));
        break;
      case "state":
      case "scene":
      case "plan":
      case "plan-verdict":
      case "action-start":
      case "command":
      case "say":
      case "answer":
      case "note":
        break;
    }
  }
  finishSteps();
  return sentences.join(language === "en" ? " " : "");
}

const joined = (steps: readonly string[]): string =>
  steps.length < 2 ? steps.join("") : `${steps.slice(0, -1).join(", ")} and ${steps[steps.length - 1]}`;

const ENGLISH = {
  approach: ["approaches", "fails to approach"],
  grasp: ["grasps", "fails to grasp"],
  move: ["moves", "fails to move"],
  place: ["puts down what it holds", "fails to put down what it holds"],
  release: ["lets go", "fails to let go"],
  open: ["opens", "fails to open"],
  close: ["closes", "fails to close"],
  push: ["pushes", "fails to push"],
} as const;
const CHINESE = {
  approach: ["靠近", "没能靠近"],
  grasp: ["抓住", "没能抓住"],
  move: ["移动", "没能移动"],
  place: ["放下手中的东西", "没能放下手中的东西"],
  release: ["松开手", "没能松开手"],
  open: ["打开", "没能打开"],
  close: ["关上", "没能关上"],
  push: ["推动", "没能推动"],
} as const;

/** What is done in the world; looking, waiting and talking are left out. */
function stepOf(action: Action, isDone: boolean, language: Language): string | undefined {
  if (!(action.action in ENGLISH)) return undefined;
  const name = action.action as keyof typeof ENGLISH;
  const verb = (language === "en" ? ENGLISH : CHINESE)[name][isDone ? 0 : 1];
  const label = "target" in action ? labelOf(action.target) : "from" in action ? labelOf(action.from) : undefined;
  if (label === undefined) return verb;
  return language === "en" ? `${verb} the ${label}` : `${verb}“${label}”`;
}

function labelOf(target: unknown): string | undefined {
  if (typeof target !== "object" || target === null || !("label" in target)) return undefined;
  return typeof target.label === "string" ? target.label : undefined;
}

function endOf(event: Extract<HandeyeEvent, { event: "mission-end" }>, timeMs: number, language: Language): string {
  const seconds = (timeMs / 1000).toFixed(1);
  const isVerified = event.outcome === "done" && event.grade === "verified";
  if (language === "en") {
    const outcome = isVerified
      ? "It ends done, and what was done was verified"
      : `It ends ${event.outcome} (${event.grade})`;
    return `${capitalised(outcome)}, at ${seconds} s.`;
  }
  return isVerified ? `任务在第${seconds}秒完成并得到验证。` : `任务在第${seconds}秒结束：${event.outcome}。`;
}
