import { createMachineTimers } from "../../src/adapters/clock/machine-timers.js";
import { unixTimeMs } from "../../src/adapters/clock/machine-clock.js";
import { createRecorder } from "../../src/adapters/mcap/index.js";

// Records a few small notes a second, far too few to fill a chunk, until it is killed; tells each one on stdout as it goes.
const recorder = await createRecorder({
  path: process.argv[2],
  machine: { ...createMachineTimers(), nowMs: unixTimeMs },
});
let count = 0;
setInterval(() => {
  count += 1;
  recorder.publish({ event: "note", level: "info", timeMs: unixTimeMs(), text: String(count) });
  process.stdout.write(`${unixTimeMs()}\n`);
}, 20);
