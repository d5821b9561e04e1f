import { describe, expect, it } from "vitest";
import { createRosStack } from "../../src/app/create-runtime.js";
import { loadLaunch } from "../../src/app/launch/load-launch.js";
import { isRosLaunch } from "../../src/app/ros-launch.js";
import { startSimRos } from "../../src/app/sim-ros-stack.js";
import { isLeftOut, realRosbridge } from "../support/real-rosbridge.js";
import { createScene } from "../../sim/index.js";

/** Motions take their time on a real robot; the simulated one may hurry. */
const RATE = 3;

describe("a mission over ROS", { timeout: 240_000 }, () => {
  it.each(([1, 2] as const).filter((version) => !isLeftOut(version)))(
    "takes the green bag out of the drawer, by ROS %i, as in process",
    async (version) => {
      const ros = await startSimRos({
        version,
        bridgeUrl: realRosbridge(version),
        scene: createScene("kitchen", 1),
        rate: RATE,
        fps: 5,
        leaseMs: 2_000,
      });
      try {
        const launch = loadLaunch(`launch/kitchen-ros${version}.json`, [
          `robot.url="${ros.url}"`,
          // A loaded machine may need seconds for a picture. Each look waits for one of after it was asked for, so none is out of date.
          "cameras.head.maxAgeMs=20000",
        ]);
        if (!isRosLaunch(launch)) throw new Error("Expected a launch file for ROS.");
        const runtime = await createRosStack(launch, { arm: true });
        const result = await runtime.run("take the green bag out of the drawer");
        const truth = await ros.simulation.truth.snapshot();
        await runtime.close();

        expect(result).toMatchObject({ outcome: "done", grade: "verified" });
        expect(result.receipts.map(({ action, grade }) => `${action.action} ${grade}`)).toEqual([
          "open verified",
          "grasp verified",
          "done verified",
        ]);
        expect(truth.objects.filter(({ held }) => held)).toMatchObject([{ kind: "bag", color: "green" }]);
      } finally {
        await ros.close();
      }
    },
  );
});
