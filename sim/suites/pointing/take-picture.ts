import { composePoses, IDENTITY_POSE, type Pose } from "../../../src/domain/geometry/pose.js";
import { forwardKinematics } from "../../../src/domain/kinematics/index.js";
import type { Frame } from "../../../src/domain/frame.js";
import type { RobotState } from "../../../src/domain/robot-state.js";
import { createDepthNoise } from "../../physics/depth-noise.js";
import type { FrameTruth } from "../../physics/truth.js";
import { createSceneRenderer, intrinsicsFor, type TextureLibrary } from "../../render/index.js";
import type { SceneSpec } from "../../scenes/scene-spec.js";
import { initialTruth } from "../../tasks/initial-truth.js";
import { FINGERS_IN_HAND_M, pandaModel, TOOL_IN_HAND_M } from "../../worlds/panda-model.js";

/** A head camera's picture of a scene as built, with everything that is true of it. */
export interface TruePicture {
  /** With the sensor's depth. */
  readonly frame: Frame;
  readonly truth: FrameTruth;
  readonly robot: RobotState;
}

const { homePositions, gripper } = pandaModel;

function armBodies(): ReadonlyMap<string, Pose> {
  const { links, tool } = forwardKinematics(pandaModel, homePositions);
  const hand = composePoses(tool, { position: [0, 0, -TOOL_IN_HAND_M], orientation: [0, 0, 0, 1] });
  const half = gripper.maxWidthM / 2;
  return new Map([
    ["base", IDENTITY_POSE],
    ...links.map((pose, i) => [`link${i}`, pose] as const),
    ["hand", hand],
    ["finger-left", composePoses(hand, { position: [0, half, FINGERS_IN_HAND_M], orientation: [0, 0, 0, 1] })],
    ["finger-right", composePoses(hand, { position: [0, -half, FINGERS_IN_HAND_M], orientation: [0, 0, 1, 0] })],
  ]);
}

/** The arm at home, the head straight ahead, before physics moves anything. Follows from the scene alone. */
export function takePicture(scene: SceneSpec, textures?: TextureLibrary): TruePicture {
  const renderer = createSceneRenderer(scene, textures ? { textures } : {});
  const { width, height, poseInBase } = scene.headCamera;
  const intrinsics = intrinsicsFor(scene.headCamera);
  const rendered = renderer.render({ width, height, intrinsics, poseInWorld: poseInBase }, armBodies());
  const exact = rendered.depthM.slice();
  const depthM = exact.slice();
  createDepthNoise()(depthM, scene.seed);
  const frame: Frame = {
    camera: "head",
    sequence: 1,
    capturedAtMs: 0,
    width,
    height,
    rgb: rendered.rgb.slice(),
    depthM,
    intrinsics,
    poseInBase,
  };
  const truth: FrameTruth = {
    sequence: frame.sequence,
    width,
    height,
    instanceIds: rendered.instanceIds.slice(),
    names: renderer.instances.map(({ name }) => name),
    depthM: exact,
    snapshot: initialTruth(scene),
  };
  const robot: RobotState = {
    timeMs: 0,
    jointPositions: homePositions,
    toolPoseInBase: forwardKinematics(pandaModel, homePositions).tool,
    basePoseInOdom: { xM: 0, yM: 0, yawRad: 0 },
    gripper: { widthM: gripper.maxWidthM, inContact: false, moving: false },
    stopped: false,
  };
  return { frame, truth, robot };
}
