export { createMachineTimers } from "../adapters/clock/machine-timers.js";
export { unixTimeMs } from "../adapters/clock/machine-clock.js";
