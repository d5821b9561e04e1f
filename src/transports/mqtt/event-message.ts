import type { HandeyeEvent } from "../../domain/event.js";

/** An event as JSON, with the machine's time and the mission that it belongs to. Masks stay with the machine that saw them. */
export function eventMessage(event: HandeyeEvent, extra: { readonly at: string; readonly missionId?: string }): string {
  return JSON.stringify({ ...event, ...extra }, (key, value: unknown) => {
    if (key === "mask") return undefined;
    if (typeof value === "number" && !Number.isInteger(value)) return Number(value.toFixed(5));
    return value;
  });
}
