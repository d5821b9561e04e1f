import { describe, expect, it } from "vitest";
import type { HandeyeEvent } from "../domain/event.js";
import { createEventBus } from "./event-bus.js";

const NOTE: HandeyeEvent = { timeMs: 0, event: "note", level: "info", text: "hello" };

describe("the event bus", () => {
  it("delivers to every reader until it leaves", () => {
    const bus = createEventBus();
    const seen: string[] = [];
    const leave = bus.subscribe({ publish: () => void seen.push("a") });
    bus.subscribe({ publish: () => void seen.push("b") });

    bus.publish(NOTE);
    leave();
    bus.publish(NOTE);

    expect(seen).toEqual(["a", "b", "b"]);
  });

  it("drops a reader that throws and keeps the others", () => {
    const bus = createEventBus();
    const seen: HandeyeEvent[] = [];
    let calls = 0;
    bus.subscribe({
      publish() {
        calls += 1;
        throw new Error("broken reader");
      },
    });
    bus.subscribe({ publish: (event) => void seen.push(event) });

    bus.publish(NOTE);
    bus.publish(NOTE);

    expect(calls).toBe(1);
    expect(seen).toHaveLength(2);
  });
});
