import type { Pose } from "../../src/domain/geometry/pose.js";
import type { Vec3 } from "../../src/domain/geometry/vec3.js";
import { topDownPose } from "../../src/domain/kinematics/index.js";
import type { ObjectSpec, SceneSpec } from "../scenes/scene-spec.js";
import { createControlBlock, type ControlBlock } from "./control-block.js";
import { createMotions, type Motions } from "./motions.js";
import { createStepLoop } from "./step-loop.js";
import { createWorld, type World } from "./world.js";

/** World and motions in the test's own thread, without pictures: grasps in a tenth of a second each. */
export interface Bench {
  readonly world: World;
  readonly motions: Motions;
  readonly control: ControlBlock;
}

export async function createBench(scene: SceneSpec, onStep: (world: World) => void = () => undefined): Promise<Bench> {
  const world = await createWorld(scene);
  const control = createControlBlock();
  const loop = createStepLoop({ world, control, rate: undefined, nowMs: () => 0, onStep: () => onStep(world) });
  const motions = createMotions({
    world,
    loop,
    drive: { velocity: { xMps: 0, yMps: 0, yawRadps: 0 }, seconds: 0 },
    gaze: { current: { panRad: 0, tiltRad: 0 } },
  });
  return { world, motions, control };
}

export const yawOf = ({ orientation }: Pose): number => 2 * Math.atan2(orientation[2], orientation[3]);

/** Where to take a standing thing from above, from its true pose: position of the tool and direction of the opening. */
export function graspFromTruth({ kind, sizeM }: ObjectSpec, pose: Pose): { at: Vec3; openingRad: number } {
  const yaw = yawOf(pose);
  const [x, y, z] = pose.position;
  const [length, width, height] = sizeM;
  const top = z + height / 2;
  const side = length < width ? yaw : yaw + Math.PI / 2;
  const at: Vec3 = [x, y, top - Math.min(0.03, height / 2)];
  if (kind === "mug") {
    // Its body, not the middle of body and handle.
    const offset = (length - width) / 2;
    return { at: [x - Math.cos(yaw) * offset, y - Math.sin(yaw) * offset, at[2]], openingRad: side };
  }
  if (kind === "bowl") {
    // By the rim that is nearest to the robot.
    const toward = Math.atan2(-y, -x);
    const radius = length / 2 - 0.006;
    return { at: [x + radius * Math.cos(toward), y + radius * Math.sin(toward), top - 0.012], openingRad: toward };
  }
  return { at, openingRad: side };
}

export const above = (at: Vec3, heightM: number, openingRad: number): Pose =>
  topDownPose([at[0], at[1], at[2] + heightM], openingRad);
