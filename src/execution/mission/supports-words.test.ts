import { describe, expect, it } from "vitest";
import { aDetection } from "../../../test/support/a-detection.js";
import { aLook } from "../../../test/support/a-look.js";
import type { Grip } from "../effect.js";
import { supportsWords } from "./supports-words.js";

const { scene } = aLook({
  detections: [
    aDetection({ id: "bag", kind: "bag", color: "green", center: [0.42, 0.44, 0.65] }),
    aDetection({ id: "sink", kind: "sink", center: [0.42, 0.44, 0.66], sizeM: [0.28, 0.32, 0.12] }),
    aDetection({ id: "left", kind: "drawer", state: "open", center: [0.6, -0.2, 0.85] }),
    aDetection({ id: "right", kind: "drawer", state: "closed", center: [0.75, -0.48, 0.85] }),
  ],
});

describe("supportsWords", () => {
  it.each([
    "The green bag is in the sink.",
    "the left drawer is open",
    "the right drawer is closed",
    "a drawer is closed",
  ])("bears out %j", (sentence) => {
    expect(supportsWords(sentence, { scene }).verified).toBe(true);
  });

  it.each([
    "the red bag is in the sink",
    "the right drawer is open",
    "the left drawer is shut",
    "the green bag is in the drawer",
    "holding the green bag",
    "everything is as you wished",
    "",
  ])("does not bear out %j", (sentence) => {
    expect(supportsWords(sentence, { scene })).toMatchObject({ verified: false, code: "not-verified" });
  });

  it("believes that something is held only by the gripper", () => {
    const holding = aLook({ gripper: { widthM: 0.05, inContact: true } }).scene;
    const grip: Grip = {
      thing: { label: "green bag", sizeM: [0.05, 0.05, 0.1] },
      bottomBelowToolM: 0.05,
      footprintRadiusM: 0.04,
      yawRad: 0,
      widthM: 0.05,
    };

    expect(supportsWords("holding the green bag", { scene: holding, grip }).verified).toBe(true);
    expect(supportsWords("holding the red mug", { scene: holding, grip }).verified).toBe(false);
    expect(supportsWords("holding the green bag", { scene, grip }).verified).toBe(false);
  });

  it("does not count what was only seen earlier", () => {
    const stale = aLook({ sequence: 5, detections: [aDetection({ kind: "bag", color: "green" })] }).scene;

    expect(supportsWords("the green bag is there", { scene: stale }).verified).toBe(false);
  });
});
