import type { Destination, Target } from "../domain/action.js";
import type { Detection } from "../domain/detection.js";
import { project } from "../domain/geometry/project.js";
import type { Vec3 } from "../domain/geometry/vec3.js";
import { quaternionFromAxes } from "../domain/geometry/quaternion.js";
import { toolPose } from "../domain/kinematics/forward-kinematics.js";
import { pandaFixture as panda } from "../domain/kinematics/panda.fixture.js";
import type { Scene, SceneView } from "../domain/scene.js";
import { READY } from "./fake-robot.fixture.js";

const LOOK = Math.SQRT1_2;

/** For tests: a camera on a mast that looks forward and down by 45 degrees. */
const view: SceneView = {
  camera: "head",
  sequence: 7,
  capturedAtMs: 1000,
  width: 640,
  height: 480,
  intrinsics: { fx: 400, fy: 400, cx: 320, cy: 240 },
  poseInBase: {
    position: [-0.1, 0, 1.58],
    orientation: quaternionFromAxes([0, -1, 0], [-LOOK, 0, -LOOK], [LOOK, 0, -LOOK]),
  },
};

/** A thing of 6 x 6 x 10 cm that stands with its middle at a place. */
export function thingAt(id: string, label: string, center: Vec3): Detection {
  const point = project(view, center);
  return {
    id,
    label,
    box: { x0: point.x - 0.03, y0: point.y - 0.03, x1: point.x + 0.03, y1: point.y + 0.03 },
    score: 0.9,
    attributes: { kind: [[label.split(" ").at(-1) ?? label, 0.95]], color: [] },
    point,
    positionInBase: center,
    extentInBase: { center, sizeM: [0.06, 0.06, 0.1], yawRad: 0 },
    seenInFrame: 7,
    ageS: 0,
  };
}

export const BAG = thingAt("d1", "green bag", [0.5, 0.1, 0.8]);
export const MUG = thingAt("d2", "red mug", [0.45, -0.25, 0.77]);
export const FAR = thingAt("d3", "blue can", [1.02, 0.3, 0.8]);

/** A kitchen scene with a bag and a mug in reach and a can too far off. */
export const sceneWith = (overrides: Partial<Scene> = {}): Scene => ({
  view,
  detections: [BAG, MUG, FAR],
  robot: {
    timeMs: 1000,
    jointPositions: READY,
    toolPoseInBase: toolPose(panda, READY),
    basePoseInOdom: { xM: 0, yM: 0, yawRad: 0 },
    gripper: { widthM: 0.08, inContact: false, moving: false },
    stopped: false,
  },
  freeSpots: [{ point: project(view, [0.45, 0.2, 0.72]), positionInBase: [0.45, 0.2, 0.72], clearanceM: 0.1 }],
  depthSource: "sensor",
  ...overrides,
});

/** Points at a detection as perception measured it. */
export const at = (thing: Detection): Target => ({ label: thing.label, detectionId: thing.id, ...thing.point });

/** Points at a place in metres without naming a detection. */
export const point = (label: string, position: Vec3): Destination => ({ label, ...project(view, position) });
