import { monitorEventLoopDelay } from "node:perf_hooks";
import { createRuntime } from "../../src/app/create-runtime.js";
import { DEFAULT_LAUNCH_FILE, loadLaunch } from "../../src/app/launch/load-launch.js";
import { ms, type Measurement } from "./measure.js";

const RESOLUTION_MS = 1;

/** The longest time for which the main thread did not answer during one mission: what a stop from the keyboard may have to wait. */
export async function measureEventLoopStall(overrides: readonly string[]): Promise<readonly Measurement[]> {
  const launch = loadLaunch(DEFAULT_LAUNCH_FILE, overrides);
  const runtime = await createRuntime(launch);
  const monitor = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  try {
    monitor.enable();
    const start = performance.now();
    const result = await runtime.run("take the green bag out of the drawer");
    const seconds = (performance.now() - start) / 1000;
    monitor.disable();
    // The histogram counts the timer's own period in.
    const stall = (nanoseconds: number): string => ms(Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS));
    return [
      {
        name: "main thread, longest stall",
        value: stall(monitor.max),
        beside: `99th percentile ${stall(monitor.percentile(99))}, in a mission of ${seconds.toFixed(1)} s (${result.outcome}, perception ${launch.perception.type})`,
      },
    ];
  } finally {
    await runtime.close();
  }
}
