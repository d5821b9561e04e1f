import { describe, expect, it } from "vitest";
import type { EventBody } from "../../domain/event.js";
import { createJsonLog } from "./json-log.js";

function logOf(...events: readonly EventBody[]): Record<string, unknown>[] {
  const lines: string[] = [];
  const log = createJsonLog({ write: (line) => lines.push(line), nowMs: () => Date.UTC(2026, 0, 2), robot: "sim-1" });
  for (const event of events) log.publish({ timeMs: 1234.5, ...event });
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe("json log", () => {
  it("writes one object a line, with what is worth searching for", () => {
    const names = { robot: "sim", planner: "grammar", perception: "onboard" };
    const [start, end] = logOf(
      { event: "mission-start", instruction: "take the\nmug", ...names },
      { event: "mission-end", outcome: "failed", grade: "failed", code: "dropped", message: "It fell.", receipts: [] },
    );

    expect(start).toMatchObject({
      time: "2026-01-02T00:00:00.000Z",
      level: "info",
      robot: "sim-1",
      msg: "mission: take the\nmug",
      event: "mission-start",
      mission: 1,
      missionMs: 1235,
      planner: "grammar",
    });
    expect(end).toMatchObject({ level: "error", mission: 1, outcome: "failed", code: "dropped" });
  });

  it.each<[string, EventBody]>([
    ["warn", { event: "note", level: "warning", text: "the disk is full" }],
    ["warn", { event: "plan-verdict", approved: false, code: "out-of-reach", message: "too far" }],
    ["warn", { event: "state", state: "executing", safety: "stopped" }],
    ["debug", { event: "state", state: "executing", safety: "nominal" }],
    ["info", { event: "say", text: "yes" }],
  ])("gives %s to %o", (level, event) => {
    expect(logOf(event)[0]).toMatchObject({ level, event: event.event });
  });
});
