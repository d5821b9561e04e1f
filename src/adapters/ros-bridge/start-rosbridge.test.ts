import { decode } from "cbor2";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { createFakeClock } from "../../../test/support/fake-clock.js";
import { GOAL_STATUS, noFaults, staleBy, startRosbridge, type Op, type Rosbridge } from "./index.js";

/** A client that remembers what it got and can wait for more. */
async function join(bridge: Rosbridge) {
  const socket = new WebSocket(bridge.url);
  const got: Op[] = [];
  const waiting: { fits: (op: Op) => boolean; resolve: (op: Op) => void }[] = [];
  socket.on("message", (data, isBinary) => {
    const op = (isBinary ? decode(data as Buffer) : JSON.parse((data as Buffer).toString())) as Op;
    got.push(op);
    for (const waiter of waiting.splice(0)) {
      if (waiter.fits(op)) waiter.resolve(op);
      else waiting.push(waiter);
    }
  });
  await new Promise((resolve) => socket.once("open", resolve));
  const next = (fits: (op: Op) => boolean): Promise<Op> => {
    const found = got.find(fits);
    return found === undefined
      ? new Promise((resolve) => void waiting.push({ fits, resolve }))
      : Promise.resolve(found);
  };
  let asked = 0;
  const say = (...ops: Op[]): void => ops.forEach((op) => socket.send(JSON.stringify(op)));
  const call = async (service: string, args: object = {}): Promise<Op> => {
    const id = `ask-${++asked}`;
    say({ op: "call_service", id, service, args });
    return next((op) => op.op === "service_response" && op.id === id);
  };
  return { socket, got, next, say, call };
}

