import type { Detection } from "../../domain/detection.js";
import type { Pose } from "../../domain/geometry/pose.js";
import type { Vec3 } from "../../domain/geometry/vec3.js";
import { topDownPose } from "../../domain/kinematics/tool-pose.js";
import { bottomOf, topOf } from "../footprint.js";
import { kindOf } from "../same-thing.js";
import { CLEARANCES } from "./speeds.js";

/** One way to take a thing from above. */
export interface GraspPose {
  readonly pose: Pose;
  /** Fingertip distance with which to come down. */
  readonly openingM: number;
  /** Direction of the finger opening in the base frame's xy plane. */
  readonly yawRad: number;
  /** 0 = the natural way; higher is worse. */
  readonly cost: number;
}

export interface GraspLimits {
  readonly maxWidthM: number;
  /** The arm's axis in the base frame: hands turned across the line from it need the least wrist. */
  readonly mount: Vec3;
}

interface Side {
  readonly yawRad: number;
  readonly acrossM: number;
  readonly cost: number;
}

const ROUND: ReadonlySet<string> = new Set(["apple", "lemon", "can", "bottle"]);

export const isRound = (detection: Detection): boolean => ROUND.has(kindOf(detection));

const TURNS = [0, 1, 2, 3, 4, 5, 6, 7].map((eighth) => (eighth * Math.PI) / 8);

const SHIFT_M = 0.013;
/** More than any turn costs, so that shifts come after all centred ways. */
const SHIFT_COST = 2;

/** Room that must be left when the thing is between the fully opened fingers. */
const LEAST_ROOM_M = 0.006;
/** Measured widths err: what seems this much too wide is tried all the same, with the hand fully open. */
const DOUBTFUL_M = 0.012;

/**
 * Ways to grasp a thing from above, best first: fingers across its narrow side, turned about, on its other side where that fits;
 * bowls by the rim. Empty when it is too wide for the gripper.
 */
export function graspPoses(detection: Detection, limits: GraspLimits): readonly GraspPose[] {
  if (kindOf(detection) === "bowl") return rimPoses(detection, limits);
  const { extentInBase: extent } = detection;
  const [lengthM, widthM] = extent.sizeM;
  const z = graspHeight(topOf(extent), bottomOf(extent));
  const position: Vec3 = [extent.center[0], extent.center[1], z];
  const sides: Side[] = isRound(detection)
    ? // Any direction will do, so the ones along walls and edges are among them.
      TURNS.map((yawRad) => ({ yawRad, acrossM: Math.sqrt((lengthM ** 2 + widthM ** 2) / 2), cost: 0.1 }))
    : [];
  const across = extent.yawRad + Math.PI / 2;
  // A mug's box lies along its handle: fingers across it, or nearly so, miss the handle.
  const handled = kindOf(detection) === "mug";
  sides.push(
    { yawRad: extent.yawRad, acrossM: lengthM, cost: handled ? 1.5 : 0 },
    { yawRad: across, acrossM: widthM, cost: 0 },
  );
  if (handled) {
    for (const turn of [-2, -1, 1, 2]) {
      sides.push({ yawRad: across + (turn * Math.PI) / 8, acrossM: widthM, cost: 0.1 + Math.abs(turn) * 0.1 });
    }
  }
  const narrowM = Math.min(lengthM, widthM);
  const centred = sides
    .filter(({ acrossM }) => acrossM <= limits.maxWidthM - LEAST_ROOM_M + DOUBTFUL_M)
    .map(({ yawRad, acrossM, cost }) => ({ yawRad, acrossM, cost: cost + (acrossM - narrowM) * 12 }))
    .flatMap(({ yawRad, acrossM, cost }) => bothTurns(position, { yawRad, acrossM, cost }, limits));
  return [...centred, ...centred.flatMap(shifted)].sort((a, b) => a.cost - b.cost);
}

/** The same grasp a little to either finger's side, for when a finger comes down on the thing: middles are measured roughly. */
function shifted(grasp: GraspPose): readonly GraspPose[] {
  const [x, y, z] = grasp.pose.position;
  return [SHIFT_M, -SHIFT_M].map((byM) => ({
    ...grasp,
    pose: {
      ...grasp.pose,
      position: [x + Math.cos(grasp.yawRad) * byM, y + Math.sin(grasp.yawRad) * byM, z] as const,
    },
    cost: grasp.cost + SHIFT_COST,
  }));
}

/** Height of the tool centre point: just below the middle, as deep as the palm allows, never down on the support. */
export function graspHeight(topM: number, bottomM: number): number {
  const middle = (topM + bottomM) / 2 - 0.006;
  const palm = topM - (CLEARANCES.palmM - 0.009);
  return Math.max(bottomM + CLEARANCES.aboveSupportM, palm, middle);
}

function bothTurns(position: Vec3, side: Side, { maxWidthM, mount }: GraspLimits): readonly GraspPose[] {
  const azimuth = Math.atan2(position[1] - mount[1], position[0] - mount[0]);
  const openingM = Math.min(maxWidthM, side.acrossM + CLEARANCES.openingM);
  return [0, Math.PI].map((turn) => {
    const yawRad = wrap(side.yawRad + turn);
    // With the wrist in its middle the fingers open across the line to the thing.
    const wristRad = Math.abs(wrap(yawRad - (azimuth - Math.PI / 2)));
    return { pose: topDownPose(position, yawRad), openingM, yawRad, cost: side.cost + wristRad * 0.1 };
  });
}

/** One finger inside and one outside of the rim, at the side nearest to the robot first. */
function rimPoses({ extentInBase: extent }: Detection, limits: GraspLimits): readonly GraspPose[] {
  const radiusM = Math.min(extent.sizeM[0], extent.sizeM[1]) / 2 - 0.004;
  const toRobot = Math.atan2(limits.mount[1] - extent.center[1], limits.mount[0] - extent.center[0]);
  const z = topOf(extent) - 0.022;
  return [0, Math.PI / 2, -Math.PI / 2].flatMap((turn) => {
    const yawRad = toRobot + turn;
    const position: Vec3 = [
      extent.center[0] + Math.cos(yawRad) * radiusM,
      extent.center[1] + Math.sin(yawRad) * radiusM,
      z,
    ];
    const side = { yawRad, acrossM: 0.015, cost: Math.abs(turn) * 0.3 };
    return bothTurns(position, side, limits).map((grasp) => ({ ...grasp, openingM: 0.05 }));
  });
}

/** The same angle between -pi and pi. */
export const wrap = (angleRad: number): number => Math.atan2(Math.sin(angleRad), Math.cos(angleRad));
