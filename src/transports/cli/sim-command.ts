import { describeSim, serveSimRobot } from "../../app/sim-robot.js";
import { ControllerError } from "../../domain/errors.js";

export interface SimOptions {
  readonly ros?: string;
  readonly bridge?: number;
  readonly rosVersion: string;
  readonly scene: string;
  readonly seed: number;
  readonly rate: number;
  readonly fps: number;
  readonly wristFps: number;
  readonly lease?: number;
  readonly json?: boolean;
}

/**
 * The simulator by itself. Without `--ros` and `--bridge` it says what it is; with either it is a robot in a ROS graph until it is
 * interrupted.
 */
export async function simCommand(options: SimOptions): Promise<number> {
  const scene = oneOf("--scene", options.scene, ["kitchen", "tabletop"] as const);
  const version = Number(oneOf("--ros-version", options.rosVersion, ["1", "2"] as const)) as 1 | 2;
  const out = (line: string): boolean => process.stdout.write(`${line}\n`);
  if (options.ros !== undefined && options.bridge !== undefined) {
    throw new ControllerError("bad-input", "Expected --ros or --bridge: a rosbridge that runs already, or a new one.");
  }
  const about = describeSim(scene, options.seed);
  if (options.ros === undefined && options.bridge === undefined) {
    if (options.json === true) {
      out(JSON.stringify(about));
      return 0;
    }
    const { robot, cameras, drawers, things } = about;
    const lines = [
      `${scene}, seed ${about.seed}: ${robot.name}, ${robot.joints} joints, gripper ${robot.gripperWidthM} m`,
      `cameras  ${cameras.join(", ")}`,
      ...drawers.map(({ id, openM }) => `drawer   ${id}, open ${openM.toFixed(2)} m`),
      ...things.map(({ id, kind, color }) => `thing    ${id}: ${color} ${kind}`),
      "As a robot for other programs: handeye sim --bridge 9090, or handeye sim --ros ws://HOST:9090",
    ];
    out(lines.join("\n"));
    return 0;
  }
  const server = await serveSimRobot({
    scene,
    seed: options.seed,
    rate: options.rate,
    version,
    fps: options.fps,
    wristFps: options.wristFps,
    ...(options.ros === undefined ? { bridgePort: options.bridge } : { url: options.ros }),
    ...(options.lease === undefined ? {} : { leaseMs: options.lease }),
    onNote: (level, text) => void process.stderr.write(`${level}: ${text}\n`),
  });
  const ready = { event: "ready", url: server.url, version, scene, seed: options.seed, leaseMs: options.lease ?? null };
  if (options.json === true) out(JSON.stringify(ready));
  else {
    out(`A robot of ROS ${version} at ${server.url}: ${scene}, seed ${options.seed}. Interrupt to end.`);
    out(
      `In another terminal: handeye --launch launch/kitchen-ros${version}.json --set robot.url=${server.url} --arm "..."`,
    );
  }
  await new Promise<void>((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
  await server.close();
  return 0;
}

function oneOf<T extends string>(name: string, value: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value);
  if (found === undefined) {
    throw new ControllerError("bad-input", `${name} expects ${choices.join(" or ")}; found "${value}".`);
  }
  return found;
}
