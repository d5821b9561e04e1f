import { describe, expect, it } from "vitest";
import { killController, startSimProcess } from "../support/killed-controller.js";
import { runCli } from "../support/run-cli.js";

describe("robots in ROS, each program a process of its own", { timeout: 180_000 }, () => {
  it("leaves the robot held when the controller is killed in mid-motion", async () => {
    const { holder, movedAfterwardsRad } = await killController({ version: 2, leaseMs: 1_500, rate: 1 });

    expect(holder).toMatch(/^sim-ros2@/);
    expect(movedAfterwardsRad).toBeLessThan(0.005);
  });

  it("tells what is there of a robot, and what is not", async () => {
    const sim = await startSimProcess(["--ros-version", "2", "--fps", "3"]);
    try {
      const doctor = ["doctor", "--launch", "launch/kitchen-ros2.json", "--set", `robot.url="${sim.url}"`];
      const unwatched = await runCli(doctor);
      const wrongVersion = await runCli([...doctor, "--set", "robot.version=1", "--set", "robot.profile=sim-ros1"]);

      expect(unwatched.stdout).toMatch(/ok +link +rosbridge of ROS 2/);
      expect(unwatched.stdout).toMatch(/ok +\/head\/image\/compressed/);
      expect(unwatched.stdout).toMatch(/ok +robot model +handeye-sim-panda: 7 joints, 11 capsules/);
      expect(unwatched.stdout).toMatch(/ok +\/arm_controller\/follow_joint_trajectory +control_msgs/);
      expect(unwatched.stdout).toMatch(/ok +head camera .* in frame head_optical/);
      expect(unwatched.stdout).toMatch(/MISS +lease +Expected a watchdog on \/handeye\/watchdog, found none\. Start/);
      expect(unwatched.code).toBe(1);
      expect(wrongVersion.stdout).toMatch(/MISS +link +Expected ROS 1 .* found ROS 2\. Set robot\.version/);
    } finally {
      expect(await sim.end()).toBe(0);
    }
  });

  it("says where it looked when there is no rosbridge", async () => {
    const run = await runCli(["sim", "--ros", "ws://127.0.0.1:9"]);

    expect(run.stderr).toMatch(/robot-disconnected: Expected a rosbridge at ws:\/\/127\.0\.0\.1:9.* Check the address/);
    expect(run.code).not.toBe(0);
  });

  it("says what is in the simulator when it is asked for nothing else", async () => {
    const [words, json] = [await runCli(["sim"]), await runCli(["sim", "--json"])];

    expect(words.stdout).toContain("thing    green-bag-1: green bag");
    expect(JSON.parse(json.stdout)).toMatchObject({ scene: "kitchen", seed: 1, robot: { joints: 7 } });
  });
});
