import { createScene, createSimulation } from "../../sim/index.js";
import type { Measurement } from "./measure.js";

const STOPS = 10;

/** Physics steps between `halt()` in mid-motion and the step that carries zero velocity. */
export async function measureStopDelay(): Promise<readonly Measurement[]> {
  const simulation = await createSimulation({ scene: createScene("kitchen", 1) });
  const delays: number[] = [];
  const { robot, clock } = simulation;
  try {
    await robot.connect();
    // Far enough that no motion ends before its stop.
    const target = robot.model.homePositions.map((position, joint) => (joint === 0 ? position + 1.5 : position));
    for (let i = 0; i < STOPS; i++) {
      const began = clock.nowMs();
      const motion = robot.moveJoints(target, { speedRadps: 0.4, signal: AbortSignal.timeout(20_000) });
      let over = false;
      const settled = motion.finally(() => (over = true));
      const startingUp = (): boolean => !over && clock.nowMs() < began + 100;
      while (startingUp()) await new Promise(setImmediate);
      robot.halt();
      await settled;
      const steps = simulation.stopProbe();
      if (steps !== undefined) delays.push(steps);
      await robot.reset();
    }
  } finally {
    await simulation.close();
  }
  const worst =
    delays.length === STOPS ? `${Math.max(...delays)} steps at most` : `${STOPS - delays.length} stops unanswered`;
  return [{ name: "stop to zero command", value: worst, beside: `${STOPS} stops in mid-motion; 1 step = 2 ms` }];
}
