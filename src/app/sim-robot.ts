import { createMachineTimers } from "../adapters/clock/machine-timers.js";
import { unixTimeMs } from "../adapters/clock/machine-clock.js";
import { startRosbridge, type Rosbridge } from "../adapters/ros-bridge/index.js";
import { createScene, createSimulation, pandaModel, type Simulation } from "../../sim/index.js";
import { startSimAsRos } from "./sim-as-ros.js";

export interface SimRobotOptions {
  readonly scene: "kitchen" | "tabletop";
  readonly seed: number;
  /** Simulated seconds per second. */
  readonly rate: number;
  /** Of a rosbridge that runs already; absent: `bridgePort` names a new one. */
  readonly url?: string;
  /** Starts a rosbridge without ROS in this process, on this port of loopback; 0 = any free one. */
  readonly bridgePort?: number;
  readonly version: 1 | 2;
  readonly fps: number;
  readonly wristFps: number;
  readonly leaseMs?: number;
  readonly onNote: (level: "info" | "warning", text: string) => void;
}

/** The simulator as a robot for other programs. */
export interface SimRobotServer {
  readonly url: string;
  /** Safe to call twice. */
  close(): Promise<void>;
}

/** What there is in a scene, and what the robot is, in words. */
export interface SimDescription {
  readonly scene: string;
  readonly seed: number;
  readonly robot: { readonly name: string; readonly joints: number; readonly gripperWidthM: number };
  readonly cameras: readonly string[];
  readonly things: readonly { readonly id: string; readonly kind: string; readonly color: string }[];
  readonly drawers: readonly { readonly id: string; readonly openM: number }[];
}

export function describeSim(layout: SimRobotOptions["scene"], seed: number): SimDescription {
  const scene = createScene(layout, seed);
  const { width, height } = scene.headCamera;
  return {
    scene: layout,
    seed,
    robot: {
      name: pandaModel.name,
      joints: pandaModel.joints.length,
      gripperWidthM: pandaModel.gripper.maxWidthM,
    },
    cameras: ["head", "wrist"].map((name) => `${name} ${width}x${height} RGB-D`),
    things: scene.objects.map(({ id, kind, color }) => ({ id, kind, color })),
    drawers: scene.drawers.map(({ id, openM }) => ({ id, openM })),
  };
}

/** Puts the simulator into a ROS graph until it is closed. Rejects with `robot-disconnected` where no bridge answers. */
export async function serveSimRobot(options: SimRobotOptions): Promise<SimRobotServer> {
  const { scene, seed, rate, version, bridgePort } = options;
  let bridge: Rosbridge | undefined;
  let simulation: Simulation | undefined;
  const closeAll = async (): Promise<void> => {
    await simulation?.close();
    await bridge?.close();
  };
  try {
    if (options.url === undefined) {
      bridge = await startRosbridge({
        version,
        clock: { nowMs: unixTimeMs },
        timers: createMachineTimers(),
        ...(bridgePort === undefined ? {} : { port: bridgePort }),
      });
    }
    const url = options.url ?? bridge?.url ?? "";
    simulation = await createSimulation({ scene: createScene(scene, seed), rate });
    const body = await startSimAsRos(simulation, { ...options, url });
    let closing: Promise<void> | undefined;
    const close = (): Promise<void> => {
      body.close();
      return closeAll();
    };
    return { url, close: () => (closing ??= close()) };
  } catch (error) {
    await closeAll();
    throw error;
  }
}
