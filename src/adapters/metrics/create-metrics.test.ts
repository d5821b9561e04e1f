import { beforeEach, describe, expect, it } from "vitest";
import type { EventBody } from "../../domain/event.js";
import { createMetrics, type Metrics } from "./index.js";

let nowMs = 0;
let metrics: Metrics;
const gauges = { lease: false, link: true, leftOut: 0 };

beforeEach(() => {
  nowMs = 1000;
  Object.assign(gauges, { lease: false, link: true, leftOut: 0 });
  metrics = createMetrics({
    robot: "sim-1",
    nowMs: () => nowMs,
    gauges: {
      leaseHeld: () => gauges.lease,
      linkUp: () => gauges.link,
      streamsLeftOut: () => gauges.leftOut,
    },
  });
});

const tell = (event: EventBody): void => metrics.publish({ timeMs: 0, ...event });
const state = (name: string, safety: "nominal" | "held" | "stopped" = "nominal"): void =>
  tell({ event: "state", state: name, safety });

/** The value of a series, by its name and some of its labels. */
async function value(name: string, labels: Readonly<Record<string, string>> = {}): Promise<number | undefined> {
  const wanted = Object.entries(labels).map(([key, text]) => `${key}="${text}"`);
  const line = (await metrics.text())
    .split("\n")
    .find((each) => each.startsWith(`${name}{`) && wanted.every((label) => each.includes(label)));
  return line === undefined ? undefined : Number(line.split(" ").at(-1));
}

describe("metrics", () => {
  it("takes the time of each stage from the mission's states", async () => {
    state("planning");
    nowMs += 2000;
    state("approving");
    nowMs += 100;
    state("executing");
    nowMs += 4000;
    state("executing");
    nowMs += 1000;
    state("verifying");
    nowMs += 300;
    state("done");
    metrics.took("ground", 0.2);

    expect(await value("handeye_stage_seconds_sum", { stage: "plan" })).toBeCloseTo(2);
    expect(await value("handeye_stage_seconds_sum", { stage: "approve" })).toBeCloseTo(0.1);
    expect(await value("handeye_stage_seconds_sum", { stage: "dispatch" })).toBeCloseTo(5);
    expect(await value("handeye_stage_seconds_count", { stage: "dispatch" })).toBe(2);
    expect(await value("handeye_stage_seconds_sum", { stage: "verify" })).toBeCloseTo(0.3);
    expect(await value("handeye_stage_seconds_sum", { stage: "ground" })).toBeCloseTo(0.2);
    expect(await value("handeye_stage_seconds_count", { stage: "capture" })).toBe(0);
  });

  it("counts how missions end, what is known of actions, and tokens", async () => {
    tell({ event: "mission-end", outcome: "done", grade: "verified", message: "", receipts: [] });
    const receipt = { step: 1, action: { action: "release" }, grade: "observed", evidence: {} } as const;
    tell({ event: "receipt", receipt });
    tell({ event: "plan-verdict", approved: false, code: "out-of-reach" });
    metrics.turn({ planner: "openai x", inputTokens: 900, outputTokens: 40 });
    metrics.turn({ planner: "openai x" });
    metrics.refused("expired");

    expect(await value("handeye_missions_total", { outcome: "done", grade: "verified" })).toBe(1);
    expect(await value("handeye_missions_total", { outcome: "stopped" })).toBe(0);
    expect(await value("handeye_receipts_total", { action: "release", grade: "observed" })).toBe(1);
    expect(await value("handeye_plans_refused_total", { code: "out-of-reach" })).toBe(1);
    expect(await value("handeye_model_tokens_total", { direction: "in" })).toBe(900);
    expect(await value("handeye_messages_refused_total", { code: "expired", robot: "sim-1" })).toBe(1);
  });

  it("counts a stop once, however often the state is told, and no stage for it", async () => {
    state("executing");
    state("executing", "held");
    state("executing", "stopped");
    nowMs += 500;
    state("stopped", "stopped");

    expect(await value("handeye_stops_total")).toBe(1);
    expect(await value("handeye_safety_state", { state: "stopped" })).toBe(1);
    expect(await value("handeye_safety_state", { state: "nominal" })).toBe(0);
    expect(await value("handeye_stage_seconds_count", { stage: "dispatch" })).toBe(1);
  });

  it("reads lease, link and left-out pictures when it is asked", async () => {
    expect(await value("handeye_lease_held")).toBe(0);

    Object.assign(gauges, { lease: true, link: false, leftOut: 7 });

    expect(await value("handeye_lease_held")).toBe(1);
    expect(await value("handeye_link_up")).toBe(0);
    expect(await value("handeye_stream_messages_left_out_total")).toBe(7);
    gauges.leftOut = 9;
    expect(await value("handeye_stream_messages_left_out_total")).toBe(9);
  });
});
