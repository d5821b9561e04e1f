import { describe, expect, it } from "vitest";
import type { Detection } from "../../domain/detection.js";
import { aDetection } from "../../../test/support/a-detection.js";
import { aLook } from "../../../test/support/a-look.js";
import type { Effect } from "../effect.js";
import { toThing } from "../same-thing.js";
import { verifyEffect } from "./verify-effect.js";

const HOLDING = { widthM: 0.05, inContact: true };
const bag = aDetection({ id: "bag", kind: "bag", color: "green", center: [0.45, 0.1, 0.77], sizeM: [0.05, 0.08, 0.1] });
const again = (options: Parameters<typeof aDetection>[0]) => aDetection({ color: "green", seenInFrame: 2, ...options });
const before = aLook({ detections: [bag] });

describe("a held thing", () => {
  const effect: Effect = {
    kind: "held",
    thing: toThing(bag),
    from: bag.extentInBase,
    seenAt: bag.positionInBase,
  };

  it("is verified by the gripper and the empty place", () => {
    const verdict = verifyEffect(effect, { before, after: aLook({ sequence: 2, gripper: HOLDING }) });

    expect(verdict).toMatchObject({ verified: true, evidence: { frames: [1, 2], gripperWidthM: 0.05 } });
  });

  it("is dropped when the gripper has closed on nothing", () => {
    const after = aLook({ sequence: 2, gripper: { widthM: 0.001, inContact: true } });

    expect(verifyEffect(effect, { before, after })).toMatchObject({ verified: false, code: "dropped" });
  });

  it("is not verified while one like it is still seen in its place", () => {
    const after = aLook({ sequence: 2, gripper: HOLDING, detections: [{ ...bag, seenInFrame: 2 }] });

    expect(verifyEffect(effect, { before, after })).toMatchObject({ verified: false, code: "not-verified" });
  });

  it("is not doubted for a remembered track, or for the thing in the hand itself", () => {
    const inHand = { ...bag, id: "x", seenInFrame: 2, held: true as const };
    const after = aLook({ sequence: 2, gripper: HOLDING, detections: [bag, inHand] });

    expect(verifyEffect(effect, { before, after })).toMatchObject({ verified: true });
  });

  it("is not verified when something hides the place", () => {
    const after = aLook({ sequence: 2, gripper: HOLDING, depthM: 0.4 });

    expect(verifyEffect(effect, { before, after })).toMatchObject({ verified: false, code: "not-verified" });
  });
});

describe("a placed thing", () => {
  const effect: Effect = { kind: "placed", thing: toThing(bag), at: [0.5, -0.2, 0.72], placement: "at" };
  const there = again({ id: "new", kind: "bag", center: [0.52, -0.19, 0.77], sizeM: [0.05, 0.08, 0.1] });

  it("is verified when one like it is seen there and the hand is empty", () => {
    const after = aLook({ sequence: 2, detections: [there] });

    expect(verifyEffect(effect, { before, after })).toMatchObject({
      verified: true,
      evidence: { expectedAt: [0.5, -0.2, 0.72] },
    });
  });

  it("is not placed while the hand still holds something", () => {
    const after = aLook({ sequence: 2, detections: [there], gripper: HOLDING });

    expect(verifyEffect(effect, { before, after })).toMatchObject({ verified: false, code: "not-placed" });
  });

  it("is not placed when it is seen elsewhere", () => {
    const after = aLook({ sequence: 2, detections: [{ ...bag, seenInFrame: 2 }] });

    expect(verifyEffect(effect, { before, after })).toMatchObject({ verified: false, code: "not-placed" });
  });

  it("is not verified by another one that stood there before", () => {
    const twin = aDetection({ id: "twin", color: "green", kind: "bag", center: [0.52, -0.19, 0.77] });
    const after = aLook({ sequence: 2, detections: [{ ...twin, seenInFrame: 2 }] });

    expect(verifyEffect(effect, { before: aLook({ detections: [bag, twin] }), after })).toMatchObject({
      verified: false,
      code: "not-verified",
    });
  });

  it("counts as in a container anywhere inside of it, and not beside it", () => {
    const sink = { center: [0.42, 0.44, 0.66], sizeM: [0.28, 0.32, 0.12], yawRad: 0 } as const;
    const into: Effect = { ...effect, placement: "in", at: [0.42, 0.44, 0.6], destination: sink };
    const inside = again({ id: "i", kind: "bag", center: [0.33, 0.55, 0.65] });
    const beside = again({ id: "o", kind: "bag", center: [0.33, 0.68, 0.77] });

    expect(verifyEffect(into, { before, after: aLook({ sequence: 2, detections: [inside] }) }).verified).toBe(true);
    expect(verifyEffect(into, { before, after: aLook({ sequence: 2, detections: [beside] }) }).verified).toBe(false);
  });
});

