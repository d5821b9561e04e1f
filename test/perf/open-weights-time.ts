import { rm } from "node:fs/promises";
import { join } from "node:path";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { createGroundingDino } from "../../src/adapters/open-weights/index.js";
import { createScene, createSimulation } from "../../sim/index.js";
import { colorDinoFiles } from "../support/onnx/color-dino.js";
import { writeModelFolder } from "../support/onnx/write-model-folder.js";
import { ms, type Measurement } from "./measure.js";

/** What a GroundingDINO picture has: 640 x 480 brought to a short edge of 800. */
const [WIDTH, HEIGHT] = [1066, 800];
const ROUNDS = 9;
const WARM_UP = 3;

interface Spent {
  readonly wallMs: number;
  /** Of all threads of this process: what other processes do to the clock on the wall does not count. */
  readonly processorMs: number;
}

async function spent(work: () => Promise<unknown>): Promise<Spent> {
  const [start, usage] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(usage);
  return { wallMs: performance.now() - start, processorMs: (user + system) / 1000 };
}

const medianOf = (all: readonly Spent[]): Spent => {
  const middle = (pick: (each: Spent) => number): number => all.map(pick).sort((a, b) => a - b)[all.length >> 1];
  return { wallMs: middle(({ wallMs }) => wallMs), processorMs: middle(({ processorMs }) => processorMs) };
};

/**
 * What the adapter adds to a network of others: worker, resizing, tokens, reading the answer. Both are timed in turns, since a
 * machine that is busy for a second would else be busy for one of them only.
 */
export async function measureOpenWeights(): Promise<readonly Measurement[]> {
  const simulation = await createSimulation({ scene: createScene("kitchen", 1) });
  const modelDir = await writeModelFolder(colorDinoFiles({ ballast: 192 }));
  const dino = await createGroundingDino({ modelDir });
  const session = await InferenceSession.create(join(modelDir, "onnx/model.onnx"), {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
  });
  try {
    const frame = await simulation.head.latest({ maxAgeMs: 1000 });
    const ids = BigInt64Array.from([2, 5, 17, 4, 6, 9, 4, 3].map(BigInt));
    const row = (values: BigInt64Array): Tensor => new Tensor("int64", values, [1, ids.length]);
    const feeds = {
      pixel_values: new Tensor("float32", new Float32Array(3 * WIDTH * HEIGHT).fill(0.5), [1, 3, HEIGHT, WIDTH]),
      pixel_mask: new Tensor("int64", new BigInt64Array(WIDTH * HEIGHT).fill(1n), [1, HEIGHT, WIDTH]),
      input_ids: row(ids),
      token_type_ids: row(new BigInt64Array(ids.length)),
      attention_mask: row(new BigInt64Array(ids.length).fill(1n)),
    };
    const ours: Spent[] = [];
    const alone: Spent[] = [];
    for (let round = -WARM_UP; round < ROUNDS; round++) {
      const whole = await spent(() => dino.ground(frame, { phrases: ["red block", "green bag"] }));
      const bare = await spent(() => session.run(feeds));
      if (round < 0) continue;
      ours.push(whole);
      alone.push(bare);
    }
    const [whole, bare] = [medianOf(ours), medianOf(alone)];
    const times = (whole.processorMs / bare.processorMs).toFixed(2);
    return [
      {
        name: "weights of others, one frame",
        value: ms(whole.wallMs),
        beside: `session.run alone ${ms(bare.wallMs)}; in processor time ${ms(whole.processorMs)} to ${ms(bare.processorMs)}, ${times} x (limit 1.25)`,
      },
    ];
  } finally {
    await session.release();
    await dino.close();
    await simulation.close();
    await rm(modelDir, { recursive: true });
  }
}
