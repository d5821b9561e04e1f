import { setImmediate as nextTurn } from "node:timers/promises";
import type { Extent } from "../../domain/detection.js";
import type { Pose } from "../../domain/geometry/pose.js";
import { rotate } from "../../domain/geometry/quaternion.js";
import { distance } from "../../domain/geometry/vec3.js";
import { forwardKinematics, toolPose } from "../../domain/kinematics/forward-kinematics.js";
import type { LinkCapsule, RobotModel } from "../../domain/kinematics/robot-model.js";
import { jointPath, largestChange, planToolPath } from "../../domain/kinematics/tool-path.js";
import { fail, ok, type Result } from "../../domain/result.js";
import type { FailureCode } from "../../domain/receipt.js";
import type { RobotState } from "../../domain/robot-state.js";
import type { GripperReport, MotionReport } from "../../ports/robot.js";
import { drawnIn } from "./detours.js";
import type { MotionContext, Step } from "./motion-context.js";
import { inOrder, isRefusal } from "./motion-context.js";
import { clearanceOf, groundOf, highestTop, obstaclesOf } from "./obstacles.js";
import type { Reach } from "./plan-reach.js";
import { CLEARANCES, FORCES, SPEEDS } from "./speeds.js";

/** Joint-space ways are checked against things at this spacing, radians. */
const CHECK_STEP_RAD = 0.06;
/** Room on all sides from which on a way counts as clear, by how the depth is known: estimated, things are centimetres elsewhere. */
const CLEAR_M = { sensor: 0.018, oracle: 0.018, model: 0.045 } as const;
/** Ways that are tried to one place before it counts as out of the way. */
const MOST_WAYS = 4;
const BACK_OUT_M = 0.08;
/** Height of the drawn-in hand above travelling height, where the arm folds with ease. */
const DRAWN_IN_ABOVE_M = 0.1;
const LIFTS_M = [0.3, 0.2, 0.12, 0.06] as const;

/** Where a way leads: by a line in joint space, or by a straight line of the tool. */
interface Stop {
  readonly positions: readonly number[];
  readonly line?: Pose;
}

/** Whether something that was seen is close to a way: then it is gone slowly. */
type Tight = "roomy" | "tight";

interface Way {
  readonly stops: readonly Stop[];
  /** Least distance from everything seen, metres. */
  readonly clearM: number;
}

/** What the actions are composed of: the robot port, with ways over things and with the hand's load in mind. */
export interface Arm {
  readonly state: () => Promise<RobotState>;
  readonly straight: (pose: Pose, speedMps: number) => Promise<Result<MotionReport, FailureCode>>;
  readonly gripper: (widthM: number, forceN: number) => Promise<Result<GripperReport, FailureCode>>;
  readonly open: () => Promise<Step>;
  /** To the first pose of a reach, over everything seen. */
  readonly travel: (reach: Reach) => Promise<Step>;
  /** Straight up, until everything seen is below. */
  readonly lift: () => Promise<Step>;
  /** To the viewing posture, out of the head camera's sight. */
  readonly home: () => Promise<Step>;
  /** What is carried below the tool, metres; 0 = nothing. */
  readonly carry: (load: readonly LinkCapsule[], belowToolM: number) => void;
}

