import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const ROS = join(import.meta.dirname, "../../launch/ros");
const ROS2 = join(ROS, "ros2/handeye_watchdog");
const hasPython = spawnSync("python3", ["--version"]).status === 0;

it.skipIf(!hasPython)("holds the watchdog nodes' rule to its own tests (skipped without python3)", () => {
  const run = spawnSync("python3", ["-B", "-m", "unittest", "discover", "-s", "test"], { cwd: ROS2, encoding: "utf8" });

  expect(run.stderr).toContain("OK");
  expect(run.status).toBe(0);
});

it.skipIf(!hasPython)("finds no syntax error in the nodes and launch files", () => {
  const files = [
    "ros2/handeye_watchdog/handeye_watchdog/watchdog_node.py",
    "ros2/handeye_watchdog/launch/handeye.launch.py",
    "ros1/handeye_watchdog/scripts/watchdog_node.py",
  ].map((file) => join(ROS, file));
  const parse = "import ast, sys\nfor name in sys.argv[1:]: ast.parse(open(name).read(), name)";

  expect(spawnSync("python3", ["-c", parse, ...files], { encoding: "utf8" })).toMatchObject({ status: 0, stderr: "" });
});

it("gives ROS 1 the same rule, letter by letter", () => {
  const ros2 = readFileSync(join(ROS2, "handeye_watchdog/lease.py"), "utf8");

  expect(readFileSync(join(ROS, "ros1/handeye_watchdog/src/handeye_watchdog/lease.py"), "utf8")).toBe(ros2);
});
