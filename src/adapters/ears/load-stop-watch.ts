import { InferenceSession, Tensor } from "onnxruntime-node";
import { z } from "zod";
import { ControllerError } from "../../domain/errors.js";
import { readModelCard, readModelFile } from "../onnx/model-folder.js";
import { loadStopSpotter } from "./load-stop-spotter.js";
import { createStopWatch, type StopLook, type StopWatch, type StopWatchShape } from "./stop-watch.js";

const parametersSchema = z.object({
  stopThreshold: z.number(),
  stopSuspected: z.array(z.number()),
  stopSpelled: z.array(z.number().max(0)),
});
/** The shortest sound that the hearing network is given; shorter ones are put behind silence. */
const LEAST_SAMPLES = 8_000;

/** What makes watches, loaded once, for as many streams as there are. */
export interface StopWatchMaker {
  readonly shape: StopWatchShape;
  make(options?: { shape?: StopWatchShape; onLook?: (look: StopLook) => void }): StopWatch;
}

/** Both networks of the ears' folder, without the words. Throws `model-missing` or `model-damaged`. */
export async function loadStopWatch(modelDir: string, threads = 1): Promise<StopWatchMaker> {
  const [card, spotter] = await Promise.all([readModelCard(modelDir), loadStopSpotter(modelDir)]);
  const parsed = parametersSchema.safeParse(card.parameters);
  const file = card.files.find(({ path }) => path === "ears.onnx");
  const symbols = card.labels["letters"] ?? [];
  const spellings = (card.labels["stopSpelled"] ?? []).map((text) =>
    Array.from(text, (letter) => symbols.indexOf(letter)),
  );
  if (
    !parsed.success ||
    file === undefined ||
    [spellings, parsed.data.stopSuspected, parsed.data.stopSpelled].some(
      ({ length }) => length !== spotter.shape.words.length,
    ) ||
    spellings.some((letters) => letters.length === 0 || letters.some((letter) => letter < 2))
  )
    throw new ControllerError(
      "model-damaged",
      `The card of model "${card.name}" does not say how to check what its stop spotter hears. Use the card that came with the weights.`,
    );
  const { stopThreshold, stopSuspected, stopSpelled } = parsed.data;
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
    sure: stopThreshold,
    spelled: stopSpelled,
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
        ...(options.onLook === undefined ? {} : { onLook: options.onLook }),
      }),
  };
}
