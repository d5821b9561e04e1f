import type { HandeyeEvent } from "../domain/event.js";

/** Reads events. Must not throw and must not block; slow work is queued inside. */
export interface EventSink {
  publish(event: HandeyeEvent): void;
}
