import sharp from "sharp";
import { rosProfileSchema, type RosProfile } from "../../../src/adapters/ros/profile-schema.js";
import { pandaModel } from "../../../sim/worlds/panda-model.js";
import type { RosMessage } from "../rosbridge/index.js";
import type { ScaledClock } from "../scaled-clock.js";
import { joinGraph } from "./graph-client.js";
import { serveAction, type End, type ServedGoal } from "./serve-action.js";

export const ARM_ACTION = "/arm/follow_joint_trajectory";
export const GRIPPER_ACTION = "/gripper/gripper_cmd";
const JOINTS = pandaModel.joints.map(({ name }) => name);

/** What the fake body is, as data. */
export const fakeProfile = (more: Partial<Record<string, unknown>> = {}): RosProfile =>
  rosProfileSchema.parse({
    name: "fake",
    // Test machines stall; what comes late is not what these tests are about.
    maxStateAgeMs: 4_000,
    frames: { base: "base_link", odom: "odom" },
    model: { baseLink: "base_link", tipLink: "hand", homePositions: pandaModel.homePositions },
    arm: { type: "trajectory", action: ARM_ACTION, joints: JOINTS },
    gripper: {
      type: "gripper-command",
      action: GRIPPER_ACTION,
      joint: "finger",
      closedPosition: 0,
      openPosition: 0.04,
      maxWidthM: 0.08,
    },
    base: { type: "cmd-vel" },
    head: { action: "/head/follow_joint_trajectory", joints: ["pan", "tilt"] },
    cameras: {
      head: {
        color: { topic: "/head/color/compressed", transport: "compressed" },
        info: "/head/camera_info",
        depth: { topic: "/head/depth", transport: "raw" },
      },
    },
    ...more,
  });

export interface FakeRosBody {
  /** Something between the fingers that stops them this far apart, metres. */
  thingM: number | undefined;
  /** Replaces what the gripper says of itself. */
  gripperLie: RosMessage | undefined;
  /** The last stop came while a goal ran. */
  readonly stoppedInMotion: boolean;
  /** What the base was told, forward m/s and turn rad/s. */
  readonly velocities: readonly (readonly [number, number])[];
  /** How each motion ended. */
  readonly endedGoals: readonly End[];
  readonly isMoving: boolean;
  readonly stopped: boolean;
  pressStop(on: boolean): void;
  /** The watchdog falls silent. */
  killWatchdog(): void;
  /** Resolves at the next stop that arrives. */
  stopArrived(): Promise<void>;
  close(): void;
}

/**
 * A robot of a few lines in a ROS graph: joints that follow trajectories, fingers that stop on things, a base that integrates its
 * velocities, a camera, a watchdog. No physics.
 */
