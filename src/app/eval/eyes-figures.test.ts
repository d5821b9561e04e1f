import { describe, expect, it } from "vitest";
import type { Report, Truth } from "./collect-eyes.js";
import { eyesFigures } from "./eyes-figures.js";

const mug: Truth = { group: "things", kind: "mug", color: "red", pixels: 500, isUnseen: false };
const report = (truth: Truth | undefined, kind: string, color: string): Report => ({
  group: "things",
  grounding: {
    label: `${color} ${kind}`,
    box: { x0: 0, y0: 0, x1: 0.1, y1: 0.1 },
    score: 0.9,
    attributes: { kind: [[kind, 0.8]], color: [[color, 0.7]] },
  },
  ...(truth ? { truth } : {}),
});

describe("eyesFigures", () => {
  const truths = [{ ...mug }, { ...mug }, { ...mug }, { ...mug }];
  const { figures, calibration } = eyesFigures({
    pictures: 1,
    truths,
    reports: [
      report(truths[0], "mug", "red"),
      report(truths[1], "can", "red"),
      report(truths[2], "mug", "orange"),
      report(undefined, "mug", "red"),
    ],
    depthErrors: { things: [0.1, 0.3], all: [] },
  });
  const valueOf = (path: string): number | undefined => figures.find((figure) => figure.path === path)?.value;

  it("counts what was found, and what of it was named rightly", () => {
    expect(valueOf("groups.things.recall")).toBe(0.75);
    expect(valueOf("groups.things.precision")).toBe(0.75);
    expect(valueOf("foundAndNamedRight")).toBe(0.25);
    expect(valueOf("bySize.300-999.kind")).toBeCloseTo(2 / 3);
    expect(valueOf("depthAbsRel.things")).toBeCloseTo(0.2);
  });

  it("leaves out what it has no case of", () => {
    expect(valueOf("groups.handles.recall")).toBeUndefined();
    expect(valueOf("depthAbsRel.allBelow2m")).toBeUndefined();
  });

  it("holds what was said with a probability against what was so", () => {
    expect(calibration.found.bins[9]).toMatchObject({ count: 4, right: 0.75 });
    expect(calibration.kind.bins[8]).toMatchObject({ count: 3 });
  });
});
