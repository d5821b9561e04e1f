import { createMachineTimers } from "../adapters/clock/machine-timers.js";
import { unixTimeMs } from "../adapters/clock/machine-clock.js";
import { createRosBody, type RosBody } from "../adapters/ros-body/index.js";
import { HAND_IN_FLANGE, HEAD_JOINTS, WRIST_IN_HAND, type Simulation } from "../../sim/index.js";

export interface SimAsRosOptions {
  /** Of a rosbridge. */
  readonly url: string;
  readonly version: 1 | 2;
  /** Pictures per second of the head camera. Default 10. */
  readonly fps?: number;
  /** The same of the wrist camera; 0 = none. Default 0. */
  readonly wristFps?: number;
  /** Holds the robot when the controller's heartbeat is older than this, as the watchdog node does, ms. Absent: no lease. */
  readonly leaseMs?: number;
  /** Simulated seconds per second, as the simulation was made with. Default 1. */
  readonly rate?: number;
  readonly onNote?: (level: "info" | "warning", text: string) => void;
}

/** Makes a simulated robot one in a ROS graph. The simulation stays the caller's. */
export function startSimAsRos(simulation: Simulation, options: SimAsRosOptions): Promise<RosBody> {
  const { fps = 10, wristFps = 0, rate = 1, ...link } = options;
  const clock = { nowMs: unixTimeMs };
  const wrist = { frame: "wrist_optical", link: "hand", poseInLink: WRIST_IN_HAND };
  return createRosBody(
    {
      robot: simulation.robot,
      cameras: [
        { camera: simulation.head, opticalFrame: "head_optical", fps },
        ...(wristFps > 0 ? [{ camera: simulation.wrist, opticalFrame: wrist.frame, fps: wristFps }] : []),
      ],
      description: {
        handInFlange: HAND_IN_FLANGE,
        head: {
          frame: "head_optical",
          homeInBase: simulation.scene.headCamera.poseInBase,
          joints: HEAD_JOINTS,
          maxSpeedRadps: 1.5,
        },
        cameras: [wrist],
      },
      toRosMs: (timeMs) => clock.nowMs() - (simulation.clock.nowMs() - timeMs) / rate,
    },
    { ...link, clock, timers: createMachineTimers() },
  );
}
