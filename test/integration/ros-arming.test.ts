import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRosStack } from "../../src/app/create-runtime.js";
import { loadLaunch } from "../../src/app/launch/load-launch.js";
import { isRosLaunch } from "../../src/app/ros-launch.js";
import { createMachineTimers, unixTimeMs } from "../../src/app/machine-time.js";
import type { Runtime } from "../../src/app/runtime.js";
import { startSimRos, type SimRos } from "../../src/app/sim-ros-stack.js";
import { createSensorDepth } from "../../src/perception/index.js";
import { createScene } from "../../sim/index.js";
import { startRosbridge, type Rosbridge } from "../support/rosbridge/index.js";

/** Eyes that see nothing: what is tested here is who may move, not what is found. */
const blind = {
  grounder: { name: "blind", ground: () => Promise.resolve([]), close: () => Promise.resolve() },
  depth: createSensorDepth(),
  close: () => Promise.resolve(),
};

describe("a robot in a ROS graph", { timeout: 120_000 }, () => {
  let bridge: Rosbridge;
  let ros: SimRos;
  let runtime: Runtime;
  const texts: string[] = [];
  const mission = () => runtime.run("take the red apple");

  beforeAll(async () => {
    bridge = await startRosbridge({ version: 2, clock: { nowMs: unixTimeMs }, timers: createMachineTimers() });
    const scene = createScene("kitchen", 1);
    ros = await startSimRos({ version: 2, scene, bridgeUrl: bridge.url, rate: 1, fps: 5, leaseMs: 5_000 });
    const launch = loadLaunch("launch/kitchen-ros2.json", [`robot.url="${ros.url}"`, "cameras.head.maxAgeMs=20000"]);
    if (!isRosLaunch(launch)) throw new Error("Expected a launch file for ROS.");
    runtime = await createRosStack(launch, { eyes: blind });
    runtime.subscribe({ publish: (event) => void (event.event === "note" && texts.push(event.text)) });
  }, 120_000);
  afterAll(async () => {
    await runtime.close();
    await ros.close();
    await bridge.close();
  });

  it("moves for nobody until a person has armed it", async () => {
    expect(await mission()).toMatchObject({ grade: "refused", code: "not-approved" });

    runtime.arm();

    expect(await mission()).toMatchObject({ code: "not-visible" });
  });

  it("is stopped by a broken link, and disarmed by it", async () => {
    const stopped = new Promise<void>((resolve) => {
      const end = runtime.subscribe({
        publish: (event) => {
          if (event.event !== "state" || event.safety !== "stopped") return;
          end();
          resolve();
        },
      });
    });
    const back = new Promise<void>((resolve) => {
      const end = runtime.subscribe({
        publish: (event) => {
          if (event.event !== "note" || !event.text.includes("is back")) return;
          end();
          resolve();
        },
      });
    });
    // The robot itself was the first to connect.
    bridge.dropLinks((client) => client !== "/client_1");
    await Promise.all([stopped, back]);

    expect(texts.join("\n")).toContain("the link is lost");
    expect(await mission()).toMatchObject({ outcome: "stopped" });
    await runtime.reset();
    expect(await mission()).toMatchObject({ grade: "refused", code: "not-approved" });
  });
});
