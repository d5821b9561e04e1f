import { availableParallelism, totalmem } from "node:os";
import { createScene, createSimulation } from "../../sim/index.js";
import { loadOnboardEyes } from "./create-eyes.js";
import { plannerLabel } from "./create-planner.js";
import { inspectModels, inspectPulled } from "./models/inspect-models.js";
import { modelsFolder } from "./models/models-folder.js";
import { isRosLaunch } from "./ros-launch.js";
import { createSkills } from "./skills/create-skills.js";
import type { Launch } from "./launch/launch-schema.js";
import { DEFAULT_LAUNCH_FILE, loadLaunch } from "./launch/load-launch.js";

export interface Check {
  readonly name: string;
  readonly ok: boolean;
  /** What was found; for a miss, what to do about it. */
  readonly text: string;
}

const MIN_NODE = [20, 19] as const;

/** Tries everything that a mission needs on this machine, by using it. */
export async function runDoctor(
  launchFile = DEFAULT_LAUNCH_FILE,
  set: readonly string[] = [],
): Promise<readonly Check[]> {
  const checks: Check[] = [checkNode(), checkMachine()];
  checks.push(
    await attempt("launch file", async () => {
      const launch = loadLaunch(launchFile, set);
      return `${launchFile}: ${launch.robot.type} robot, planner ${plannerLabel(launch)}`;
    }),
  );
  for (const model of await inspectModels()) {
    checks.push({
      name: `model ${model.name}`,
      ok: model.problem === undefined,
      text: model.problem ?? `${(model.bytes / 1e6).toFixed(1)} MB, checksums fit`,
    });
  }
  // Sizes only: pulled weights can be gigabytes, and `models verify` reads them all.
  for (const model of await inspectPulled(modelsFolder({}), { hashes: false })) {
    const text = model.problem ?? `${(model.bytes / 1e6).toFixed(1)} MB in ${model.folder}`;
    checks.push({ name: `pulled ${model.name}`, ok: model.problem === undefined, text });
  }
  checks.push(
    await attempt("inference", async () => {
      const eyes = await loadOnboardEyes({ type: "onboard" });
      await eyes.close();
      return "onnxruntime loads the on-board model";
    }),
  );
  checks.push(
    await attempt("simulator", async () => {
      const simulation = await createSimulation({ scene: createScene("tabletop", 1) });
      try {
        await simulation.robot.connect();
        const frame = await simulation.head.latest({ maxAgeMs: 10_000 });
        return `MuJoCo runs; the head camera gives ${frame.width}x${frame.height}`;
      } finally {
        await simulation.close();
      }
    }),
  );
  const launch = tryLaunch(launchFile, set);
  if (launch !== undefined && isRosLaunch(launch)) {
    // Loaded only where it is used: a simulated stack needs nothing of ROS.
    const { doctorRos } = await import("./doctor-ros.js");
    checks.push(...(await doctorRos(launch)));
  }
  if (launch !== undefined) checks.push(...(await checkSkills(launch)));
  return checks;
}

/** A skill counts while one of its back ends is usable; whether a server answers is seen when it is asked. */
async function checkSkills(launch: Launch): Promise<readonly Check[]> {
  const skills = createSkills(launch);
  try {
    return (await skills.list()).map(({ name, enabled, backends }): Check => {
      const check = { name: `skill ${name}` };
      if (!enabled) return { ...check, ok: true, text: "switched off in the launch file" };
      const configured = backends.filter(({ place }) => place !== undefined);
      const usable = configured.filter((backend) => backend.usable).map(({ type }) => type);
      if (usable.length > 0) return { ...check, ok: true, text: `by ${usable.join(", then ")}` };
      return { ...check, ok: false, text: configured.map(({ type, why }) => `${type}: ${why}`).join("; ") };
    });
  } finally {
    await skills.close();
  }
}

/** Undefined for one that does not load; that is a check of its own. */
function tryLaunch(file: string, set: readonly string[]): Launch | undefined {
  try {
    return loadLaunch(file, set);
  } catch {
    return undefined;
  }
}

function checkNode(): Check {
  const [major, minor] = process.versions.node.split(".").map(Number);
  const ok = major > MIN_NODE[0] || (major === MIN_NODE[0] && minor >= MIN_NODE[1]);
  return {
    name: "node",
    ok,
    text: ok ? `v${process.versions.node}` : `v${process.versions.node}; install Node ${MIN_NODE.join(".")} or newer`,
  };
}

function checkMachine(): Check {
  const gigabytes = totalmem() / 2 ** 30;
  const ok = gigabytes >= 2;
  return {
    name: "machine",
    ok,
    text: `${availableParallelism()} cores, ${gigabytes.toFixed(0)} GiB${ok ? "" : "; 2 GiB are needed"}`,
  };
}

async function attempt(name: string, run: () => Promise<string>): Promise<Check> {
  try {
    return { name, ok: true, text: await run() };
  } catch (error) {
    return { name, ok: false, text: error instanceof Error ? error.message : String(error) };
  }
}
