import { createPerception } from "../../../perception/index.js";
import type { Camera } from "../../../ports/camera.js";
import type { Look } from "../../../ports/perception.js";
import type { SimTruth } from "../../../../sim/index.js";
import type { TruePicture } from "../../../../sim/suites/index.js";
import { createEyes, type Eyes } from "../../create-eyes.js";
import type { Launch } from "../../launch/launch-schema.js";

/** The stack's own perception on one picture: the launch file's eyes, and depth from the sensor or from the model. */
export async function lookAtPicture(picture: TruePicture, launch: Launch, shared: Eyes | undefined): Promise<Look> {
  const truth: SimTruth = {
    snapshot: () => Promise.resolve(picture.truth.snapshot),
    instanceIdsFor: () => Promise.resolve(picture.truth),
  };
  const hasDepth = launch.cameras.head.depth === "sensor";
  const { depthM, ...unmeasured } = picture.frame;
  const camera: Camera = {
    name: picture.frame.camera,
    hasDepth,
    latest: () => Promise.resolve(hasDepth ? { ...unmeasured, depthM } : unmeasured),
    close: () => Promise.resolve(),
  };
  const eyes = await createEyes(launch, truth, shared);
  const perception = createPerception({
    camera,
    grounder: eyes.grounder,
    depth: eyes.depth,
    robot: { state: () => Promise.resolve(picture.robot) },
    clock: { nowMs: () => picture.frame.capturedAtMs },
    maxFrameAgeMs: launch.cameras.head.maxAgeMs,
  });
  try {
    return await perception.look({ phrases: [] });
  } finally {
    await perception.close();
    await eyes.close();
  }
}
