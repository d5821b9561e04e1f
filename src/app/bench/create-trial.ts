import type { SceneSpec, Simulation } from "../../../sim/index.js";
import type { Eyes } from "../create-eyes.js";
import { createRosStack, createSimStack } from "../create-runtime.js";
import type { Launch } from "../launch/launch-schema.js";
import { isRosLaunch } from "../ros-launch.js";
import type { Runtime } from "../runtime.js";

export interface Trial {
  readonly runtime: Runtime;
  readonly simulation: Simulation;
  close(): Promise<void>;
}

/** Simulated seconds per second of a trial over ROS, where motions take the time that they say. */
const ROS_RATE = 3;
/** Machines that run benchmarks stall; a lease of a robot's 300 ms would measure that instead. */
const ROS_LEASE_MS = 10_000;

/**
 * A stack for one episode, with the simulation to score it by. A launch file for ROS gets a graph of its own in this process: the
 * simulator as the robot, a rosbridge, and the controller on the other side of it.
 */
export async function createTrial(
  launch: Launch,
  { scene, eyes }: { readonly scene: SceneSpec; readonly eyes?: Eyes },
): Promise<Trial> {
  if (!isRosLaunch(launch)) {
    const stack = await createSimStack(launch, { scene, eyes });
    return { ...stack, close: async () => void (await stack.runtime.close()) };
  }
  const { startSimRos } = await import("../sim-ros-stack.js");
  const ros = await startSimRos({
    version: launch.robot.version,
    scene,
    depth: launch.cameras.head.depth,
    rate: ROS_RATE,
    leaseMs: ROS_LEASE_MS,
  });
  try {
    const own = { ...launch, robot: { ...launch.robot, url: ros.url } };
    const runtime = await createRosStack(own, { eyes, arm: true });
    return {
      runtime,
      simulation: ros.simulation,
      async close() {
        await runtime.close();
        await ros.close();
      },
    };
  } catch (error) {
    await ros.close();
    throw error;
  }
}
