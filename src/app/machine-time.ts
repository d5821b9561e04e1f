export { createMachineTimers } from "../adapters/clock/machine-timers.js";
export { monotonicMs, unixTimeMs } from "../adapters/clock/machine-clock.js";
