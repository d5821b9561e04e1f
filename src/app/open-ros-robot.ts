import { readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { resolve } from "node:path";
import { createMachineTimers } from "../adapters/clock/machine-timers.js";
import { unixTimeMs } from "../adapters/clock/machine-clock.js";
import { openRosBody } from "../adapters/ros/index.js";
import { ControllerError } from "../domain/errors.js";
import type { Body, BodyEvent } from "./body.js";
import { filmCamera } from "./film-camera.js";
import { loadProfile } from "./load-profile.js";
import type { RosLaunch } from "./ros-launch.js";

/** The robot that a launch file names, over rosbridge. Throws `bad-launch-file` or `robot-disconnected`. */
export async function openRosRobot(launch: RosLaunch): Promise<Body> {
  const { profile: name, url, version, requireLease, id } = launch.robot;
  const { profile, folder } = loadProfile(name);
  if (launch.cameras.head.depth === "sensor" && profile.cameras.head.depth === undefined) {
    throw new ControllerError(
      "bad-launch-file",
      `cameras.head.depth is "sensor", but profile "${profile.name}" has no depth topic. Set cameras.head.depth to "none", or add the topic.`,
    );
  }
  const listeners = new Set<(event: BodyEvent) => void>();
  const timers = createMachineTimers();
  const clock = { nowMs: unixTimeMs };
  /** What was said before anybody listened. */
  const early: BodyEvent[] = [];
  const tell = (event: BodyEvent): void => {
    if (listeners.size === 0) early.push(event);
    for (const listener of listeners) listener(event);
  };
  const body = await openRosBody({
    url,
    version,
    profile: launch.cameras.head.depth === "none" ? withoutDepth(profile) : profile,
    requireLease,
    holder: `${id}@${hostname()}:${process.pid}:${unixTimeMs().toString(36)}`,
    clock,
    timers,
    readText: (path) => readFile(resolve(folder, path), "utf8"),
    onNote: (level, text) => tell({ type: "note", level, text }),
    onHalt: (reason) => tell({ type: "lost", reason }),
  });
  return {
    robot: body.robot,
    head: body.head,
    ...(body.wrist === undefined ? {} : { wrist: body.wrist }),
    clock,
    film: (options) =>
      filmCamera(options.camera === "wrist" && body.wrist !== undefined ? body.wrist : body.head, options, timers),
    armedByCommand: false,
    onEvent(listener) {
      listeners.add(listener);
      for (const event of early.splice(0)) listener(event);
    },
    close: () => body.close(),
  };
}

const withoutDepth = (profile: ReturnType<typeof loadProfile>["profile"]) => {
  const { depth: _depth, ...head } = profile.cameras.head;
  return { ...profile, cameras: { ...profile.cameras, head } };
};
