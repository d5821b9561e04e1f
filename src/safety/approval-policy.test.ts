import { describe, expect, it } from "vitest";
import type { Action } from "../domain/action.js";
import { approvalReason, approvalRequest } from "./approval-policy.js";
import { safetyLimits } from "./limits.js";
import { at, BAG, point, sceneWith, thingAt } from "./scene.fixture.js";

const grasp: Action = { action: "grasp", target: at(BAG) };
const scene = sceneWith();
const nearby = {
  name: "stove",
  center: [0.5, 0.25, 0.8] as [number, number, number],
  sizeM: [0.2, 0.2, 0.2] as [number, number, number],
};

describe("approvalReason", () => {
  it("asks for nothing on auto and for everything that moves on always", () => {
    expect(
      approvalReason(
        { action: "push", from: at(BAG), to: at(BAG) },
        { scene, limits: safetyLimits({ approve: "auto" }) },
      ),
    ).toBeUndefined();
    expect(approvalReason(grasp, { scene, limits: safetyLimits({ approve: "always" }) })).toMatch(/every action/);
    expect(
      approvalReason({ action: "say", text: "hello" }, { scene, limits: safetyLimits({ approve: "always" }) }),
    ).toBeUndefined();
  });

  it("lets a plain grasp of a thing seen clearly run by itself on risky", () => {
    expect(approvalReason(grasp, { scene, limits: safetyLimits({ approve: "risky" }) })).toBeUndefined();
  });

  const risky = safetyLimits({ approve: "risky" });
  it.each<[string, Action, Partial<Parameters<typeof approvalReason>[1]>, RegExp]>([
    ["opening a drawer", { action: "open", target: at(BAG) }, {}, /presses on/],
    ["letting go in mid-air", { action: "release" }, { scene: sceneWith({ held: { label: "bag" } }) }, /lets go/],
    ["a thing seen dimly", grasp, { scene: sceneWith({ detections: [{ ...BAG, score: 0.4 }] }) }, /40 % certainty/],
    [
      "a point without a detection",
      { action: "grasp", target: point("bag", [0.4, 0.35, 0.8]) },
      {},
      /without a detection/,
    ],
    ["depth from a model", grasp, { scene: sceneWith({ depthSource: "model" }) }, /estimated by a model/],
    ["a place near a keep-out box", grasp, { limits: safetyLimits({ approve: "risky", keepOut: [nearby] }) }, /stove/],
    [
      "a thing that breaks",
      { action: "grasp", target: at(thingAt("d1", "blue bottle", [0.5, 0.1, 0.8])) },
      { scene: sceneWith({ detections: [thingAt("d1", "blue bottle", [0.5, 0.1, 0.8])] }) },
      /bottle/,
    ],
  ])("asks on risky before %s", (_name, action, overrides, reason) => {
    expect(approvalReason(action, { scene, limits: risky, ...overrides })).toMatch(reason);
  });
});

describe("approvalRequest", () => {
  it("shows the point, the metres, the margin, and when it expires", () => {
    const request = approvalRequest(grasp, {
      scene,
      limits: safetyLimits({ keepOut: [nearby] }),
      reason: "because",
      nowMs: 5000,
      timeoutMs: 30_000,
    });

    expect(request).toMatchObject({ action: grasp, reason: "because", expiresAtMs: 35_000, point: BAG.point });
    expect(request.marginM).toBeCloseTo(0.05, 6);
    expect(request.positionInBase?.[0]).toBeCloseTo(0.5, 6);
  });

  it("has no place for an action without one", () => {
    expect(
      approvalRequest({ action: "release" }, { scene, limits: safetyLimits(), reason: "", nowMs: 0, timeoutMs: 1 }),
    ).toEqual({ action: { action: "release" }, reason: "", expiresAtMs: 1, marginM: Infinity });
  });
});