export function createArm({ robot, scene, signal }: MotionContext, except: readonly string[]): Arm {
  const { model } = robot;
  const obstacles: readonly Extent[] = [...obstaclesOf(scene, except), ...groundOf(scene)];
  const roomM = CLEAR_M[scene.depthSource];
  let load: readonly LinkCapsule[] = [];
  let belowToolM = 0;

  const isLoaded = (): boolean => load.length > 0;
  const travelZ = (): number => highestTop(scene) + Math.max(belowToolM, 0.02) + CLEARANCES.travelM;
  const freeSpeed = (): number => (isLoaded() ? SPEEDS.loadedMps : SPEEDS.freeMps);
  /** Never anything but the line: what the robot would do instead sweeps through places that nobody has checked. */
  async function straight(pose: Pose, speedMps: number): Promise<Result<MotionReport, FailureCode>> {
    const { jointPositions } = await robot.state();
    const path = planToolPath(model, jointPositions, pose);
    if (!path.ok) return path;
    if (path.value.kind === "straight") return robot.moveTool(pose, { speedMps, signal });
    return fail("out-of-reach", "The arm cannot follow the straight line that this needs.", {
      followed: path.value.followed,
      positionInBase: pose.position,
    });
  }
  async function joints(positions: readonly number[], tight: Tight): Promise<Step> {
    const { jointPositions } = await robot.state();
    const free = isLoaded()
      ? { radps: SPEEDS.loadedRadps, mps: SPEEDS.loadedSwingMps }
      : { radps: SPEEDS.freeRadps, mps: SPEEDS.freeSwingMps };
    const limits = tight === "tight" ? { radps: SPEEDS.loadedRadps, mps: SPEEDS.tightSwingMps } : free;
    return robot.moveJoints(positions, { speedRadps: swingSpeed(model, [jointPositions, positions], limits), signal });
  }

  async function lift(): Promise<Step> {
    const { toolPoseInBase: tool } = await robot.state();
    const risesM = [travelZ() - tool.position[2], ...LIFTS_M].filter((rise, i) => i > 0 || rise > 0.01);
    let result: Step = ok(undefined);
    if (travelZ() - tool.position[2] <= 0.01) return result;
    for (const riseM of risesM) {
      if (riseM > risesM[0]) continue;
      const [x, y, z] = tool.position;
      result = await straight({ ...tool, position: [x, y, z + riseM] }, isLoaded() ? SPEEDS.loadedMps : freeSpeed());
      if (result.ok || !isRefusal(result)) return result;
    }
    return result;
  }

  /** Ways from here, clear and short ones first: directly, and down from straight above; both by way of home as well. */
  async function waysTo(
    from: readonly number[],
    to: readonly number[],
    { around }: { readonly around: boolean },
  ): Promise<readonly Way[]> {
    const goal: Stop = { positions: to };
    const { position, orientation } = toolPose(model, to);
    const fromAbove = [travelZ() + 0.1, travelZ()].flatMap((z): (readonly Stop[])[] => {
      if (z <= position[2] + 0.02) return [];
      const rise = planToolPath(model, to, { position: [position[0], position[1], z], orientation });
      // Only the same bend of the arm: from another one, the way down would sweep through everything.
      if (!rise.ok || rise.value.kind !== "straight") return [];
      const down = { position, orientation };
      return [[{ positions: rise.value.waypoints[rise.value.waypoints.length - 1] }, { positions: to, line: down }]];
    });
    const home: Stop = { positions: model.homePositions };
    const usual = [[goal], ...fromAbove, [home, goal], ...fromAbove.map((way) => [home, ...way])];
    const past = around ? drawnIn(model, { from, to, heightM: travelZ() + DRAWN_IN_ABOVE_M }) : undefined;
    const stops = past?.map((positions): Stop => ({ positions }));
    const ways =
      stops === undefined ? usual : [[...stops, goal], ...fromAbove.map((way) => [...stops, ...way]), ...usual];
    const clearance = (way: readonly Stop[]): number => {
      const path = way.flatMap(({ positions }, i) =>
        jointPath(i === 0 ? from : way[i - 1].positions, positions, { stepRad: CHECK_STEP_RAD }),
      );
      return clearanceOf(model, path, obstacles, load);
    };
    const judged: Way[] = [];
    for (const way of ways) {
      // A few milliseconds each: a stop that comes in between must not wait for all of them.
      await nextTurn();
      judged.push({ stops: way, clearM: clearance(way) });
    }
    await nextTurn();
    const clear = judged.filter(({ clearM }) => clearM > roomM);
    if (clear.length > 0) return clear;
    // Nothing is tried that would touch a thing, unless every way seems to: measured boxes are rough.
    return judged.sort((a, b) => b.clearM - a.clearM);
  }

  async function follow(to: readonly number[]): Promise<Step> {
    let result: Step = ok(undefined);
    let aroundSince: number | undefined;
    for (let attempt = 0; attempt < MOST_WAYS + (aroundSince ?? 0); attempt++) {
      // Asked anew each time: a way that broke off has left the arm elsewhere.
      const { jointPositions } = await robot.state();
      const ways = await waysTo(jointPositions, to, { around: aroundSince !== undefined });
      const { stops, clearM } = ways[Math.min(attempt - (aroundSince ?? 0), ways.length - 1)];
      const tight: Tight = clearM > roomM ? "roomy" : "tight";
      result = await inOrder(
        ...stops.map(
          ({ positions, line }) =>
            () =>
              line === undefined
                ? joints(positions, tight)
                : straight(line, tight === "tight" ? SPEEDS.gentleMps : freeSpeed()),
        ),
      );
      if (result.ok || !(isRefusal(result) || isBlocked(result))) return result;
      // Something that nobody has seen is in the way: the hand backs out the way it points, and then another way is tried.
      if (isBlocked(result)) await backOut();
      // A keep-out volume stands in the usual ways: from now on those past it come first.
      if (!result.ok && result.code === "keep-out") aroundSince ??= attempt + 1;
    }
    return result;
  }

  /** Straight up or back, whichever can be done: away from what the arm has run into. */
  async function backOut(): Promise<Step> {
    const { toolPoseInBase: tool } = await robot.state();
    const [ax, ay, az] = rotate(tool.orientation, [0, 0, -BACK_OUT_M]);
    const [x, y, z] = tool.position;
    const back = await straight({ ...tool, position: [x + ax, y + ay, z + az] }, SPEEDS.nearMps);
    return back.ok ? back : lift();
  }

  return {
    state: () => robot.state(),
    straight,
    gripper: (widthM, forceN) =>
      robot.setGripper(widthM, { forceN: Math.min(forceN, model.gripper.maxForceN), signal }),
    open: () => robot.setGripper(model.gripper.maxWidthM, { forceN: FORCES.openN, signal }),
    lift,
    async travel(reach) {
      const { jointPositions, toolPoseInBase } = await robot.state();
      const isLow =
        toolPoseInBase.position[2] <
        Math.min(travelZ(), forwardKinematics(model, model.homePositions).tool.position[2]) - 0.02;
      const raised = isLow && !samePlace(jointPositions, model.homePositions) ? await lift() : ok(undefined);
      return raised.ok || isRefusal(raised) ? follow(reach.firstPositions) : raised;
    },
    home: () => follow(model.homePositions),
    carry(shapes, belowM) {
      load = shapes;
      belowToolM = belowM;
    },
  };
}

/** Joint speed at which the tool keeps to its own speed limit all along a joint-space line: what swings fast slips. */
function swingSpeed(
  model: RobotModel,
  [from, to]: readonly [readonly number[], readonly number[]],
  limits: { readonly radps: number; readonly mps: number },
): number {
  const path = jointPath(from, to, { stepRad: CHECK_STEP_RAD });
  const stepRad = largestChange(from, to) / (path.length - 1);
  if (stepRad === 0) return limits.radps;
  const tools = path.map((q) => toolPose(model, q).position);
  const fastest = Math.max(...tools.slice(1).map((tool, i) => distance(tool, tools[i]))) / stepRad;
  return Math.min(limits.radps, limits.mps / fastest);
}

const samePlace = (a: readonly number[], b: readonly number[]): boolean => a.every((v, i) => Math.abs(v - b[i]) < 0.05);

const isBlocked = (result: Step): boolean => !result.ok && result.code === "not-moved";
