import { describe, expect, it } from "vitest";
import type { Grounding } from "../domain/detection.js";
import type { RobotState } from "../domain/robot-state.js";
import type { Camera } from "../ports/camera.js";
import type { Grounder } from "../ports/grounder.js";
import { createPerception } from "./create-perception.js";
import { createSensorDepth } from "./sensor-depth.js";
import { takePicture, type Solid } from "./ray-world.fixture.js";

const COUNTER: Solid = { name: "counter", shape: "box", center: [0.6, 0, 0.36], sizeM: [0.9, 1.8, 0.72] };
const CAN: Solid = {
  name: "red can",
  kind: "can",
  shape: "cylinder",
  center: [0.45, 0.1, 0.775],
  sizeM: [0.06, 0.06, 0.11],
};
const BOX: Solid = {
  name: "blue box",
  kind: "box",
  shape: "box",
  center: [0.45, -0.2, 0.77],
  sizeM: [0.06, 0.08, 0.1],
};

const stateWithToolAt = (position: readonly [number, number, number]): RobotState => ({
  timeMs: 0,
  jointPositions: [],
  toolPoseInBase: { position, orientation: [1, 0, 0, 0] },
  basePoseInOdom: { xM: 0, yM: 0, yawRad: 0 },
  gripper: { widthM: 0.06, inContact: false, moving: false },
  stopped: false,
});

/** A perception whose camera takes the next picture on every look; the grounder knows the pictures' masks. */
function createLooks(
  pictures: readonly (readonly Solid[])[],
  options: { nowMs?: number; toolAt?: readonly [number, number, number] } = {},
) {
  const taken = pictures.map((solids, i) => {
    const picture = takePicture(solids);
    return { ...picture, frame: { ...picture.frame, sequence: i + 1, capturedAtMs: 1000 + 500 * i } };
  });
  const closed: string[] = [];
  let next = 0;
  const camera: Camera = {
    name: "head",
    hasDepth: true,
    latest: async () => taken[Math.min(next++, taken.length - 1)].frame,
    close: async () => void closed.push("camera"),
  };
  const grounder: Grounder = {
    name: "known masks",
    ground: async (frame): Promise<readonly Grounding[]> => taken[frame.sequence - 1].groundings,
    close: async () => void closed.push("grounder"),
  };
  const perception = createPerception({
    camera,
    grounder,
    depth: createSensorDepth(),
    robot: { state: async () => stateWithToolAt(options.toolAt ?? [0, -0.45, 1.15]) },
    clock: { nowMs: () => options.nowMs ?? 1000 },
    maxFrameAgeMs: 2000,
  });
  return { perception, closed };
}

describe("perception", () => {
  it("makes a scene with things, free places, robot state and the view they refer to", async () => {
    const { perception } = createLooks([[CAN, BOX, COUNTER]]);

    const { scene, frame, depth } = await perception.look({ phrases: [] });

    expect(scene.detections.map((d) => [d.id, d.label])).toEqual([
      ["d1", "red can"],
      ["d2", "blue box"],
    ]);
    expect(scene.freeSpots.length).toBeGreaterThan(3);
    expect(scene.view).toMatchObject({ camera: "head", sequence: 1, width: 640, height: 480 });
    expect(scene.view).not.toHaveProperty("rgb");
    expect(scene.depthSource).toBe("sensor");
    expect(depth.depthM).toBe(frame.depthM);
  });

  it("keeps ids from look to look, and forgets them on reset", async () => {
    const { perception } = createLooks([
      [CAN, BOX, COUNTER],
      [BOX, CAN, COUNTER],
      [BOX, COUNTER],
    ]);

    await perception.look({ phrases: [] });
    const { scene } = await perception.look({ phrases: [] });
    expect(scene.detections.map((d) => [d.id, d.label])).toEqual([
      ["d2", "blue box"],
      ["d1", "red can"],
    ]);

    perception.reset();
    const after = await perception.look({ phrases: [] });
    expect(after.scene.detections.map((d) => [d.id, d.label])).toEqual([["d1", "blue box"]]);
  });

  it("marks the thing in the hand, and nothing when the hand is believed empty", async () => {
    const lifted: Solid = { ...CAN, center: [0.45, 0.1, 1.05] };
    const { perception } = createLooks([[lifted, BOX, COUNTER]], { toolAt: [0.45, 0.1, 1.08] });

    const empty = await perception.look({ phrases: [] });
    const full = await perception.look({ phrases: [], held: { label: "red can" } });

    expect(empty.scene.detections.map((d) => d.held)).toEqual([undefined, undefined]);
    expect(full.scene.detections.map((d) => [d.label, d.held])).toEqual([
      ["red can", true],
      ["blue box", undefined],
    ]);
    expect(full.scene.held).toEqual({ label: "red can" });
  });

  it("refuses a picture that is too old, whatever the camera says", async () => {
    const { perception } = createLooks([[CAN, COUNTER]], { nowMs: 9000 });

    await expect(perception.look({ phrases: [] })).rejects.toMatchObject({
      code: "stale-frame",
      message: expect.stringContaining("8000 ms old; the limit is 2000 ms"),
    });
  });

  it("rejects with `aborted` when it was called off", async () => {
    const { perception } = createLooks([[CAN, COUNTER]]);

    await expect(perception.look({ phrases: [], signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "aborted",
    });
  });

  it("closes its grounder and leaves the camera to its owner", async () => {
    const { perception, closed } = createLooks([[COUNTER]]);

    await perception.close();

    expect(closed).toEqual(["grounder"]);
  });
});
