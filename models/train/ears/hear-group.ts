import { join } from "node:path";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { atSpeed, LISTENERS } from "../../../src/adapters/ears/tapes.js";
import { noiseFor, readShard, withNoise, type Spoken } from "./measure.js";

/** One utterance, and what each listener made of it: log probabilities, row by row. */
export interface HeardGroup {
  readonly spoken: Spoken;
  readonly scores: readonly Float32Array[];
}

export interface GroupHearer {
  /** The utterances of one shard of `speak.py`, with white noise so many decibels below. */
  hear(group: string, decibel: number): Promise<readonly HeardGroup[]>;
  /** Milliseconds that a second of sound takes one listener so far. */
  msPerSecond(): number;
}

export async function groupHearer(modelDir: string, data: string, most: number): Promise<GroupHearer> {
  const sessions = new Map<string, InferenceSession>();
  for (const network of new Set(LISTENERS.map((listener) => listener.network)))
    sessions.set(network, await InferenceSession.create(join(modelDir, network), { intraOpNumThreads: 1 }));
  let heardMs = 0;
  let soundS = 0;
  return {
    hear: async (group, decibel) => {
      const random = noiseFor(900_007);
      const heard: HeardGroup[] = [];
      for (const spoken of readShard(join(data, `test-${group}`))) {
        if (heard.length >= most) break;
        const sound = withNoise(spoken.samples, decibel, random);
        const scores: Float32Array[] = [];
        for (const { network, speed } of LISTENERS) {
          const tape = atSpeed(sound, speed);
          const session = sessions.get(network) as InferenceSession;
          const began = performance.now();
          const output = await session.run({ sound: new Tensor("float32", tape, [1, tape.length]) });
          heardMs += performance.now() - began;
          soundS += tape.length / 16_000;
          scores.push(output["letters"].data as Float32Array);
        }
        heard.push({ spoken, scores });
      }
      return heard;
    },
    msPerSecond: () => heardMs / soundS,
  };
}
