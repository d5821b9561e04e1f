import { createMachineTimers } from "../adapters/clock/machine-timers.js";
import { unixTimeMs } from "../adapters/clock/machine-clock.js";
import { startRosbridge, type Rosbridge } from "../adapters/ros-bridge/index.js";
import type { RosBody } from "../adapters/ros-body/index.js";
import { createSimulation, type SceneSpec, type Simulation } from "../../sim/index.js";
import { startSimAsRos } from "./sim-as-ros.js";

export interface SimRosOptions {
  readonly version: 1 | 2;
  readonly scene: SceneSpec;
  /** Simulated seconds per second; absent: as fast as possible, and time stands still between motions. */
  readonly rate?: number;
  readonly depth?: "sensor" | "none";
  readonly fps?: number;
  readonly leaseMs?: number;
  readonly onNote?: (level: "info" | "warning", text: string) => void;
}

/** A simulated robot in a ROS graph of its own, in this process. */
export interface SimRos {
  /** Of the rosbridge that a controller connects to. */
  readonly url: string;
  readonly bridge: Rosbridge;
  readonly simulation: Simulation;
  readonly body: RosBody;
  /** Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Everything on the robot's side of the link, without ROS: a rosbridge on a free port of this machine, and the simulator as the robot
 * behind it. For benchmarks and tests of the whole ROS path.
 */
export async function startSimRos(options: SimRosOptions): Promise<SimRos> {
  const { version, scene, rate, depth, fps, leaseMs, onNote } = options;
  const bridge = await startRosbridge({ version, clock: { nowMs: unixTimeMs }, timers: createMachineTimers() });
  let simulation: Simulation | undefined;
  try {
    simulation = await createSimulation({ scene, rate, depth });
    const body = await startSimAsRos(simulation, { url: bridge.url, version, fps, leaseMs, onNote, rate });
    const made = simulation;
    let closing: Promise<void> | undefined;
    const close = async (): Promise<void> => {
      body.close();
      await made.close();
      await bridge.close();
    };
    return { url: bridge.url, bridge, simulation, body, close: () => (closing ??= close()) };
  } catch (error) {
    await simulation?.close();
    await bridge.close();
    throw error;
  }
}
