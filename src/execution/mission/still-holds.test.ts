import { describe, expect, it } from "vitest";
import { aDetection } from "../../../test/support/a-detection.js";
import { aLook } from "../../../test/support/a-look.js";
import type { Effect } from "../effect.js";
import { toThing } from "../same-thing.js";
import type { SeenEffect } from "./mission-context.js";
import { findUndone } from "./still-holds.js";

const block = aDetection({
  id: "b",
  kind: "block",
  color: "red",
  center: [0.45, 0.1, 0.74],
  sizeM: [0.04, 0.04, 0.04],
});
const mug = aDetection({ id: "m", kind: "mug", color: "blue", center: [0.4, -0.2, 0.76], sizeM: [0.06, 0.06, 0.08] });
const before = aLook({ detections: [block, mug] });
const placed = (of: typeof block, at: readonly [number, number, number]): Effect => ({
  kind: "placed",
  thing: toThing(of),
  at,
  placement: "at",
});
const done = (step: number, effect: Effect): SeenEffect =>
  ({ step, effect, before, verified: true, action: { action: "release" } }) as unknown as SeenEffect;
const seen = (of: typeof block, center: readonly [number, number, number]) =>
  aDetection({
    id: `${of.id}2`,
    kind: of.attributes?.kind[0]?.[0] ?? "",
    color: of.attributes?.color[0]?.[0] ?? "",
    center,
    sizeM: of.extentInBase.sizeM,
    seenInFrame: 2,
  });

const first = done(1, placed(block, [0.5, 0.2, 0.72]));
const second = done(2, placed(mug, [0.5, -0.1, 0.72]));

describe("what was done earlier", () => {
  it("is undone when the thing is seen elsewhere now", () => {
    const after = aLook({ sequence: 2, detections: [seen(block, [0.3, 0.2, 0.74]), seen(mug, [0.5, -0.1, 0.76])] });

    expect(findUndone([first, second], after)).toMatchObject({ step: 1, verdict: { code: "not-placed" } });
  });

  it("holds while the thing is seen where it was put", () => {
    const after = aLook({ sequence: 2, detections: [seen(block, [0.5, 0.2, 0.74]), seen(mug, [0.5, -0.1, 0.76])] });

    expect(findUndone([first, second], after)).toBeUndefined();
  });

  it("is not doubted where the place is hidden now", () => {
    const after = aLook({ sequence: 2, depthM: 0.4, detections: [seen(block, [0.3, 0.2, 0.74])] });

    expect(findUndone([first, second], after)).toBeUndefined();
  });

  it("is let be when a later step moved the same thing on", () => {
    const again = done(2, placed(block, [0.3, 0.2, 0.72]));
    const after = aLook({ sequence: 2, detections: [seen(block, [0.3, 0.2, 0.74])] });

    expect(findUndone([first, again], after)).toBeUndefined();
  });

  it("leaves the last step to its own, stricter check", () => {
    expect(findUndone([first], aLook({ sequence: 2, detections: [seen(block, [0.3, 0.2, 0.74])] }))).toBeUndefined();
  });
});
