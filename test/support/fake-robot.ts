import { composePoses, invertPose, type Pose, type Pose2d } from "../../src/domain/geometry/pose.js";
import { rotate } from "../../src/domain/geometry/quaternion.js";
import { distance, subtract, type Vec3 } from "../../src/domain/geometry/vec3.js";
import { toolPose } from "../../src/domain/kinematics/forward-kinematics.js";
import { pandaFixture } from "../../src/domain/kinematics/panda.fixture.js";
import { jointPath, planToolPath } from "../../src/domain/kinematics/tool-path.js";
import { timePath } from "../../src/domain/kinematics/time-path.js";
import { fail, ok, type Result } from "../../src/domain/result.js";
import type { MotionFailure, MotionReport, Robot } from "../../src/ports/robot.js";
import type { FakeClock } from "./fake-clock.js";
import { extentOfHandle, supportBelow, type FakeDrawer, type FakeThing, type FakeWorld } from "./fake-world.js";

export interface FakeRobotOptions {
  readonly world: FakeWorld;
  readonly clock: FakeClock;
  /** Called before each command; a returned failure is the command's result. For guards, blocks and stops in tests. */
  readonly before?: (command: string, pose?: Pose) => Result<never, MotionFailure> | undefined;
}

export interface FakeRobot extends Robot {
  /** Names of the commands so far, in order: `tool`, `joints`, `gripper` ... */
  readonly commands: readonly string[];
  /** Tool poses commanded so far. */
  readonly toolPath: readonly Pose[];
  readonly halts: number;
}

/** A kinematic arm in a world of boxes: motions are exact and instantaneous, time passes on the fake clock. */
export function createFakeRobot({ world, clock, before }: FakeRobotOptions): FakeRobot {
  const model = pandaFixture;
  const commands: string[] = [];
  const toolPath: Pose[] = [];
  let q: readonly number[] = model.homePositions;
  let widthM = model.gripper.maxWidthM;
  let inContact = false;
  let held: { readonly thing: FakeThing; readonly poseInTool: Pose } | undefined;
  let pulled: FakeDrawer | undefined;
  let halts = 0;
  let stopped = false;

  const tool = (): Pose => toolPose(model, q);

  function check(command: string, signal: AbortSignal, pose?: Pose): Result<never, MotionFailure> | undefined {
    commands.push(command);
    const refused = before?.(command, pose);
    if (refused !== undefined) return refused;
    return stopped || signal.aborted ? fail("stopped", "The robot is stopped.") : undefined;
  }

  function go(waypoints: readonly (readonly number[])[], commanded: Pose, speedMps?: number): MotionReport {
    const path = timePath(model, waypoints, { speedMps });
    const start = tool().position;
    q = waypoints[waypoints.length - 1];
    clock.advance(path.durationS * 1000);
    carryAlong(start);
    const reached = tool();
    return { commanded, reached, errorM: distance(commanded.position, reached.position) };
  }

  function carryAlong(start: Vec3): void {
    const now = tool();
    if (held !== undefined && world.slippery.has(held.thing.id) && now.position[2] > start[2] + 0.02) drop();
    if (held !== undefined) held.thing.center = composePoses(now, held.poseInTool).position;
    if (pulled !== undefined) {
      const moved = start[0] - now.position[0];
      pulled.openM = Math.min(pulled.travelM, Math.max(0, pulled.openM + moved));
    }
  }

  function drop(): void {
    if (held === undefined) return;
    const { thing } = held;
    const floor = supportBelow(world, thing.center, thing.id);
    thing.center = [thing.center[0], thing.center[1], floor + thing.sizeM[2] / 2];
    held = undefined;
    inContact = false;
    widthM = 0;
  }

  function close(): void {
    const { position, orientation } = tool();
    const thing = world.things.find((t) => {
      const [dx, dy, dz] = subtract(position, t.center);
      return Math.abs(dx) < t.sizeM[0] / 2 && Math.abs(dy) < t.sizeM[1] / 2 && Math.abs(dz) < t.sizeM[2] / 2 + 0.008;
    });
    if (thing !== undefined) {
      const [ox, oy] = rotate(orientation, [0, 1, 0]);
      const alongX = Math.abs(ox * Math.cos(thing.yawRad) + oy * Math.sin(thing.yawRad)) > Math.SQRT1_2;
      const acrossM = thing.sizeM[alongX ? 0 : 1];
      if (acrossM >= widthM) return;
      widthM = acrossM;
      held = {
        thing,
        poseInTool: composePoses(invertPose(tool()), { position: thing.center, orientation: [0, 0, 0, 1] }),
      };
      inContact = true;
      return;
    }
    pulled = world.drawers.find((d) => distance(extentOfHandle(d).center, position) < 0.02);
    widthM = pulled === undefined ? 0 : 0.016;
    inContact = pulled !== undefined;
  }

  return {
    name: "fake-robot",
    model,
    commands,
    toolPath,
    get halts() {
      return halts;
    },
    connect: async () => undefined,
    state: async () => ({
      timeMs: clock.nowMs(),
      jointPositions: q,
      toolPoseInBase: tool(),
      basePoseInOdom: { xM: 0, yM: 0, yawRad: 0 },
      gripper: { widthM, inContact, moving: false },
      stopped,
    }),
    async moveTool(pose, { signal, speedMps }) {
      const no = check("tool", signal, pose);
      if (no !== undefined) return no;
      const path = planToolPath(model, q, pose);
      if (!path.ok) return path;
      toolPath.push(pose);
      return ok(go(path.value.waypoints, pose, speedMps));
    },
    async moveJoints(positions, { signal }) {
      const no = check("joints", signal, toolPose(model, positions));
      if (no !== undefined) return no;
      return ok(go(jointPath(q, positions), toolPose(model, positions)));
    },
    async setGripper(commandedWidthM, { signal }) {
      const no = check("gripper", signal);
      if (no !== undefined) return no;
      clock.advance(400);
      if (commandedWidthM < 0.001) close();
      else {
        drop();
        pulled = undefined;
        inContact = false;
        widthM = commandedWidthM;
      }
      return ok({ commandedWidthM, widthM, stalled: inContact });
    },
    async moveBase(pose: Pose2d, { signal }) {
      return check("base", signal) ?? ok(pose);
    },
    async look(_pan, _tilt, { signal }) {
      return check("look", signal) ?? ok(undefined);
    },
    async wait(seconds, { signal }) {
      const no = check("wait", signal);
      clock.advance(seconds * 1000);
      return no ?? ok(undefined);
    },
    halt() {
      halts++;
      stopped = true;
    },
    async reset() {
      stopped = false;
    },
    close: async () => undefined,
  };
}
