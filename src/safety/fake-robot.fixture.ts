import type { Pose2d } from "../domain/geometry/pose.js";
import { toolPose } from "../domain/kinematics/forward-kinematics.js";
import { pandaFixture as panda } from "../domain/kinematics/panda.fixture.js";
import { planToolPath } from "../domain/kinematics/tool-path.js";
import { ok } from "../domain/result.js";
import type { Robot } from "../ports/robot.js";

/** For tests: a robot that is at once where it is sent, and remembers what reached it. */
export interface FakeRobot extends Robot {
  readonly calls: string[];
  positions: readonly number[];
  base: Pose2d;
}

export const READY = [0, -0.785, 0, -2.356, 0, 1.571, 0.785];

export function createFakeRobot(): FakeRobot {
  const calls: string[] = [];
  let stopped = false;
  let widthM = 0.08;
  const report = (robot: FakeRobot) => {
    const pose = toolPose(panda, robot.positions);
    return ok({ commanded: pose, reached: pose, errorM: 0 });
  };
  const robot: FakeRobot = {
    name: "fake",
    model: panda,
    calls,
    positions: READY,
    base: { xM: 0, yM: 0, yawRad: 0 },
    connect: () => Promise.resolve(),
    state: () =>
      Promise.resolve({
        timeMs: 0,
        jointPositions: robot.positions,
        toolPoseInBase: toolPose(panda, robot.positions),
        basePoseInOdom: robot.base,
        gripper: { widthM, inContact: false, moving: false },
        stopped,
      }),
    moveTool(poseInBase, { speedMps }) {
      calls.push(`moveTool ${speedMps}`);
      const path = planToolPath(panda, robot.positions, poseInBase);
      if (!path.ok) return Promise.resolve(path);
      robot.positions = path.value.waypoints[path.value.waypoints.length - 1];
      return Promise.resolve(report(robot));
    },
    moveJoints(positions, { speedRadps }) {
      calls.push(`moveJoints ${speedRadps}`);
      robot.positions = positions;
      return Promise.resolve(report(robot));
    },
    setGripper(width, { forceN }) {
      calls.push(`setGripper ${width} ${forceN}`);
      widthM = width;
      return Promise.resolve(ok({ commandedWidthM: width, widthM, stalled: false }));
    },
    moveBase(pose) {
      calls.push("moveBase");
      robot.base = pose;
      return Promise.resolve(ok(pose));
    },
    look(pan, tilt) {
      calls.push(`look ${pan} ${tilt}`);
      return Promise.resolve(ok(undefined));
    },
    wait(seconds) {
      calls.push(`wait ${seconds}`);
      return Promise.resolve(ok(undefined));
    },
    halt() {
      calls.push("halt");
      stopped = true;
    },
    reset() {
      calls.push("reset");
      stopped = false;
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
  return robot;
}