describe("a drawer", () => {
  const effect: Extract<Effect, { kind: "opened" | "closed" }> = {
    kind: "opened",
    label: "drawer",
    detectionId: "drawer",
    handleAt: [0.56, -0.2, 0.86],
    opening: [-1, 0, 0],
    travelledM: 0.18,
    metEnd: false,
  };
  const handle = (x: number, y = -0.2) =>
    aDetection({ id: "h", kind: "handle", center: [x, y, 0.852], sizeM: [0.12, 0.016, 0.016], seenInFrame: 2 });
  const drawer = (state: string) =>
    aDetection({ id: "drawer", kind: "drawer", state, center: [0.65, -0.2, 0.845], seenInFrame: 2 });
  const verdict = (kind: "opened" | "closed", ...detections: readonly Detection[]) =>
    verifyEffect({ ...effect, kind }, { before: aLook(), after: aLook({ sequence: 2, detections }) });

  it("is open when its handle has come towards the robot", () => {
    expect(verdict("opened", handle(0.38), drawer("open"))).toMatchObject({ verified: true });
  });

  it("is not open when its handle has hardly moved", () => {
    expect(verdict("opened", handle(0.54), drawer("closed"))).toMatchObject({ verified: false, code: "not-opened" });
  });

  it("is not judged by the neighbour's handle", () => {
    expect(verdict("opened", handle(0.38, -0.48))).toMatchObject({ verified: false, code: "not-verified" });
  });

  it("is not open while it looks closed, whatever the handle says", () => {
    expect(verdict("opened", handle(0.4), drawer("closed"))).toMatchObject({ verified: false });
  });

  it("is open by its looks alone where the handle is not found", () => {
    expect(verdict("opened", drawer("open"))).toMatchObject({ verified: true });
  });

  it("is closed when its handle has gone back all the way", () => {
    expect(verdict("closed", handle(0.73), drawer("closed"))).toMatchObject({ verified: true });
    expect(verdict("closed", handle(0.62), drawer("ajar"))).toMatchObject({ verified: false, code: "not-closed" });
  });
});

describe("a pushed thing", () => {
  const effect: Effect = {
    kind: "pushed",
    thing: toThing(bag),
    from: bag.extentInBase.center,
    direction: [0, -1, 0],
    distanceM: 0.2,
  };

  it("is verified where it was pushed to, and not where it was", () => {
    const moved = again({ kind: "bag", center: [0.46, -0.08, 0.77] });
    const stayed = again({ kind: "bag", center: [0.45, 0.09, 0.77] });

    expect(verifyEffect(effect, { before, after: aLook({ sequence: 2, detections: [moved] }) }).verified).toBe(true);
    expect(verifyEffect(effect, { before, after: aLook({ sequence: 2, detections: [stayed] }) })).toMatchObject({
      verified: false,
      code: "not-moved",
    });
  });
});

describe("the tool", () => {
  it("is near when the arm's joints say so", () => {
    const effect: Effect = { kind: "near", label: "bag", toolAt: [0.45, 0.1, 0.95] };

    expect(verifyEffect(effect, { before, after: aLook({ tool: [0.452, 0.1, 0.95] }) }).verified).toBe(true);
    expect(verifyEffect(effect, { before, after: aLook({ tool: [0.3, 0.1, 0.95] }) })).toMatchObject({
      verified: false,
      code: "not-moved",
    });
  });

  it("has let go when it is empty and the thing is seen below it", () => {
    const effect: Effect = { kind: "released", thing: toThing(bag), at: [0.45, 0.1, 0.9] };

    expect(verifyEffect(effect, { before, after: aLook({ detections: [bag] }) }).verified).toBe(true);
    expect(verifyEffect(effect, { before, after: aLook() })).toMatchObject({ verified: false, code: "not-verified" });
    expect(verifyEffect(effect, { before, after: aLook({ gripper: HOLDING, detections: [bag] }) })).toMatchObject({
      verified: false,
      code: "not-moved",
    });
  });
});
