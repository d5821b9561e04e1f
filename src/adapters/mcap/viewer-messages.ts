import foxglove from "@foxglove/schemas/jsonschema.js";
import type { Action } from "../../domain/action.js";
import type { Intrinsics } from "../../domain/frame.js";
import type { Pose, Pose2d } from "../../domain/geometry/pose.js";
import type { RobotState } from "../../domain/robot-state.js";
import type { Scene, SceneView } from "../../domain/scene.js";

/** The mission's clock as Foxglove's JSON schemas want it. */
export function toJsonStamp(timeMs: number): { sec: number; nsec: number } {
  const microseconds = Math.max(0, Math.round(timeMs * 1000));
  return { sec: Math.floor(microseconds / 1_000_000), nsec: (microseconds % 1_000_000) * 1000 };
}

type Rgba = { readonly r: number; readonly g: number; readonly b: number; readonly a: number };
const LINE_LOOP = 2;
const NOTHING: Rgba = { r: 0, g: 0, b: 0, a: 0 };
const SEEN: Rgba = { r: 0.2, g: 0.9, b: 0.4, a: 1 };
const HELD: Rgba = { r: 1, g: 0.7, b: 0.1, a: 1 };
const TARGET: Rgba = { r: 1, g: 0.2, b: 0.3, a: 1 };
const TEXT_PIXELS = 12;
const TARGET_PIXELS = 14;

/** Boxes with words over what was seen and rings round where the plan goes: foxglove.ImageAnnotations, in pixels of the picture. */
export function imageAnnotations({ view, detections }: Scene, plan: readonly Action[]): object {
  const timestamp = toJsonStamp(view.capturedAtMs);
  const at = ({ x, y }: { x: number; y: number }): { x: number; y: number } => ({
    x: x * view.width,
    y: y * view.height,
  });
  const targets = plan.flatMap((action) =>
    Object.values<unknown>(action).filter(
      (value: unknown): value is { x: number; y: number } =>
        typeof value === "object" && value !== null && "x" in value && "y" in value,
    ),
  );
  return {
    timestamp,
    circles: targets.map((target) => ({
      timestamp,
      position: at(target),
      diameter: TARGET_PIXELS,
      thickness: 2,
      fill_color: NOTHING,
      outline_color: TARGET,
    })),
    points: detections.map(({ box: { x0, y0, x1, y1 }, held }) => ({
      timestamp,
      type: LINE_LOOP,
      points: [at({ x: x0, y: y0 }), at({ x: x1, y: y0 }), at({ x: x1, y: y1 }), at({ x: x0, y: y1 })],
      outline_color: held === true ? HELD : SEEN,
      outline_colors: [],
      fill_color: NOTHING,
      thickness: 2,
    })),
    texts: detections.map(({ id, label, score, box, positionInBase }) => ({
      timestamp,
      position: at({ x: box.x0, y: box.y0 }),
      text: `${id} ${label} ${score.toFixed(2)}  ${positionInBase.map((m) => m.toFixed(3)).join(" ")} m`,
      font_size: TEXT_PIXELS,
      text_color: { r: 1, g: 1, b: 1, a: 1 },
      background_color: { r: 0, g: 0, b: 0, a: 0.6 },
    })),
  };
}

const kOf = ({ fx, fy, cx, cy }: Intrinsics): number[] => [fx, 0, cx, 0, fy, cy, 0, 0, 1];

export function cameraCalibration({ camera, capturedAtMs, width, height, intrinsics }: SceneView): object {
  const { fx, fy, cx, cy } = intrinsics;
  return {
    timestamp: toJsonStamp(capturedAtMs),
    frame_id: camera,
    width,
    height,
    distortion_model: "",
    D: [],
    K: kOf(intrinsics),
    R: [1, 0, 0, 0, 1, 0, 0, 0, 1],
    P: [fx, 0, cx, 0, 0, fy, cy, 0, 0, 0, 1, 0],
  };
}

const poseOf = ({ position: [x, y, z], orientation: [qx, qy, qz, qw] }: Pose): object => ({
  position: { x, y, z },
  orientation: { x: qx, y: qy, z: qz, w: qw },
});

export const toolPose = ({ timeMs, toolPoseInBase }: RobotState): object => ({
  timestamp: toJsonStamp(timeMs),
  frame_id: "base",
  pose: poseOf(toolPoseInBase),
});

export const jointStates = ({ timeMs, jointPositions, gripper }: RobotState, names: readonly string[]): object => ({
  timestamp: toJsonStamp(timeMs),
  joints: [
    ...jointPositions.map((position, i) => ({ name: names[i] ?? `joint${i + 1}`, position })),
    { name: "gripper", position: gripper.widthM },
  ],
});

const transform = (timeMs: number, parent: string, child: string, { position, orientation }: Pose): object => {
  const [x, y, z] = position;
  const [qx, qy, qz, qw] = orientation;
  return {
    timestamp: toJsonStamp(timeMs),
    parent_frame_id: parent,
    child_frame_id: child,
    translation: { x, y, z },
    rotation: { x: qx, y: qy, z: qz, w: qw },
  };
};

const fromPlane = ({ xM, yM, yawRad }: Pose2d): Pose => ({
  position: [xM, yM, 0],
  orientation: [0, 0, Math.sin(yawRad / 2), Math.cos(yawRad / 2)],
});

export const robotTransforms = ({ timeMs, basePoseInOdom, toolPoseInBase }: RobotState): object => ({
  transforms: [
    transform(timeMs, "odom", "base", fromPlane(basePoseInOdom)),
    transform(timeMs, "base", "tool", toolPoseInBase),
  ],
});

export const cameraTransform = ({ camera, capturedAtMs, poseInBase }: SceneView): object => ({
  transforms: [transform(capturedAtMs, "base", camera, poseInBase)],
});

/** JSON schemas of what viewers draw. */
export const VIEWER_SCHEMAS = {
  annotations: foxglove.ImageAnnotations,
  calibration: foxglove.CameraCalibration,
  pose: foxglove.PoseInFrame,
  joints: foxglove.JointStates,
  transforms: foxglove.FrameTransforms,
  log: foxglove.Log,
} as const;
