import { createWorld } from "../../sim/physics/world.js";
import { createScene } from "../../sim/scenes/index.js";
import { TIMESTEP_S } from "../../sim/worlds/world-xml.js";
import { timeCalls, type Measurement } from "./measure.js";

const STEPS = 500;

/** How much faster than real time the kitchen runs on one thread, things at rest and the arm holding. */
export async function measurePhysicsRate(): Promise<readonly Measurement[]> {
  const scene = createScene("kitchen", 1);
  const world = await createWorld(scene);
  try {
    const second = (): void => {
      for (let i = 0; i < STEPS; i++) world.step();
    };
    const { medianMs } = await timeCalls(second, { times: 5, warmUp: 1 });
    const factor = (STEPS * TIMESTEP_S * 1000) / medianMs;
    return [
      {
        name: "physics, kitchen",
        value: `${factor.toFixed(1)} x real time`,
        beside: `${((medianMs * 1000) / STEPS).toFixed(0)} us a step of ${TIMESTEP_S * 1000} ms, ${scene.objects.length} things`,
      },
    ];
  } finally {
    world.dispose();
  }
}
