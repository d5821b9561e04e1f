import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { packageRoot } from "../../src/app/package-root.js";
import { joinRosbridge } from "./ros-client.js";

const MAIN = join(packageRoot(), "dist/src/transports/cli/main.js");

/** The compiled command line as a process; `line` resolves with the first line of its stdout that fits. */
export function startHandeye(args: readonly string[]): {
  readonly child: ChildProcess;
  readonly line: (fits: (line: string) => boolean) => Promise<string>;
} {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: packageRoot(),
    env: { ...process.env, NO_COLOR: "1", XDG_STATE_HOME: mkdtempSync(join(tmpdir(), "handeye-state-")) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
  const lines = createInterface({ input: child.stdout });
  const seen: string[] = [];
  lines.on("line", (line) => seen.push(line));
  return {
    child,
    line: (fits) =>
      new Promise((resolve, reject) => {
        const found = seen.find(fits);
        if (found !== undefined) return resolve(found);
        lines.on("line", (line) => fits(line) && resolve(line));
        child.once("exit", (code) => reject(new Error(`handeye ${args[0]} left with ${code}: ${stderr}`)));
      }),
  };
}

/** A simulated robot behind a rosbridge of its own, as a process. */
export async function startSimProcess(args: readonly string[]) {
  const { child, line } = startHandeye(["sim", "--bridge", "0", "--json", ...args]);
  const { url } = JSON.parse(await line((text) => text.includes(`"event":"ready"`))) as { url: string };
  return {
    url,
    async end(): Promise<number | null> {
      const left = once(child, "exit") as Promise<[number | null]>;
      child.kill("SIGTERM");
      return (await left)[0];
    },
  };
}

export interface KilledController {
  /** From the kill to the watchdog's word that the robot is held, as another client hears it, ms. */
  readonly heldAfterMs: number;
  readonly holder: string;
  /** How far any joint went once the servos had braked. */
  readonly movedAfterwardsRad: number;
}

/** Kills a controller in mid-motion (`kill -9`: it can say nothing more) and waits for the robot to be held. */
export async function killController(options: {
  readonly version: 1 | 2;
  readonly leaseMs: number;
  readonly rate: number;
}): Promise<KilledController> {
  const { version, leaseMs, rate } = options;
  const sim = await startSimProcess(`--ros-version ${version} --lease ${leaseMs} --rate ${rate} --fps 3`.split(" "));
  const watcher = await joinRosbridge(sim.url);
  const type = (name: string): string => (version === 1 ? name : name.replace("/", "/msg/"));
  watcher.say(
    { op: "subscribe", topic: "/handeye/watchdog", type: type("std_msgs/String") },
    { op: "subscribe", topic: "/joint_states", type: type("sensor_msgs/JointState"), queue_length: 1 },
  );
  try {
    const { child, line } = startHandeye([
      ...`--launch launch/kitchen-ros${version}.json --set robot.url=${sim.url} --arm --json`.split(" "),
      "--set",
      "cameras.head.maxAgeMs=20000",
      "take the red mug",
    ]);
    await line((text) => text.includes(`"event":"command"`) && text.includes(`"verdict":"sent"`));
    const killedAtMs = performance.now();
    child.kill("SIGKILL");
    let status = { state: "", holder: "" };
    while (status.state !== "held") {
      const { data } = await watcher.message("/handeye/watchdog");
      status = JSON.parse(data as string) as typeof status;
    }
    const heldAfterMs = performance.now() - killedAtMs;
    const positions = async (): Promise<number[]> => (await watcher.message("/joint_states")).position as number[];
    // One that may be from before the hold, one in which the servos have braked, and one much later.
    for (let i = 0; i < 10; i++) await positions();
    const braked = await positions();
    for (let i = 0; i < 25; i++) await positions();
    const later = await positions();
    const moved = later.map((position, i) => Math.abs(position - braked[i]));
    return { heldAfterMs, holder: status.holder, movedAfterwardsRad: Math.max(...moved) };
  } finally {
    watcher.close();
    await sim.end();
  }
}
