import { afterEach, describe, expect, it } from "vitest";
import { topDownPose } from "../../src/domain/kinematics/index.js";
import type { RosBody, RosBodyOptions } from "../../src/adapters/ros/index.js";
import { createRosRig, fakeProfile, type RosRig } from "../support/fake-ros-body/index.js";
import { duplicated, halfFrames, reordered, sameStamp, staleBy, type RosMessage } from "../support/rosbridge/index.js";

const never = new AbortController().signal;
const free = topDownPose([0.4, 0.05, 1.1], 0);
const FAST = { signal: never, speedMps: 0.4 };
const SLOW = { signal: never, speedMps: 0.05 };

let rigs: RosRig[] = [];
afterEach(async () => {
  for (const rig of rigs) await rig.close();
  rigs = [];
});
const rigOf = async (...args: Parameters<typeof createRosRig>): Promise<RosRig> => {
  const rig = await createRosRig(...args);
  rigs.push(rig);
  return rig;
};
const connected = async (rig: RosRig, more?: Partial<RosBodyOptions>): Promise<RosBody> => {
  const body = await rig.open(more);
  await body.robot.connect();
  return body;
};
const up = ({ link }: RosBody): Promise<void> =>
  new Promise((resolve) => link.onState((state) => state === "up" && resolve()));
const down = ({ link }: RosBody): Promise<void> =>
  new Promise((resolve) => link.onState((state) => state === "down" && resolve()));
const isGoal = (op: { op: string; topic?: unknown }): boolean =>
  op.op === "send_action_goal" || (op.op === "publish" && String(op.topic).endsWith("/goal"));

