import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { createMachineTimers } from "../adapters/clock/machine-timers.js";
import { unixTimeMs } from "../adapters/clock/machine-clock.js";
import { createActionClient } from "../adapters/ros/create-action-client.js";
import { fetchUrdf } from "../adapters/ros/fetch-urdf.js";
import { checkGraph, createRobotClock, createRosLink, type RosLink, type RosProfile } from "../adapters/ros/index.js";
import { headerFrame, headerStampMs, rosType } from "../adapters/ros/stamps.js";
import type { RosMessage } from "../adapters/ros/ros-types.js";
import { createTfBuffer } from "../adapters/ros/tf-buffer.js";
import { robotModelFromUrdf } from "../adapters/ros/urdf-robot-model.js";
import type { Check } from "./doctor.js";
import { loadProfile } from "./load-profile.js";
import type { RosLaunch } from "./ros-launch.js";

/** Silent topics are waited for this long. */
const LISTEN_MS = 5_000;
/** Frames of moving parts come in a few times a second. */
const SERVER_MS = 3_000;
/** Clocks that are further apart make a wrong age of every picture unless the offset is known; it is, and said. */
const CLOCK_NOTE_MS = 100;

/** Tries everything that a launch file for ROS needs of the robot's side, without moving anything and without taking the lease. */
export async function doctorRos(launch: RosLaunch): Promise<readonly Check[]> {
  const { url, version, profile: name, requireLease } = launch.robot;
  const { profile, folder } = loadProfile(name);
  const timers = createMachineTimers();
  const clock = { nowMs: unixTimeMs };
  const link = createRosLink({ url, version, timers });
  const checks: Check[] = [];
  const add = (what: string, ok: boolean, text: string): void => void checks.push({ name: what, ok, text });
  try {
    try {
      await link.connect();
      add("link", true, `rosbridge of ROS ${version} at ${url}, data and stop lines`);
    } catch (error) {
      add("link", false, messageOf(error));
      return checks;
    }
    const robotClock = createRobotClock({ link, clock, timers });
    const measured = await robotClock.measure();
    const offsetMs = Math.round(robotClock.offsetMs ?? 0);
    add(
      "clock",
      measured,
      measured
        ? `the robot's is ${offsetMs} ms ahead of this machine's${Math.abs(offsetMs) > CLOCK_NOTE_MS ? "; ages count by the robot's. Run chrony on both" : ""}`
        : "Expected /rosapi/get_time to answer, found nothing. Launch the rosapi node.",
    );
    for (const { what, ok, message } of await checkGraph(link, profile)) add(what, ok, message);
    checks.push(await checkModel(link, profile, folder));
    for (const check of await checkServers(link, profile)) checks.push(check);
    checks.push(await checkPicture(link, profile, robotClock));
    if (requireLease) checks.push(await checkLease(link, profile));
    else add("lease", true, "not required: nothing holds the robot when this program dies");
    return checks;
  } finally {
    link.close();
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function checkModel(link: RosLink, profile: RosProfile, folder: string): Promise<Check> {
  const name = "robot model";
  try {
    const readText = (path: string): Promise<string> => readFile(resolve(folder, path), "utf8");
    const xml = await fetchUrdf(link, profile.model.source, { timers: createMachineTimers(), readText });
    const gripper = { maxWidthM: 0.08, maxForceN: 40 };
    const model = robotModelFromUrdf(xml, { ...profile.model, gripper });
    if (!model.ok) return { name, ok: false, text: model.message };
    const names = model.value.joints.map((joint) => joint.name);
    const same = names.join() === profile.arm.joints.join();
    return {
      name,
      ok: same,
      text: same
        ? `${model.value.name}: ${names.length} joints, ${model.value.capsules.length} capsules`
        : `Expected arm.joints to be ${names.join(", ")}; found ${profile.arm.joints.join(", ")}. Correct the profile.`,
    };
  } catch (error) {
    return { name, ok: false, text: messageOf(error) };
  }
}

async function checkServers(link: RosLink, profile: RosProfile): Promise<readonly Check[]> {
  const { arm, gripper, base, head } = profile;
  const timers = createMachineTimers();
  const wanted = [
    {
      action: arm.action,
      type: arm.type === "moveit" ? "moveit_msgs/MoveGroup" : "control_msgs/FollowJointTrajectory",
    },
    ...(gripper.type === "none"
      ? []
      : [
          {
            action: gripper.action,
            type:
              gripper.type === "gripper-command"
                ? "control_msgs/GripperCommand"
                : "control_msgs/ParallelGripperCommand",
          },
        ]),
    ...(base.type === "nav2" ? [{ action: base.action, type: "nav2_msgs/NavigateToPose" }] : []),
    ...(head === undefined ? [] : [{ action: head.action, type: "control_msgs/FollowJointTrajectory" }]),
  ];
  return Promise.all(
    wanted.map(async ({ action, type }) => {
      const client = createActionClient(link, { action, type, timers });
      const ok = await client.ready(SERVER_MS);
      client.close();
      return {
        name: action,
        ok,
        text: ok
          ? `${type} is served`
          : `Expected an action server (${type}) within ${SERVER_MS} ms, found none. Start its controller, or correct the profile.`,
      };
    }),
  );
}

/** A picture comes, is recent by the robot's clock, and the frames say from where it was taken. */
async function checkPicture(
  link: RosLink,
  { cameras, frames }: RosProfile,
  robotClock: { toMachineMs(robotMs: number): number },
): Promise<Check> {
  const { topic, transport } = cameras.head.color;
  const name = "head camera";
  const tf = createTfBuffer();
  const tfType = rosType(link.version, "msg", "tf2_msgs/TFMessage");
  link.subscribe("/tf", tfType, (message) => tf.add(message, { fixed: false }), { queueLength: 100 });
  link.subscribe("/tf_static", tfType, (message) => tf.add(message, { fixed: true }), { queueLength: 100 });
  const type = transport === "raw" ? "sensor_msgs/Image" : "sensor_msgs/CompressedImage";
  const pictures = [await next(link, topic, type), await next(link, topic, type)];
  const picture = pictures[1] ?? pictures[0];
  if (picture === undefined) {
    return { name, ok: false, text: `Expected pictures on ${topic}, found none in ${LISTEN_MS} ms. Start the camera.` };
  }
  const stampMs = headerStampMs(picture);
  if (stampMs === undefined) return { name, ok: false, text: `Expected stamped pictures on ${topic}, found no stamp.` };
  const frame = cameras.head.opticalFrame ?? headerFrame(picture);
  const pose = tf.lookup(frames.base, frame, "latest");
  if (!pose.ok) return { name, ok: false, text: pose.message };
  const ageMs = Math.round(unixTimeMs() - robotClock.toMachineMs(stampMs));
  const [x, y, z] = pose.value.position.map((value) => value.toFixed(2));
  return {
    name,
    ok: ageMs < LISTEN_MS,
    text:
      ageMs < LISTEN_MS
        ? `${ageMs} ms old, in frame ${frame} at (${x}, ${y}, ${z}) in ${frames.base}`
        : `Expected fresh pictures on ${topic}, found one of ${ageMs} ms. The camera is frozen, or its clock is not the robot's.`,
  };
}

async function checkLease(link: RosLink, { lease }: RosProfile): Promise<Check> {
  const status = await next(link, lease.watchdog, "std_msgs/String");
  return {
    name: "lease",
    ok: status !== undefined,
    text:
      status === undefined
        ? `Expected a watchdog on ${lease.watchdog}, found none. Start launch/ros beside the robot, or pass --no-lease.`
        : `the watchdog says ${String(status.data)}`,
  };
}

/** The next message of a topic; undefined where none comes. */
function next(link: RosLink, topic: string, type: string): Promise<RosMessage | undefined> {
  return new Promise((done) => {
    const finish = (message: RosMessage | undefined): void => {
      cancel();
      queueMicrotask(() => unsubscribe());
      done(message);
    };
    const cancel = createMachineTimers().after(LISTEN_MS, () => finish(undefined));
    const unsubscribe = link.subscribe(topic, rosType(link.version, "msg", type), finish);
  });
}
