import type { Action } from "../../../domain/action.js";
import { formatAction, isMoving } from "../../../domain/action.js";
import type { HandeyeEvent } from "../../../domain/event.js";
import type { Highlight } from "../../../ports/clip-maker.js";
import { isAbout } from "./meanings-of.js";

/** A step of a recorded mission, or its end, in the recording's own time. */
export interface Moment {
  readonly fromMs: number;
  readonly toMs: number;
  readonly kind: Highlight["kind"];
  readonly title: string;
  /** All words that were written down about it. */
  readonly words: string;
}

/** An end that no step led to is shown from so long before it. */
const BEFORE_END_MS = 2_000;

/** What happened in a recording, one moment a step, besides one for every mission that was stopped or failed. */
export function findMoments(
  events: readonly { readonly timeMs: number; readonly event: HandeyeEvent }[],
): readonly Moment[] {
  const moments: Moment[] = [];
  let instruction = "";
  let plan = "";
  let step: { readonly action: Action; readonly fromMs: number } | undefined;
  const add = (moment: Omit<Moment, "words">, more: string): void =>
    void moments.push({ ...moment, words: [instruction, plan, moment.title, more].join("\n") });

  for (const { timeMs, event } of events) {
    switch (event.event) {
      case "mission-start":
        [instruction, plan, step] = [event.instruction, "", undefined];
        break;
      case "plan":
        plan = event.rationale ?? "";
        break;
      case "action-start":
        step = { action: event.action, fromMs: timeMs };
        break;
      case "receipt": {
        const { grade, code, message, action, evidence } = event.receipt;
        // That the goal holds is the mission's end, no step of it.
        if (!isMoving(action) && action.action !== "look") break;
        const why = message ?? code;
        const title = `${nameOf(action)}: ${grade}${why === undefined || grade === "verified" ? "" : ` (${why})`}`;
        const kind = grade === "verified" ? "verified" : grade === "failed" || grade === "refused" ? "failed" : "other";
        add(
          { fromMs: step?.fromMs ?? timeMs - BEFORE_END_MS, toMs: timeMs, kind, title },
          `${formatAction(action)}\n${evidence.note ?? ""}`,
        );
        step = undefined;
        break;
      }
      case "mission-end": {
        const kind = event.outcome === "stopped" ? "stopped" : event.outcome === "done" ? "other" : "failed";
        const fromMs = step?.fromMs ?? timeMs - BEFORE_END_MS;
        if (kind !== "other" || step !== undefined)
          add({ fromMs, toMs: timeMs, kind, title: `${event.outcome}: ${event.message}` }, "");
        step = undefined;
        break;
      }
      case "state":
      case "scene":
      case "plan-verdict":
      case "command":
      case "say":
      case "ask":
      case "answer":
      case "note":
        break;
    }
  }
  return moments;
}

/** Those that fit the wish: what came out, or words about them. */
export function chooseMoments(moments: readonly Moment[], by: string): readonly Moment[] {
  if (by === "outcome") return moments.filter(({ kind }) => kind !== "other");
  // A word of the instruction fits every step of the mission; the steps that are about it themselves go before.
  const ownWords = moments.filter(({ words, title }) => isAbout(`${title}\n${words.split("\n").at(-2) ?? ""}`, by));
  return ownWords.length > 0 ? ownWords : moments.filter(({ words }) => isAbout(words, by));
}

function nameOf(action: Action): string {
  const label =
    "target" in action
      ? action.target.label
      : "from" in action
        ? action.from.label
        : "to" in action
          ? action.to.label
          : undefined;
  return label === undefined ? action.action : `${action.action} ${label}`;
}
