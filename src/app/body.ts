import type { Camera } from "../ports/camera.js";
import type { Clock } from "../ports/clock.js";
import type { Robot } from "../ports/robot.js";
import type { FilmOptions, SimTruth } from "../../sim/index.js";

/** What a stack is built on: the simulator, or a robot in a ROS graph. */
export interface Body {
  readonly robot: Robot;
  readonly head: Camera;
  /** The camera in the hand, where there is one. */
  readonly wrist?: Camera;
  /** The mission's clock: simulated time, or the machine's. */
  readonly clock: Clock;
  /** Pictures from now on; returns the function that ends it. */
  readonly film: (options: FilmOptions) => () => void;
  /** The simulator's; a robot has none. */
  readonly truth?: SimTruth;
  /** Only a person arms a robot that can hurt somebody; in the simulator a command does. */
  readonly armedByCommand: boolean;
  /** Called when the body is gone (broken link, lost lease, emergency stop) or has something to say. */
  readonly onEvent?: (listener: (event: BodyEvent) => void) => void;
  close(): Promise<void>;
}

export type BodyEvent =
  | { readonly type: "note"; readonly level: "info" | "warning"; readonly text: string }
  | { readonly type: "lost"; readonly reason: string };
