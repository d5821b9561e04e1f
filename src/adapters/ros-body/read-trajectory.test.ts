import { describe, expect, it } from "vitest";
import { readTrajectory } from "./read-trajectory.js";

const JOINTS = [
  { name: "shoulder", lower: -2, upper: 2, maxSpeed: 1 },
  { name: "elbow", lower: 0, upper: 3, maxSpeed: 1 },
];
const point = (positions: readonly unknown[], seconds: unknown = 1) => ({
  positions,
  time_from_start: { sec: seconds, nanosec: 500_000_000 },
});
const goal = (points: readonly object[], names = ["shoulder", "elbow"]) => ({
  trajectory: { joint_names: names, points },
});
const read = (asked: Record<string, unknown>) => readTrajectory(asked, JOINTS, [0, 1]);

describe("readTrajectory", () => {
  it("starts where the joints are, in the controller's order, by the times of either ROS version", () => {
    const ros2 = read(goal([point([1.2, 0.4])], ["elbow", "shoulder"]));
    const ros1 = read({
      trajectory: {
        joint_names: ["shoulder", "elbow"],
        points: [{ positions: [0.4, 1.2], time_from_start: { secs: 1, nsecs: 500_000_000 } }],
      },
    });

    expect(ros2).toEqual({ ok: true, value: { waypoints: [[0, 1], [0.4, 1.2]], timesS: [0, 1.5] } }); // prettier-ignore
    expect(ros1).toEqual(ros2);
  });

  it("takes a point that is due at once for where the joints are", () => {
    const now = { positions: [0.01, 1], time_from_start: { sec: 0, nanosec: 0 } };
    const read1 = read(goal([now, point([0.5, 1])]));

    expect(read1.ok && read1.value.waypoints[0]).toEqual([0, 1]);
  });

  it.each([
    ["no goal at all", {}, "invalidJoints", "none"],
    ["a joint too few", goal([point([0])], ["shoulder"]), "invalidJoints", "shoulder, elbow"],
    ["a joint of another arm", goal([point([0, 1])], ["shoulder", "wrist"]), "invalidJoints", "wrist"],
    ["no points", goal([]), "invalidGoal", "found 0"],
    ["positions that are no numbers", goal([point([null, 1])]), "invalidGoal", "finite"],
    ["a position too few", goal([point([0])]), "invalidGoal", "2 finite positions"],
    ["times that stand still", goal([point([0, 1]), point([0.1, 1])]), "invalidGoal", "rising"],
    ["no time", goal([point([0, 1], null)]), "invalidGoal", "rising"],
    ["a position beyond its limits", goal([point([0, 3.1])]), "invalidGoal", "elbow goes from 0 to 3"],
    [
      "a start somewhere else",
      goal([{ positions: [1, 1], time_from_start: { sec: 0, nanosec: 0 } }]),
      "invalidGoal",
      "1.00 rad",
    ],
    ["more speed than a joint has", goal([point([1.9, 1])]), "invalidGoal", "shoulder turns at 1 rad/s"],
  ])("refuses %s", (_what, asked, code, says) => {
    const outcome = read(asked);

    expect(outcome).toMatchObject({ ok: false, code });
    expect(outcome.ok ? "" : outcome.message).toContain(says);
  });
});
