import { measureEventLoopStall } from "./event-loop-stall.js";
import { measureLeaseHold } from "./lease-hold.js";
import type { Measurement } from "./measure.js";
import { measureOpenWeights } from "./open-weights-time.js";
import { measurePerception } from "./perception-time.js";
import { measurePhysicsRate } from "./physics-rate.js";
import { measurePictures } from "./picture-time.js";
import { measurePlannerOverhead } from "./planner-overhead.js";
import { measureFleet, measureRecorder, measureRemote } from "./remote.js";
import { measureRosLink } from "./ros-link.js";
import { measureStopDelay } from "./stop-delay.js";

// `npm run perf`: the figures that the documentation quotes, side by side from one run on one machine.
const MEASURES: readonly (readonly [name: string, run: () => Promise<readonly Measurement[]>])[] = [
  ["physics", measurePhysicsRate],
  ["pictures", measurePictures],
  ["stop", measureStopDelay],
  ["ros", measureRosLink],
  ["lease", measureLeaseHold],
  ["perception", measurePerception],
  ["weights", measureOpenWeights],
  ["planner", measurePlannerOverhead],
  ["remote", measureRemote],
  ["fleet", measureFleet],
  ["recorder", measureRecorder],
  ["main thread", () => measureEventLoopStall([])],
];

const only = process.argv.slice(2);
let broken = 0;
for (const [name, run] of MEASURES) {
  if (only.length > 0 && !only.includes(name)) continue;
  try {
    for (const { name: what, value, beside } of await run()) {
      process.stdout.write(`${what.padEnd(28)}${value.padEnd(22)}${beside ?? ""}\n`);
    }
  } catch (error) {
    broken++;
    process.stdout.write(`${name.padEnd(28)}failed: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}
process.exitCode = broken === 0 ? 0 : 1;
