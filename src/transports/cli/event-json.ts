import type { HandeyeEvent } from "../../domain/event.js";

/** One event as one JSON line. Masks are left out: they are for the machine that saw them, not for a log. */
export function eventToJson(event: HandeyeEvent): string {
  return JSON.stringify(event, (key, value: unknown) => {
    if (key === "mask") return undefined;
    if (typeof value === "number" && !Number.isInteger(value)) return Number(value.toFixed(5));
    return value;
  });
}
