import { setImmediate as nextTurn, setTimeout as delay } from "node:timers/promises";
import type { ControlBlock } from "./control-block.js";
import { TIMESTEP_S, type World } from "./world.js";

/** Steps between looks at the message queue: 20 ms of simulated time. */
const STEPS_PER_TURN = 10;
/** How far the world may fall behind its rate before the lost time is given up, seconds. */
const MAX_LAG_S = 0.25;
/** After a stop the servos brake; the world is stepped on until they have. */
const BRAKING_STEPS = 100;

export interface Run {
  readonly motion: number;
  /** Sets the targets for the next step. */
  readonly command: (timeS: number) => void;
  /** Asked after each step; true ends the run. */
  readonly finished: (timeS: number) => boolean;
  /** True when something is in the way. */
  readonly blocked?: () => boolean;
}

export type RunOutcome = "finished" | "stopped" | "blocked";

export interface StepLoop {
  run(run: Run): Promise<RunOutcome>;
  /** Lets the world go on at its rate while nothing is commanded. Does nothing at full speed. */
  idle(): void;
}

export interface StepLoopOptions {
  readonly world: World;
  readonly control: ControlBlock;
  readonly rate: number | undefined;
  /** Wall clock in milliseconds, for pacing alone. */
  readonly nowMs: () => number;
  readonly onStep: () => void;
}

/** The one place where the world is stepped. The stop flag is read before every step. */
export function createStepLoop({ world, control, rate, nowMs, onStep }: StepLoopOptions): StepLoop {
  let anchor = { wallMs: nowMs(), steps: control.steps() };
  let busy = false;
  let held = false;

  const step = (): void => {
    // Held once, where the halt found it: holding anew at every step would let the arm creep under a load.
    if (!control.isHalted()) held = false;
    else if (!held) hold();
    world.step();
    control.setSteps(control.steps() + 1);
    onStep();
  };
  const hold = (): void => {
    world.hold();
    control.noteZeroCommand();
    held = control.isHalted();
  };
  /** Seconds by which the world is ahead of its rate; negative when it lags. */
  const lead = (): number => {
    if (rate === undefined) return 0;
    const aheadS = (control.steps() - anchor.steps) * TIMESTEP_S - ((nowMs() - anchor.wallMs) / 1000) * rate;
    if (aheadS < -MAX_LAG_S) anchor = { wallMs: nowMs(), steps: control.steps() };
    return aheadS / rate;
  };
  const breathe = async (): Promise<void> => {
    const aheadS = lead();
    if (aheadS > 0.002) await delay(aheadS * 1000);
    else await nextTurn();
  };
  const brake = async (): Promise<void> => {
    if (!held) hold();
    for (let i = 0; i < BRAKING_STEPS; i++) {
      world.step();
      control.setSteps(control.steps() + 1);
      onStep();
      if (i % STEPS_PER_TURN === 0) await breathe();
    }
  };

  return {
    async run({ motion, command, finished, blocked }) {
      busy = true;
      held = false;
      try {
        for (let i = 0; ; i++) {
          if (i % STEPS_PER_TURN === 0) await breathe();
          if (control.isHalted() || control.isCancelled(motion)) {
            await brake();
            return "stopped";
          }
          const timeS = i * TIMESTEP_S;
          command(timeS);
          step();
          if (blocked?.() === true) {
            await brake();
            return "blocked";
          }
          if (finished(timeS + TIMESTEP_S)) return "finished";
        }
      } finally {
        busy = false;
      }
    },
    idle() {
      if (busy || rate === undefined) return;
      while (lead() < 0) step();
    },
  };
}
