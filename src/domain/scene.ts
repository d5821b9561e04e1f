import type { Detection, ImagePoint } from "./detection.js";
import type { Intrinsics } from "./frame.js";
import type { Vec3 } from "./geometry/vec3.js";
import type { Pose } from "./geometry/pose.js";
import type { RobotState } from "./robot-state.js";

/** The view that a scene's image points refer to: enough to project and deproject, without the pixels. */
export interface SceneView {
  readonly camera: string;
  readonly sequence: number;
  readonly capturedAtMs: number;
  readonly width: number;
  readonly height: number;
  readonly intrinsics: Intrinsics;
  readonly poseInBase: Pose;
}

/** What is believed to be held, from the robot's own evidence and what was seen before the grasp. */
export interface HeldThing {
  readonly label: string;
  readonly attributes?: Detection["attributes"];
  readonly sizeM?: readonly [number, number, number];
}

/** A place on a horizontal surface where something can be put down. */
export interface FreeSpot {
  readonly point: ImagePoint;
  readonly positionInBase: Vec3;
  /** Radius of the free circle around the spot, metres. */
  readonly clearanceM: number;
}

/** Everything a planner may know about the world. */
export interface Scene {
  readonly view: SceneView;
  readonly detections: readonly Detection[];
  readonly robot: RobotState;
  /** Free places on surfaces, measured from depth, roomiest first. */
  readonly freeSpots: readonly FreeSpot[];
  readonly held?: HeldThing;
  /** Where depth came from; `sensor` can be trusted to centimetres, `model` less. */
  readonly depthSource: "sensor" | "model" | "oracle";
}
