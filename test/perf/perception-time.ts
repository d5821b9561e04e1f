import { existsSync } from "node:fs";
import { join } from "node:path";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { loadOnboardEyes } from "../../src/app/create-eyes.js";
import { packageRoot } from "../../src/app/package-root.js";
import { createScene, createSimulation } from "../../sim/index.js";
import { ms, timeCalls, type Measurement } from "./measure.js";

/** What the on-board eyes take for one frame, worker and pre- and postprocessing included, beside the network alone. */
export async function measurePerception(): Promise<readonly Measurement[]> {
  const name = "perception, one frame";
  const model = join(packageRoot(), "models", "eyes", "eyes.onnx");
  if (!existsSync(model)) return [{ name, value: "not measured", beside: `there is no ${model}` }];

  const simulation = await createSimulation({ scene: createScene("kitchen", 1) });
  const eyes = await loadOnboardEyes({ type: "onboard" });
  try {
    const frame = await simulation.head.latest({ maxAgeMs: 1000 });
    const whole = await timeCalls(() => eyes.grounder.ground(frame, { phrases: [] }), { times: 8, warmUp: 2 });
    const bare = await timeBareSession(model);
    return [{ name, value: ms(whole.medianMs), beside: `session.run alone ${bare}` }];
  } finally {
    await eyes.close();
    await simulation.close();
  }
}

async function timeBareSession(model: string): Promise<string> {
  const session = await InferenceSession.create(model, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  try {
    const feeds: Record<string, Tensor> = {};
    for (const input of session.inputMetadata) {
      if (!input.isTensor) return "not measured (an input is no tensor)";
      const shape = input.shape.map((size) => (typeof size === "number" && size > 0 ? size : 1));
      const count = shape.reduce((product, size) => product * size, 1);
      const values = input.type === "uint8" ? new Uint8Array(count).fill(120) : new Float32Array(count).fill(0.5);
      feeds[input.name] = new Tensor(input.type === "uint8" ? "uint8" : "float32", values, shape);
    }
    return ms((await timeCalls(() => session.run(feeds), { times: 8, warmUp: 2 })).medianMs);
  } finally {
    await session.release();
  }
}