describe.each([1, 2] as const)("a robot over rosbridge that misbehaves, ROS %i", (version) => {
  it("halts in mid-motion on its own line, while a blocking goal runs and the bridge reads nothing behind it", async () => {
    const rig = await rigOf(version, { goalsInNewThread: false });
    const { robot } = await connected(rig);
    const begun = rig.bridge.saw(isGoal);
    const moving = robot.moveTool(free, SLOW);
    await begun;
    const arrived = rig.robot.stopArrived();

    robot.halt();
    await arrived;

    expect(rig.robot.stoppedInMotion).toBe(true);
    expect(rig.robot.isMoving).toBe(false);
    expect(await moving).toMatchObject({ ok: false, code: "stopped" });
  });

  it("says that the link broke in mid-motion, comes back stopped, and moves again after a reset", async () => {
    const rig = await rigOf(version);
    const body = await connected(rig);
    const begun = rig.bridge.saw(isGoal);
    const moving = body.robot.moveTool(free, SLOW);
    await begun;
    const [back, stopped] = [up(body), rig.robot.stopArrived()];

    rig.cutController();
    await expect(moving).rejects.toMatchObject({ code: "robot-disconnected" });
    await Promise.all([back, stopped]);

    expect(rig.robot.isMoving).toBe(false);
    expect(await body.robot.moveTool(free, FAST)).toMatchObject({ ok: false, code: "stopped" });
    await body.robot.reset();
    expect(await body.robot.moveTool(free, FAST)).toMatchObject({ ok: true });
  });

  it("cancels what still runs when it comes back, on a robot that has no stop topic", async () => {
    const rig = await rigOf(version);
    const body = await connected(rig, { profile: fakeProfile({ stop: { command: null, states: [] } }) });
    const begun = rig.bridge.saw(isGoal);
    const moving = body.robot.moveTool(free, SLOW);
    await begun;
    const cancelled = rig.bridge.saw(
      ({ op, topic }) => op === "cancel_action_goal" || topic === "/arm/follow_joint_trajectory/cancel",
    );

    rig.cutController();
    await expect(moving).rejects.toMatchObject({ code: "robot-disconnected" });
    await cancelled;
    await body.link.callService("/rosapi/get_time", {}, { timeoutMs: 4_000, line: "stop" });

    expect((await body.robot.state().catch(() => undefined))?.stopped ?? true).toBe(true);
    expect(rig.robot.endedGoals.at(-1)).toBe("canceled");
  });

  it("refuses commands while it is down, and sends none of them afterwards", async () => {
    const rig = await rigOf(version);
    const body = await connected(rig);
    const lost = down(body);
    rig.bridge.faults.refuseLinks = true;
    rig.cutController();
    await lost;
    let goals = 0;
    void rig.bridge.saw((op) => (isGoal(op) ? ++goals > 99 : false));

    await expect(body.robot.moveTool(free, FAST)).rejects.toMatchObject({ code: "robot-disconnected" });
    await expect(body.robot.moveBase({ xM: 1, yM: 0, yawRad: 0 }, { signal: never })).rejects.toMatchObject({
      code: "robot-disconnected",
    });
    const back = up(body);
    rig.bridge.faults.refuseLinks = false;
    await back;
    await body.link.callService("/rosapi/get_time", {}, { timeoutMs: 4_000 });

    expect(goals).toBe(0);
    expect(rig.robot.velocities.every(([forward, turn]) => forward === 0 && turn === 0)).toBe(true);
  });

  it("takes a bridge that hangs with open sockets for lost", async () => {
    const rig = await rigOf(version);
    const body = await connected(rig, { deadAfterMs: 2_000 });
    const lost = down(body);

    rig.bridge.freeze();
    await lost;

    await expect(body.robot.state()).rejects.toMatchObject({ code: "robot-disconnected" });
    rig.bridge.thaw();
  });

  it("stops when the watchdog falls silent, and refuses to move without one", async () => {
    const rig = await rigOf(version);
    const { robot } = await connected(rig);
    const begun = rig.bridge.saw(isGoal);
    const moving = robot.moveTool(free, SLOW);
    await begun;

    rig.robot.killWatchdog();

    expect(await moving).toMatchObject({ ok: false, code: "stopped" });
    expect(rig.notes.join()).toContain("the lease is lost");
    await expect(robot.reset()).rejects.toThrow(/--no-lease/);
  });

  it("will not connect without a watchdog, unless it is told to", async () => {
    const rig = await rigOf(version);
    rig.robot.killWatchdog();
    const { robot } = await rig.open();

    await expect(robot.connect()).rejects.toThrow(/watchdog/);
    const alone = await connected(rig, { requireLease: false });
    expect(await alone.robot.wait(0.01, { signal: never })).toMatchObject({ ok: true });
  });

  it("stops for the robot's own emergency stop, and cannot be reset while it is pressed", async () => {
    const rig = await rigOf(version);
    const { robot, link } = await connected(rig);
    const begun = rig.bridge.saw(isGoal);
    const moving = robot.moveTool(free, SLOW);
    await begun;
    rig.robot.pressStop(true);

    expect(await moving).toMatchObject({ ok: false });
    expect((await robot.state()).stopped).toBe(true);
    await expect(robot.reset()).rejects.toThrow(/still on/);
    const told = rig.bridge.saw(({ op, topic }) => op === "publish" && topic === "/handeye/stopped");
    rig.robot.pressStop(false);
    await told;
    await link.callService("/rosapi/get_time", {}, { timeoutMs: 4_000 });
    expect(await robot.moveTool(free, FAST)).toMatchObject({ ok: false, code: "stopped" });
    await robot.reset();
    expect(await robot.moveTool(free, FAST)).toMatchObject({ ok: true });
  });

  it("believes the fingers, not the gripper's words", async () => {
    const rig = await rigOf(version);
    const { robot } = await connected(rig);
    const close = { signal: never, forceN: 20 };
    const empty = await robot.setGripper(0, close);
    rig.robot.gripperLie = { position: 0, effort: 0, stalled: true, reached_goal: false };
    const lied = await robot.setGripper(0, close);
    rig.robot.thingM = 0.05;
    rig.robot.gripperLie = undefined;
    const held = await robot.setGripper(0, close);
    const contact = (await robot.state()).gripper.inContact;
    rig.robot.gripperLie = { position: 0, effort: 0, stalled: false, reached_goal: true };
    const claimed = await robot.setGripper(0, close);

    expect(empty).toMatchObject({ ok: true, value: { stalled: false } });
    expect(lied).toMatchObject({ ok: true, value: { stalled: false } });
    expect(held).toMatchObject({ ok: true, value: { stalled: true, commandedWidthM: 0 } });
    expect(contact).toBe(true);
    expect(claimed).toMatchObject({ ok: false, code: "not-moved" });
  });

  it("drives to a pose by velocities and ends with zeros", async () => {
    const rig = await rigOf(version);
    const { robot } = await connected(rig);
    const driven = await robot.moveBase({ xM: 0.3, yM: 0.1, yawRad: 0 }, { signal: never });

    expect(driven).toMatchObject({ ok: true });
    expect(driven.ok && Math.hypot(driven.value.xM - 0.3, driven.value.yM - 0.1)).toBeLessThan(0.05);
    expect(rig.robot.velocities.slice(-3)).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
  });

  it("refuses to connect where an action server is missing", async () => {
    const rig = await rigOf(version);
    const { robot } = await rig.open({
      profile: fakeProfile({ arm: { ...fakeProfile().arm, action: "/other/follow_joint_trajectory" } }),
    });

    await expect(robot.connect()).rejects.toThrow(/action server at \/other/);
  });

  it("knows ages by the robot's clock, an hour off", async () => {
    const rig = await rigOf(version, { robotAheadMs: 3_600_000 });
    const { head, robot } = await connected(rig);
    const frame = await head.latest({ maxAgeMs: 4_000 });

    expect(Math.abs(rig.clock.nowMs() - frame.capturedAtMs)).toBeLessThan(4_000);
    expect(Math.abs(rig.clock.nowMs() - (await robot.state()).timeMs)).toBeLessThan(2_000);
    expect(rig.notes.join()).toContain("3600 s from this machine's");
  });
});

