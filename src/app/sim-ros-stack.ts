import { createMachineTimers } from "../adapters/clock/machine-timers.js";
import { unixTimeMs } from "../adapters/clock/machine-clock.js";
import { startRosbridge, type Rosbridge } from "../adapters/ros-bridge/index.js";
import type { RosBody } from "../adapters/ros-body/index.js";
import { createSimulation, type SceneSpec, type Simulation } from "../../sim/index.js";
import { startSimAsRos } from "./sim-as-ros.js";

export interface SimRosOptions {
  readonly version: 1 | 2;
  readonly scene: SceneSpec;
  /** Of a rosbridge that runs already. Absent: one without ROS, in this process, on a free port of this machine. */
  readonly bridgeUrl?: string;
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
  readonly simulation: Simulation;
  readonly body: RosBody;
  /** Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Everything on the robot's side of the link: a rosbridge, and the simulator as the robot behind it. For benchmarks and tests of the
 * whole ROS path.
 */
export async function startSimRos(options: SimRosOptions): Promise<SimRos> {
  const { version, scene, rate, depth, fps, leaseMs, onNote, bridgeUrl } = options;
  let bridge: Rosbridge | undefined;
  let simulation: Simulation | undefined;
  const closeAll = async (): Promise<void> => {
    await simulation?.close();
    await bridge?.close();
  };
  try {
    if (bridgeUrl === undefined) {
      bridge = await startRosbridge({ version, clock: { nowMs: unixTimeMs }, timers: createMachineTimers() });
    }
    const url = bridgeUrl ?? bridge?.url ?? "";
    simulation = await createSimulation({ scene, rate, depth });
    const body = await startSimAsRos(simulation, { url, version, fps, leaseMs, onNote, rate });
    let closing: Promise<void> | undefined;
    const close = (): Promise<void> => {
      body.close();
      return closeAll();
    };
    return { url, simulation, body, close: () => (closing ??= close()) };
  } catch (error) {
    await closeAll();
    throw error;
  }
}