export async function createFakeRosBody({
  url,
  version,
  clock,
  leaseLimitMs = 3_000,
}: {
  readonly url: string;
  readonly version: 1 | 2;
  readonly clock: ScaledClock;
  readonly leaseLimitMs?: number;
}): Promise<FakeRosBody> {
  const graph = await joinGraph(url);
  const cancels = new Set<() => void>();
  let closed = false;
  const every = (ms: number, work: () => void): void => {
    const again = (): void => {
      cancels.delete(cancel);
      if (closed) return;
      work();
      every(ms, work);
    };
    const cancel = clock.timers.after(ms, again);
    cancels.add(cancel);
  };
  const type = (name: string): string => (version === 1 ? name : name.replace("/", "/msg/"));
  const stamp = (ms = clock.nowMs()): RosMessage => {
    const whole = Math.floor(ms / 1000);
    const rest = Math.floor((ms - whole * 1000) * 1e6);
    return version === 1 ? { secs: whole, nsecs: rest } : { sec: whole, nanosec: rest };
  };
  const header = (frame_id = "", ms = clock.nowMs()): RosMessage => ({
    ...(version === 1 ? { seq: 0 } : {}),
    stamp: stamp(ms),
    frame_id,
  });

  const at = new Map<string, number>(JOINTS.map((n, i) => [n, pandaModel.homePositions[i]]));
  at.set("finger", 0.04).set("pan", 0).set("tilt", 0);
  let motion: { joints: string[]; from: number[]; points: Point[]; startMs: number; goal: ServedGoal } | undefined;
  let stopped = false;
  let pressed = false;
  let twist: readonly [number, number] = [0, 0];
  let twistAtMs = -Infinity;
  const base = { x: 0, y: 0, yaw: 0, atMs: clock.nowMs() };
  const stopWaiters = new Set<() => void>();
  const lease = { holder: undefined as string | undefined, atMs: -Infinity, silent: false };
  const body = {
    thingM: undefined as number | undefined,
    gripperLie: undefined as RosMessage | undefined,
    stoppedInMotion: false,
    velocities: [] as (readonly [number, number])[],
    endedGoals: [] as End[],
  };

  const endMotion = (end: End, result: RosMessage = { error_code: 0, error_string: "" }): void => {
    advance();
    const { goal } = motion ?? {};
    if (motion !== undefined) body.endedGoals.push(end);
    motion = undefined;
    goal?.finish(end, result);
  };
  const advance = (): void => {
    if (motion === undefined) return;
    const t = clock.nowMs() - motion.startMs;
    const next = motion.points.findIndex((p) => p.ms >= t);
    const to = next < 0 ? motion.points[motion.points.length - 1] : motion.points[next];
    const before = next < 0 ? to : next === 0 ? { ms: 0, q: motion.from } : motion.points[next - 1];
    const share = to.ms === before.ms ? 1 : Math.min(1, (t - before.ms) / (to.ms - before.ms));
    motion.joints.forEach((joint, i) => at.set(joint, before.q[i] + (to.q[i] - before.q[i]) * share));
  };
  const readPoints = (goal: RosMessage): { joints: string[]; points: Point[] } => {
    const { joint_names, points } = goal.trajectory as { joint_names: string[]; points: RosMessage[] };
    return {
      joints: joint_names,
      points: points.map((p) => {
        const time = p.time_from_start as Record<string, number>;
        return { q: p.positions as number[], ms: (time.sec ?? time.secs) * 1000 + (time.nanosec ?? time.nsecs) / 1e6 };
      }),
    };
  };
  for (const action of [ARM_ACTION, "/head/follow_joint_trajectory"]) {
    serveAction(graph, {
      version,
      action,
      type: "control_msgs/FollowJointTrajectory",
      every,
      onGoal(goal) {
        if (stopped || pressed) return goal.finish("aborted", { error_code: -1, error_string: "stopped" });
        advance();
        const { joints, points } = readPoints(goal.goal);
        motion = { joints, points, from: joints.map((j) => at.get(j) ?? 0), startMs: clock.nowMs(), goal };
        goal.feedback({ joint_names: joints });
      },
      onCancel: () => endMotion("canceled"),
    });
  }
  serveAction(graph, {
    version,
    action: GRIPPER_ACTION,
    type: "control_msgs/GripperCommand",
    every,
    onGoal(goal) {
      const { position } = goal.goal.command as { position: number };
      const thing = body.thingM === undefined ? 0 : body.thingM / 2;
      const reached = position >= thing;
      at.set("finger", Math.max(position, thing));
      const honest = { position: at.get("finger"), effort: 0, stalled: !reached, reached_goal: reached };
      goal.finish("succeeded", body.gripperLie ?? honest);
    },
    onCancel: () => {},
  });

  const tellStopped = (): void => graph.publish("/handeye/stopped", { data: stopped || pressed });
  const halt = (on: boolean): void => {
    stopped = on;
    if (on) {
      twist = [0, 0];
      body.stoppedInMotion = motion !== undefined;
      endMotion("aborted", { error_code: -1, error_string: "stopped" });
      for (const wake of stopWaiters) wake();
      stopWaiters.clear();
    }
    tellStopped();
  };
  graph.say({ op: "advertise", topic: "/handeye/stopped", type: type("std_msgs/Bool"), latch: true });
  graph.subscribe("/handeye/stop", type("std_msgs/Bool"), ({ data }) => halt(data === true));
  graph.subscribe("/cmd_vel", type("geometry_msgs/Twist"), ({ linear, angular }) => {
    twist = stopped ? [0, 0] : [(linear as { x: number }).x, (angular as { z: number }).z];
    twistAtMs = clock.nowMs();
    body.velocities.push(twist);
  });
  graph.say({ op: "advertise", topic: "/handeye/watchdog", type: type("std_msgs/String") });
  graph.subscribe("/handeye/lease", type("std_msgs/String"), ({ data }) => {
    const beat = JSON.parse(String(data)) as { holder: string; state: string };
    lease.holder = beat.state === "alive" ? beat.holder : undefined;
    lease.atMs = clock.nowMs();
  });
  every(100, () => {
    if (lease.silent) return;
    const live = lease.holder !== undefined && clock.nowMs() - lease.atMs < leaseLimitMs;
    const data = JSON.stringify({
      state: live ? "live" : "waiting",
      holder: lease.holder ?? null,
      limitMs: leaseLimitMs,
    });
    graph.publish("/handeye/watchdog", { data });
  });

  graph.say({ op: "advertise", topic: "/joint_states", type: type("sensor_msgs/JointState") });
  graph.say({ op: "advertise", topic: "/tf", type: type("tf2_msgs/TFMessage") });
  graph.say({ op: "advertise", topic: "/tf_static", type: type("tf2_msgs/TFMessage"), latch: true });
  graph.publish("/tf_static", {
    transforms: [
      {
        header: header("base_link"),
        child_frame_id: "head_optical",
        transform: { translation: { x: -0.1, y: 0, z: 1.58 }, rotation: { x: -0.66, y: 0.66, z: -0.25, w: 0.256 } },
      },
    ].map((t) => ({ ...t, transform: { ...t.transform, rotation: unit(t.transform.rotation) } })),
  });
  every(20, () => {
    const nowMs = clock.nowMs();
    advance();
    if (nowMs - twistAtMs > 500) twist = [0, 0];
    const stepS = (nowMs - base.atMs) / 1000;
    base.atMs = nowMs;
    base.yaw += twist[1] * stepS;
    base.x += twist[0] * stepS * Math.cos(base.yaw);
    base.y += twist[0] * stepS * Math.sin(base.yaw);
    graph.publish("/joint_states", {
      header: header(),
      name: [...at.keys()],
      position: [...at.values()],
      velocity: [],
      effort: [],
    });
    const rotation = { x: 0, y: 0, z: Math.sin(base.yaw / 2), w: Math.cos(base.yaw / 2) };
    graph.publish("/tf", {
      transforms: [
        {
          header: header("odom"),
          child_frame_id: "base_link",
          transform: { translation: { x: base.x, y: base.y, z: 0 }, rotation },
        },
      ],
    });
    if (motion !== undefined && nowMs - motion.startMs >= motion.points[motion.points.length - 1].ms)
      endMotion("succeeded");
  });

  const [width, height] = [64, 48];
  const pixels = Buffer.from(Array.from({ length: width * height * 3 }, (_, i) => (i * 7) % 256));
  const jpeg = (
    await sharp(pixels, { raw: { width, height, channels: 3 } })
      .jpeg()
      .toBuffer()
  ).toString("base64");
  const depth = Buffer.from(
    Uint16Array.from({ length: width * height }, (_, i) => (i % 5 === 0 ? 0 : 900 + (i % 100))).buffer,
  );
  const k = [80, 0, 31.5, 0, 80, 23.5, 0, 0, 1];
  graph.say({ op: "advertise", topic: "/head/color/compressed", type: type("sensor_msgs/CompressedImage") });
  graph.say({ op: "advertise", topic: "/head/depth", type: type("sensor_msgs/Image") });
  graph.say({ op: "advertise", topic: "/head/camera_info", type: type("sensor_msgs/CameraInfo") });
  every(66, () => {
    const nowMs = clock.nowMs();
    const head = header("head_optical", nowMs);
    const info = version === 1 ? { K: k, D: [0, 0, 0, 0, 0] } : { k, d: [0, 0, 0, 0, 0] };
    graph.publish("/head/camera_info", { header: head, width, height, ...info });
    graph.publish("/head/color/compressed", { header: head, format: "jpeg", data: jpeg });
    graph.publish("/head/depth", {
      header: head,
      width,
      height,
      step: width * 2,
      encoding: "16UC1",
      is_bigendian: 0,
      data: depth.toString("base64"),
    });
  });
  tellStopped();
  await graph.settled();

  return Object.assign(body, {
    get isMoving() {
      return motion !== undefined || twist[0] !== 0 || twist[1] !== 0;
    },
    get stopped() {
      return stopped || pressed;
    },
    pressStop(on: boolean) {
      pressed = on;
      if (on) endMotion("aborted", { error_code: -1, error_string: "emergency stop" });
      tellStopped();
    },
    killWatchdog: () => void (lease.silent = true),
    stopArrived: () => new Promise<void>((resolve) => void stopWaiters.add(resolve)),
    close() {
      closed = true;
      for (const cancel of cancels) cancel();
      graph.close();
    },
  });
}

interface Point {
  readonly ms: number;
  readonly q: number[];
}

function unit(q: { x: number; y: number; z: number; w: number }): typeof q {
  const length = Math.hypot(q.x, q.y, q.z, q.w);
  return { x: q.x / length, y: q.y / length, z: q.z / length, w: q.w / length };
}
