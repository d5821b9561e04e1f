import { describe, expect, it } from "vitest";
import type { Action } from "../../../domain/action.js";
import type { HandeyeEvent } from "../../../domain/event.js";
import { chooseMoments, findMoments } from "./find-moments.js";
import { isAbout } from "./meanings-of.js";
import { endOf, narrationOf, soundTrack, speakLines } from "./narrate.js";

const target = (label: string) => ({ label, x: 0.5, y: 0.5, z: 1 });
const grasp: Action = { action: "grasp", target: target("green bag") };
const open: Action = { action: "open", target: target("drawer") };
const at = (timeMs: number, event: Record<string, unknown>) => ({
  timeMs,
  event: { timeMs, ...event } as unknown as HandeyeEvent,
});
const EVENTS = [
  at(0, {
    event: "mission-start",
    instruction: "take the green bag out of the drawer",
    robot: "sim",
    planner: "p",
    perception: "x",
  }),
  at(1_000, { event: "action-start", step: 1, action: open }),
  at(4_000, { event: "receipt", receipt: { step: 1, action: open, grade: "verified", evidence: {} } }),
  at(5_000, { event: "action-start", step: 2, action: grasp }),
  at(8_000, { event: "receipt", receipt: { step: 2, action: grasp, grade: "failed", code: "dropped", evidence: {} } }),
  at(9_000, {
    event: "mission-end",
    outcome: "stopped",
    grade: "failed",
    message: "stopped by a person",
    receipts: [],
  }),
];

describe("moments of a recording", () => {
  const moments = findMoments(EVENTS);

  it("are its steps and how it ended", () => {
    expect(moments.map(({ kind, title }) => [kind, title])).toEqual([
      ["verified", "open drawer: verified"],
      ["failed", "grasp green bag: failed (dropped)"],
      ["stopped", "stopped: stopped by a person"],
    ]);
    expect(moments[1]).toMatchObject({ fromMs: 5_000, toMs: 8_000 });
  });

  it.each([
    ["outcome", 3],
    ["green bag", 1],
    ["绿色包装袋", 1],
    ["抽屉", 1],
    ["knife", 0],
  ])("that fit %s", (by, count) => {
    expect(chooseMoments(moments, by)).toHaveLength(count);
  });

  it("mean the same in English and Chinese", () => {
    expect(isAbout("grasp the green bag", "绿色的袋子")).toBe(true);
    expect(isAbout("grasp the red mug", "绿色的袋子")).toBe(false);
    expect(isAbout("anything", "the")).toBe(false);
  });
});

describe("a rehearsal's narration", () => {
  const end = (outcome: string): HandeyeEvent =>
    ({
      timeMs: 0,
      event: "mission-end",
      outcome,
      grade: "verified",
      message: "",
      receipts: [],
    }) as unknown as HandeyeEvent;

  it("never claims that the real thing was done", () => {
    expect(narrationOf(EVENTS[0].event, "en")).toBe(
      "Rehearsal, in simulation only. take the green bag out of the drawer",
    );
    expect(narrationOf(end("done"), "en")).toContain("real robot did not move");
    expect(narrationOf(end("done"), "zh")).toContain("真实的机器人没有动");
    expect(narrationOf(EVENTS[3].event, "en")).toBe("It grasps the green bag.");
  });

  it("speaks each line at its time, behind the one before, and leaves out what would come far too late", async () => {
    const second = { samples: new Float32Array(8_000).fill(0.5), sampleRateHz: 8_000 };
    const slow = { samples: new Float32Array(64_000).fill(0.5), sampleRateHz: 8_000 };
    const speaker = {
      name: "test",
      leavesMachine: false,
      speak: async (text: string) => ({ ok: true as const, value: text === "slow" ? slow : second }),
      close: async () => undefined,
    };
    const lines = [
      { atS: 0, text: "a" },
      { atS: 0.5, text: "b" },
      { atS: 3, text: "slow" },
      { atS: 4, text: "too late" },
      { atS: 5, text: "end", isEnd: true as const },
    ];

    const spoken = await speakLines(lines, speaker, { language: "en", signal: new AbortController().signal });

    expect(spoken.map(({ text }) => text)).toEqual(["a", "b", "slow", "end"]);
    expect(spoken[1].atS).toBeCloseTo(1.15, 2);
    const track = soundTrack(spoken, endOf(spoken));
    expect(track.samples.length / track.sampleRateHz).toBeCloseTo(endOf(spoken), 2);
    expect(track.samples.some((sample) => sample > 0.4)).toBe(true);
  });
});