describe("rosbridge", () => {
  const open: Rosbridge[] = [];
  const start = async (version: 1 | 2, more: { goalsInNewThread?: boolean; maxMessageSize?: number } = {}) => {
    const clock = createFakeClock();
    const bridge = await startRosbridge({ version, clock, timers: clock.timers, ...more });
    open.push(bridge);
    return { bridge, clock };
  };
  afterEach(async () => {
    for (const bridge of open.splice(0)) await bridge.close();
  });
  const isPublish = (op: Op): boolean => op.op === "publish";

  it("brings what one client publishes to another, and a latched message to latecomers", async () => {
    const { bridge } = await start(1);
    const robot = await join(bridge);
    robot.say(
      { op: "advertise", topic: "/stopped", type: "std_msgs/Bool", latch: true },
      { op: "publish", topic: "/stopped", msg: { data: true } },
    );
    await robot.call("/rosapi/get_time");

    const late = await join(bridge);
    late.say({ op: "subscribe", topic: "/stopped", type: "std_msgs/Bool" });

    expect(await late.next(isPublish)).toEqual({ op: "publish", topic: "/stopped", msg: { data: true } });
  });

  it("sends pictures as bytes to who asks for CBOR, and nothing at all of joint states, as the real one", async () => {
    const { bridge } = await start(2);
    const [robot, viewer] = [await join(bridge), await join(bridge)];
    viewer.say(
      { op: "subscribe", topic: "/joint_states", compression: "cbor", type: "sensor_msgs/msg/JointState" },
      { op: "subscribe", topic: "/image", compression: "cbor", type: "sensor_msgs/msg/CompressedImage" },
    );
    await viewer.call("/rosapi/get_time");
    robot.say(
      { op: "publish", topic: "/joint_states", msg: { position: [1] } },
      { op: "publish", topic: "/image", msg: { format: "jpeg", data: Buffer.from([1, 2, 3]).toString("base64") } },
    );

    const seen = await viewer.next(isPublish);

    expect(seen.topic).toBe("/image");
    expect([...(seen.msg as { data: Uint8Array }).data]).toEqual([1, 2, 3]);
  });

  it("keeps the newest of what a throttle holds back", async () => {
    const { bridge, clock } = await start(1);
    const [robot, viewer] = [await join(bridge), await join(bridge)];
    viewer.say({ op: "subscribe", topic: "/n", type: "std_msgs/Int32", throttle_rate: 100, queue_length: 1 });
    await viewer.call("/rosapi/get_time");
    robot.say(...[1, 2, 3].map((data) => ({ op: "publish", topic: "/n", msg: { data } })));
    await robot.call("/rosapi/get_time");

    clock.advance(100);
    await viewer.call("/rosapi/get_time");

    expect(viewer.got.filter(isPublish).map((op) => (op.msg as { data: number }).data)).toEqual([1, 3]);
  });

  it("relays a service, its errors, and a service that is not there", async () => {
    const { bridge } = await start(1);
    const [robot, asker] = [await join(bridge), await join(bridge)];
    robot.say({ op: "advertise_service", service: "/stop", type: "std_srvs/Trigger" });
    await robot.call("/rosapi/get_time");
    const answer = asker.call("/stop");
    const asked = await robot.next((op) => op.op === "call_service");
    robot.say({ op: "service_response", id: asked.id, service: "/stop", values: { success: true }, result: true });

    expect(await answer).toMatchObject({ values: { success: true }, result: true });
    expect(await asker.call("/nothing")).toMatchObject({ result: false, values: "Service /nothing does not exist" });
  });

  it("says `result: true` of an aborted goal, with the truth in the status", async () => {
    const { bridge } = await start(2);
    const [robot, controller] = [await join(bridge), await join(bridge)];
    robot.say({ op: "advertise_action", action: "/arm", type: "control_msgs/action/FollowJointTrajectory" });
    await robot.call("/rosapi/get_time");
    controller.say({ op: "send_action_goal", id: "g1", action: "/arm", args: {}, feedback: true });
    const goal = await robot.next((op) => op.op === "send_action_goal");
    robot.say(
      { op: "action_feedback", id: goal.id, action: "/arm", values: { n: 1 } },
      { op: "action_result", id: goal.id, action: "/arm", values: {}, status: GOAL_STATUS.aborted, result: true },
    );

    expect(await controller.next((op) => op.op === "action_feedback")).toMatchObject({ id: "g1", values: { n: 1 } });
    expect(await controller.next((op) => op.op === "action_result")).toMatchObject({
      id: "g1",
      status: 6,
      result: true,
    });
  });

  it("lets a goal outlive its client, and another client cancel it", async () => {
    const { bridge } = await start(2);
    const [robot, controller, other] = [await join(bridge), await join(bridge), await join(bridge)];
    robot.say({ op: "advertise_action", action: "/arm", type: "x" });
    await robot.call("/rosapi/get_time");
    controller.say({ op: "send_action_goal", id: "g1", action: "/arm" });
    const goal = await robot.next((op) => op.op === "send_action_goal");
    controller.socket.terminate();
    other.say({ op: "cancel_action_goal", id: "g1", action: "/arm" });

    expect(await robot.next((op) => op.op === "cancel_action_goal")).toMatchObject({ id: goal.id });
  });

  it("reads nothing behind a running goal when goals block, as rosbridge before 2.2 did", async () => {
    const { bridge } = await start(2, { goalsInNewThread: false });
    const [robot, controller] = [await join(bridge), await join(bridge)];
    robot.say({ op: "advertise_action", action: "/arm", type: "x" });
    await robot.call("/rosapi/get_time");
    controller.say({ op: "send_action_goal", id: "g1", action: "/arm" });
    const goal = await robot.next((op) => op.op === "send_action_goal");
    controller.say({ op: "cancel_action_goal", id: "g1", action: "/arm" });
    await robot.call("/rosapi/get_time");
    expect(robot.got.some((op) => op.op === "cancel_action_goal")).toBe(false);

    robot.say({ op: "action_result", id: goal.id, action: "/arm", values: {}, status: 4, result: true });

    expect(await controller.next((op) => op.op === "action_result")).toMatchObject({ status: 4 });
  });

  it("cuts long messages into fragments", async () => {
    const { bridge } = await start(2, { maxMessageSize: 100 });
    const asker = await join(bridge);
    asker.say({ op: "call_service", id: "long", service: "/rosapi/services", args: {} });

    const first = await asker.next((op) => op.op === "fragment");
    const last = await asker.next((op) => op.op === "fragment" && op.num === (op.total as number) - 1);

    expect(first.num).toBe(0);
    expect(last.id).toBe(first.id);
  });

  it("makes stamps older without touching the rest", () => {
    const [changed] = staleBy(1500)({ header: { stamp: { sec: 10, nanosec: 250_000_000 }, frame_id: "a" }, data: "x" });

    expect(changed).toEqual({ header: { stamp: { sec: 8, nanosec: 750_000_000 }, frame_id: "a" }, data: "x" });
    expect(noFaults().rejectGoals).toBe("no");
  });

  it("says nothing while it is frozen, and everything afterwards", async () => {
    const { bridge } = await start(2);
    const asker = await join(bridge);
    bridge.freeze();
    const answer = asker.call("/rosapi/get_ros_version");
    const other = await new Promise((resolve) => {
      const socket = new WebSocket(bridge.url);
      socket.once("open", () => resolve(socket.terminate()));
    });
    expect([other, asker.got]).toEqual([undefined, []]);

    bridge.thaw();

    expect(await answer).toMatchObject({ values: { version: 2 }, result: true });
  });
});