describe("goals over rosbridge", () => {
  it("does not take an aborted goal for done because the bridge says `result: true`", async () => {
    const rig = await rigOf(2);
    const { robot } = await connected(rig);
    rig.bridge.faults.abortGoals = true;

    expect(await robot.moveTool(free, FAST)).toMatchObject({
      ok: false,
      code: "not-moved",
      message: expect.stringContaining("The robot aborted the trajectory"),
    });
  });

  it("gives up a goal that was rejected without an answer", async () => {
    const rig = await rigOf(2);
    const { robot } = await connected(rig);
    rig.bridge.faults.rejectGoals = "silent";

    expect(await robot.moveTool(free, FAST)).toMatchObject({
      ok: false,
      code: "timeout",
      message: expect.stringContaining("no sign of life"),
    });
  });

  it("says that a goal was rejected where the bridge does", async () => {
    const rig = await rigOf(2);
    const { robot } = await connected(rig);
    rig.bridge.faults.rejectGoals = "answer";

    expect(await robot.moveTool(free, FAST)).toMatchObject({
      ok: false,
      code: "not-moved",
      message: expect.stringContaining("The robot rejected the trajectory"),
    });
  });

  it("gives up waiting for a result that was lost, in ROS 2", async () => {
    const rig = await rigOf(2);
    const { robot } = await connected(rig);
    rig.bridge.faults.loseResults = true;

    expect(await robot.moveTool(free, FAST)).toMatchObject({ ok: false, code: "timeout" });
  });

  it("finds the end of a goal on the status topic where the result was lost, in ROS 1", async () => {
    const rig = await rigOf(1);
    const { robot } = await connected(rig);
    rig.bridge.faults.tamper.set("/arm/follow_joint_trajectory/result", () => []);

    expect(await robot.moveTool(free, FAST)).toMatchObject({ ok: true });
  });

  it("does not believe an arm that says it has arrived and stands elsewhere", async () => {
    const rig = await rigOf(2);
    const { robot } = await connected(rig);
    const [joint] = robot.model.joints;
    rig.bridge.faults.tamper.set("/joint_states", (msg) => {
      const { name, position } = msg as { name: string[]; position: number[] };
      return [
        { ...msg, position: position.map((q, i) => (name[i] === joint.name ? robot.model.homePositions[0] : q)) },
      ];
    });

    expect(await robot.moveTool(free, FAST)).toMatchObject({ ok: false, code: "not-moved" });
  });

  it("takes joint states with an old stamp for a lost robot", async () => {
    const rig = await rigOf(1);
    const { robot, link } = await connected(rig, { profile: fakeProfile({ maxStateAgeMs: 500 }) });
    rig.bridge.faults.tamper.set("/joint_states", sameStamp());
    await new Promise<void>((resolve) => {
      let count = 0;
      link.subscribe("/joint_states", "sensor_msgs/JointState", () => ++count > 60 && resolve());
    });

    await expect(robot.state()).rejects.toThrow(/not older than 500 ms/);
  });
});

describe("connecting to a rosbridge", () => {
  it("says what answered when nobody does, another server does, or another version does", async () => {
    const rig = await rigOf(1);

    await expect(rig.open({ url: "ws://127.0.0.1:1" })).rejects.toMatchObject({ code: "robot-disconnected" });
    await expect(rig.open({ url: "no address" })).rejects.toMatchObject({ code: "robot-disconnected" });
    await expect(rig.open({ version: 2 })).rejects.toThrow(/Expected ROS 2 at .*, found ROS 1/);
  });

  it("refuses a bridge on which asking the time would wait for ever", async () => {
    const rig = await rigOf(2);
    rig.bridge.faults.silentServices.add("/rosapi/get_time");

    await expect(rig.open({ stopCheckMs: 500 })).rejects.toThrow(/\/rosapi\/get_time/);
  });

  it("names the topics that are missing or of another type", async () => {
    const rig = await rigOf(2);
    const { cameras } = fakeProfile();
    const profile = fakeProfile({
      jointStates: "/nowhere",
      cameras: { head: { ...cameras.head, color: { topic: "/head/depth", transport: "compressed" } } },
    });

    await expect(rig.open({ profile })).rejects.toMatchObject({
      code: "robot-disconnected",
      details: { topics: ["/nowhere", "/head/depth"] },
    });
  });
});

