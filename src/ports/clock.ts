/** Time as an argument: simulated time in the simulator, the machine's time on a robot. */
export interface Clock {
  nowMs(): number;
}
