import { describe, expect, it } from "vitest";
import { DEFAULT_LAUNCH_FILE, loadLaunch } from "../launch/load-launch.js";
import { honestLaunch } from "./honest-launch.js";
import { rowLabel } from "./row-label.js";

describe("an honest benchmark", () => {
  it("lets the simulated world go on at real time, and changes nothing else", () => {
    const launch = loadLaunch(DEFAULT_LAUNCH_FILE);
    const honest = honestLaunch(launch);

    expect(honest.robot).toEqual({ ...launch.robot, rate: 1 });
    expect({ ...honest, robot: launch.robot }).toEqual(launch);
  });

  it("leaves a robot over ROS alone: its world goes on in any case", () => {
    const launch = loadLaunch("launch/kitchen-ros2.json");

    expect(honestLaunch(launch)).toBe(launch);
  });

  it("is never taken for one whose world waits", () => {
    const launch = loadLaunch(DEFAULT_LAUNCH_FILE);

    expect(rowLabel(launch)).toBe("on-board");
    expect(rowLabel(honestLaunch(launch))).toBe("on-board, world at 1 x real time");
  });
});