describe("a camera over rosbridge that misbehaves", () => {
  const IMAGE = "/head/color/compressed";
  const INFO = "/head/camera_info";
  const camera = async (
    faults: Readonly<Record<string, (msg: RosMessage) => readonly RosMessage[]>>,
    more?: Partial<RosBodyOptions>,
  ): Promise<RosBody["head"]> => {
    const rig = await rigOf(2);
    for (const [topic, tamper] of Object.entries(faults)) rig.bridge.faults.tamper.set(topic, tamper);
    return (await rig.open(more)).head;
  };
  const look = { maxAgeMs: 2_000 };

  it("refuses pictures that are old, frozen, unstamped or stamped by another clock", async () => {
    const unstamped = (msg: RosMessage) => [
      { ...msg, header: { stamp: { sec: 0, nanosec: 0 }, frame_id: "head_optical" } },
    ];

    const frozen = await camera({ [IMAGE]: sameStamp() });
    // The first of them may be new.
    await frozen.latest(look).catch(() => undefined);

    await expect(frozen.latest(look)).rejects.toThrow(/frozen/);
    await expect((await camera({ [IMAGE]: staleBy(10_000) })).latest(look)).rejects.toMatchObject({
      code: "stale-frame",
    });
    await expect((await camera({ [IMAGE]: unstamped })).latest(look)).rejects.toThrow(/no stamp/);
    await expect((await camera({ [IMAGE]: staleBy(-3_600_000) })).latest(look)).rejects.toThrow(/ahead/);
  });

  it("keeps order among doubled and reordered pictures", async () => {
    for (const fault of [duplicated(), reordered()]) {
      const head = await camera({ [IMAGE]: fault });
      const [first, second] = [await head.latest(look), await head.latest(look)];

      expect(second.sequence).toBeGreaterThan(first.sequence);
      expect(second.capturedAtMs).toBeGreaterThan(first.capturedAtMs);
    }
  });

  it("passes over half a picture, and says so when there is no whole one", async () => {
    let count = 0;
    const sometimes = (msg: RosMessage) => (++count % 3 === 0 ? [msg] : halfFrames()(msg));

    expect((await (await camera({ [IMAGE]: sometimes })).latest(look)).width).toBe(64);
    await expect((await camera({ [IMAGE]: halfFrames() })).latest(look)).rejects.toThrow(/could not be decoded/);
  });

  it("refuses an unknown encoding, NaN in CameraInfo, distortion, and the info of another camera", async () => {
    const odd = (msg: RosMessage) => [
      { ...msg, format: "h264", data: Buffer.from("not a picture").toString("base64") },
    ];
    const nan = (msg: RosMessage) => [{ ...msg, k: [null, 0, 31, 0, 80, 23, 0, 0, 1] }];
    const bent = (msg: RosMessage) => [{ ...msg, d: [0.2, 0, 0, 0, 0] }];
    const other = (msg: RosMessage) => [{ ...msg, width: 640, height: 640 }];

    await expect((await camera({ [IMAGE]: odd })).latest(look)).rejects.toThrow(
      /Expected JPEG or PNG, found format "h264"/,
    );
    for (const fault of [nan, bent, other]) {
      await expect((await camera({ [INFO]: fault })).latest(look)).rejects.toMatchObject({
        code: "camera-unavailable",
      });
    }
  });

  it("refuses a frame that TF does not know, and depth of another time", async () => {
    const { cameras } = fakeProfile();
    const profile = fakeProfile({ cameras: { head: { ...cameras.head, opticalFrame: "nowhere" } } });

    await expect((await camera({}, { profile })).latest(look)).rejects.toThrow(/Expected a TF frame "nowhere"/);
    await expect((await camera({ "/head/depth": staleBy(10_000) })).latest(look)).rejects.toThrow(/no depth/);
  });

  it("never shows a time before it was asked", async () => {
    const rig = await rigOf(2);
    const { head, robotClock } = await rig.open();
    await head.latest(look);
    const askedAtMs = rig.clock.nowMs();
    const frame = await head.latest(look);

    expect(frame.capturedAtMs).toBeGreaterThan(askedAtMs - Math.min(50, robotClock.errorMs));
  });
});
