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
    for (let i = 0; i < STOPS; i++) {
      const start = (await robot.state()).jointPositions;
      const target = start.map((position, joint) => (joint === 0 ? position + 0.6 * (i % 2 === 0 ? 1 : -1) : position));
      const began = clock.nowMs();
      const motion = robot.moveJoints(target, { speedRadps: 0.4, signal: AbortSignal.timeout(20_000) });
      // In mid-motion: a fifth of a second of simulated time in.
      while (clock.nowMs() < began + 200) await new Promise(setImmediate);
      robot.halt();
      await motion;
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
