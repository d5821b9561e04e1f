import type { HandeyeEvent } from "../domain/event.js";
import type { EventSink } from "../ports/event-sink.js";

/** One stream, many readers. A reader that throws loses its subscription; the others and the mission go on. */
export interface EventBus extends EventSink {
  subscribe(sink: EventSink): () => void;
}

export function createEventBus(): EventBus {
  const sinks = new Set<EventSink>();
  return {
    publish(event: HandeyeEvent): void {
      for (const sink of sinks) {
        try {
          sink.publish(event);
        } catch {
          sinks.delete(sink);
        }
      }
    },
    subscribe(sink) {
      sinks.add(sink);
      return () => void sinks.delete(sink);
    },
  };
}
