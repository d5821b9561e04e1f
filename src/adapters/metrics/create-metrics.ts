import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { HandeyeEvent } from "../../domain/event.js";
import type { EventSink } from "../../ports/event-sink.js";

export const STAGES = ["capture", "ground", "depth", "plan", "approve", "dispatch", "verify"] as const;
export type Stage = (typeof STAGES)[number];

/** What is read when somebody asks, not when it changes. */
export interface Gauges {
  readonly leaseHeld: () => boolean;
  readonly linkUp: () => boolean;
  /** Stream messages left out for slow readers so far. */
  readonly streamsLeftOut: () => number;
}

export interface MetricsOptions {
  readonly robot: string;
  /** Milliseconds from some moment on, never going back. */
  readonly nowMs: () => number;
  readonly gauges: Gauges;
}

/** Figures for Prometheus. Reads events; nothing depends on it. */
export interface Metrics extends EventSink {
  /** A part that no event tells the length of, seconds. */
  took(stage: Stage, seconds: number): void;
  turn(turn: { readonly planner: string; readonly inputTokens?: number; readonly outputTokens?: number }): void;
  refused(code: string): void;
  /** Text exposition format 0.0.4. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** From a camera's few milliseconds to a model's minute. */
const BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

/** States of the mission whose length is a stage's. */
const STAGE_OF_STATE: Readonly<Record<string, Stage>> = {
  planning: "plan",
  approving: "approve",
  "awaiting-operator": "approve",
  executing: "dispatch",
  verifying: "verify",
};

export function createMetrics({ robot, nowMs, gauges }: MetricsOptions): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ robot });
  const registers = [registry];
  const stageSeconds = new Histogram({
    name: "handeye_stage_seconds",
    help: "Seconds of real time that each part of the cycle took.",
    labelNames: ["stage"],
    buckets: BUCKETS_S,
    registers,
  });
  const count = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []): Counter<Label> =>
    new Counter({ name: `handeye_${name}_total`, help, labelNames, registers });
  const missions = count("missions", "Missions by how they ended.", ["outcome", "grade"]);
  const receipts = count("receipts", "Actions by what is known of them.", ["action", "grade"]);
  const commands = count("commands", "Commands to the robot by the guard's verdict.", ["type", "verdict"]);
  const plans = count("plans_refused", "Plans that were not approved, by reason.", ["code"]);
  const stops = count("stops", "Times that the robot was stopped.");
  const tokens = count("model_tokens", "Tokens of model planners.", ["planner", "direction"]);
  const refusedMessages = count("messages_refused", "Messages of operators that were not taken, by reason.", ["code"]);
  const leftOut = count("stream_messages_left_out", "Pictures and other streams left out for slow readers.");
  const gauge = (name: string, help: string, read: () => boolean): Gauge =>
    new Gauge({
      name: `handeye_${name}`,
      help,
      registers,
      collect() {
        this.set(read() ? 1 : 0);
      },
    });
  gauge("lease_held", "1 while somebody holds the wheel.", gauges.leaseHeld);
  gauge("link_up", "1 while the link to the MQTT broker is up.", gauges.linkUp);
  const safetyState = new Gauge({
    name: "handeye_safety_state",
    help: "1 for the state that the robot is in: nominal, held or stopped.",
    labelNames: ["state"],
    registers,
  });

  // Series that are there from the start: a rate over one that appears with its first count would miss that count.
  for (const stage of STAGES) stageSeconds.zero({ stage });
  stops.inc(0);
  leftOut.inc(0);
  for (const [outcome, grade] of FIRST_OUTCOMES) missions.inc({ outcome, grade }, 0);

  let state = "";
  let enteredAtMs = 0;
  let safety = "nominal";
  let leftOutTold = 0;
  showSafety();

  function showSafety(): void {
    for (const each of ["nominal", "held", "stopped"]) safetyState.set({ state: each }, each === safety ? 1 : 0);
  }

  function enter(next: string): void {
    const stage = STAGE_OF_STATE[state];
    if (stage !== undefined) stageSeconds.observe({ stage }, (nowMs() - enteredAtMs) / 1000);
    state = next;
    enteredAtMs = nowMs();
  }

  return {
    publish(event: HandeyeEvent): void {
      switch (event.event) {
        case "state":
          // The machine enters a state anew for every step: that is a stage of its own. A change of safety alone is none.
          if (event.safety === safety) enter(event.state);
          else if (event.safety === "stopped") stops.inc();
          ({ safety } = event);
          return showSafety();
        case "plan-verdict":
          if (!event.approved) plans.inc({ code: event.code ?? "unknown" });
          return;
        case "command":
          return commands.inc({ type: event.command.type, verdict: event.verdict });
        case "receipt":
          return receipts.inc({ action: event.receipt.action.action, grade: event.receipt.grade });
        case "mission-end":
          enter("");
          return missions.inc({ outcome: event.outcome, grade: event.grade });
        case "mission-start":
        case "scene":
        case "plan":
        case "action-start":
        case "say":
        case "ask":
        case "answer":
        case "note":
          return;
      }
    },
    took: (stage, seconds) => stageSeconds.observe({ stage }, seconds),
    turn({ planner, inputTokens = 0, outputTokens = 0 }) {
      tokens.inc({ planner, direction: "in" }, inputTokens);
      tokens.inc({ planner, direction: "out" }, outputTokens);
    },
    refused: (code) => refusedMessages.inc({ code }),
    async text() {
      const now = gauges.streamsLeftOut();
      leftOut.inc(Math.max(0, now - leftOutTold));
      leftOutTold = now;
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}

const FIRST_OUTCOMES = [
  ["done", "verified"],
  ["given-up", "refused"],
  ["failed", "failed"],
  ["stopped", "failed"],
] as const;
