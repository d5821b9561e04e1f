import { join } from "node:path";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { INFO_VALUES } from "../../src/adapters/onnx/picture-light.js";
import { loadOnboardEyes } from "../../src/app/create-eyes.js";
import { packageRoot } from "../../src/app/package-root.js";
import { createScene, createSimulation } from "../../sim/index.js";
import { ms, timeCalls, type Measurement } from "./measure.js";

const CALLS = { times: 15, warmUp: 3 };

/** What the on-board eyes take for one frame, worker, crops and masks included, beside the two networks alone. */
export async function measurePerception(): Promise<readonly Measurement[]> {
  const simulation = await createSimulation({ scene: createScene("kitchen", 1) });
  const eyes = await loadOnboardEyes({ type: "onboard" });
  try {
    const frame = await simulation.head.latest({ maxAgeMs: 1000 });
    let { sequence } = frame;
    let things = 0;
    const whole = await timeCalls(async () => {
      // A reading is kept per frame; a new number makes it a new frame.
      sequence += 1;
      things = (await eyes.grounder.ground({ ...frame, sequence }, { phrases: [] })).length;
    }, CALLS);
    const detector = await timeSession("detector.onnx", { image: [1, 3, 240, 320], rays: [1, 4, 60, 80] });
    const look = await timeSession("look.onnx", { crops: [things, 3, 64, 64], info: [things, INFO_VALUES] });
    return [
      {
        name: "perception, one frame",
        value: ms(whole.medianMs),
        beside: `session.run alone ${ms(detector + look)} (detector ${ms(detector)}, second look at ${things} things ${ms(look)})`,
      },
    ];
  } finally {
    await eyes.close();
    await simulation.close();
  }
}

/** Median milliseconds of the bare network on one thread, on the calling thread. */
async function timeSession(file: string, inputs: Readonly<Record<string, readonly number[]>>): Promise<number> {
  const session = await InferenceSession.create(join(packageRoot(), "models", "eyes", file), {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
  });
  try {
    const feeds = Object.fromEntries(
      Object.entries(inputs).map(([name, shape]) => {
        const count = shape.reduce((product, size) => product * size, 1);
        return [name, new Tensor("float32", new Float32Array(count).fill(0.5), [...shape])];
      }),
    );
    return (await timeCalls(() => session.run(feeds), CALLS)).medianMs;
  } finally {
    await session.release();
  }
}
