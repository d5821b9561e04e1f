import { InferenceSession, Tensor } from "onnxruntime-node";
import { z } from "zod";
import { ControllerError } from "../../domain/errors.js";
import { readModelCard, readModelFile } from "../onnx/model-folder.js";
import { textDecoder } from "./decode-text.js";
import { readEarsParameters } from "./ears-net.js";
import { parseLanguage } from "./language.js";
import { loadStopSpotter } from "./load-stop-spotter.js";
import { createStopWatch, STOP_TAPES, type StopLook, type StopWatch, type StopWatchShape } from "./stop-watch.js";

const parametersSchema = z.object({
  stopThreshold: z.number(),
  stopSuspected: z.number(),
  /** For each word, what a unit of the spotter's logit counts, and what it counts that the word is among what is said. */
  stopSpotterCounts: z.array(z.number().min(0)),
  stopSaidCounts: z.array(z.number().min(0)),
  stopLeast: z.array(z.number()),
});
/** Paths that are kept when a look is read: few, for it is short, and there may be several in a second. */
export const STOP_BEAM = 24;
/** The shortest sound that the hearing network is given; shorter ones are put behind silence. */
const LEAST_SAMPLES = 8_000;

/** What makes watches, loaded once, for as many streams as there are. */
export interface StopWatchMaker {
  readonly shape: StopWatchShape;
  make(options?: { shape?: StopWatchShape; onLook?: (look: StopLook) => void }): StopWatch;
}

/** The two networks of the ears' folder that watch, and the words. Throws `model-missing` or `model-damaged`. */
export async function loadStopWatch(modelDir: string, threads = 1): Promise<StopWatchMaker> {
  const [card, spotter] = await Promise.all([readModelCard(modelDir), loadStopSpotter(modelDir)]);
  const parsed = parametersSchema.safeParse(card.parameters);
  const [file, words] = ["watch.onnx", "language.json"].map((name) => card.files.find(({ path }) => path === name));
  const symbols = card.labels["letters"] ?? [];
  const spellings = (card.labels["stopSpelled"] ?? []).map((text) =>
    Array.from(text, (letter) => symbols.indexOf(letter)),
  );
  if (
    !parsed.success ||
    file === undefined ||
    words === undefined ||
    [spellings, parsed.data.stopLeast, parsed.data.stopSpotterCounts, parsed.data.stopSaidCounts].some(
      ({ length }) => length !== spotter.shape.words.length,
    ) ||
    spellings.some((letters) => letters.length === 0 || letters.some((letter) => letter < 2))
  )
    throw new ControllerError(
      "model-damaged",
      `The card of model "${card.name}" does not say how to check what its stop spotter hears. Use the card that came with the weights.`,
    );
  const { stopThreshold, stopSuspected, stopSpotterCounts, stopSaidCounts, stopLeast } = parsed.data;
  const counts = parseLanguage(await readModelFile(modelDir, words));
  const write = textDecoder(counts, symbols, { ...readEarsParameters(card), beam: STOP_BEAM });
  const session = await InferenceSession.create(await readModelFile(modelDir, file), {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: "sequential",
  });
  const shape: StopWatchShape = {
    words: spotter.shape.words,
    letters: spellings,
    symbols: symbols.length,
    maybe: stopSuspected,
    weights: stopSpotterCounts.map((spotter, word) => ({ spotter, said: stopSaidCounts[word] })),
    least: stopLeast,
    sure: stopThreshold,
    tapes: STOP_TAPES,
  };
  const spell = async (samples: Float32Array): Promise<Float32Array> => {
    const enough = samples.length >= LEAST_SAMPLES ? samples : new Float32Array(LEAST_SAMPLES);
    if (enough !== samples) enough.set(samples, LEAST_SAMPLES - samples.length);
    const output = await session.run({ sound: new Tensor("float32", enough, [1, enough.length]) });
    return output["letters"].data as Float32Array;
  };
  return {
    shape,
    make: (options = {}) =>
      createStopWatch({
        shape: options.shape ?? shape,
        makeSpotter: (listener) => spotter.make(listener),
        spell,
        read: (scores) => write(scores).text,
        ...(options.onLook === undefined ? {} : { onLook: options.onLook }),
      }),
  };
}
