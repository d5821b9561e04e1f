import { z } from "zod";
import { ControllerError } from "../../domain/errors.js";
import { readModelCard, readModelFile } from "../onnx/model-folder.js";
import { createStopSpotter, readStopLayers, type StopSpotter, type StopSpotterShape } from "./stop-spotter.js";

const shapeSchema = z.object({
  stopBands: z.number().int().positive(),
  stopChannels: z.number().int().positive(),
  stopDilations: z.array(z.number().int().positive()).min(1),
  stopThreshold: z.number(),
});

/** What makes a spotter, checked once, for as many streams as there are. */
export interface StopSpotterMaker {
  readonly shape: StopSpotterShape;
  make(listener?: (logits: Float32Array) => void): StopSpotter;
}

/** The stop spotter of the ears' folder. Throws `model-missing` or `model-damaged`. */
export async function loadStopSpotter(modelDir: string): Promise<StopSpotterMaker> {
  const card = await readModelCard(modelDir);
  const parsed = shapeSchema.safeParse(card.parameters);
  const file = card.files.find(({ path }) => path === "stop.bin");
  if (!parsed.success || file === undefined)
    throw new ControllerError(
      "model-damaged",
      `The card of model "${card.name}" does not describe a stop spotter. Use the card that came with the weights.`,
    );
  const { stopBands, stopChannels, stopDilations, stopThreshold } = parsed.data;
  const shape: StopSpotterShape = {
    bands: stopBands,
    channels: stopChannels,
    dilations: stopDilations,
    words: card.labels["stop"] ?? [],
    threshold: stopThreshold,
  };
  const layers = readStopLayers(await readModelFile(modelDir, file), shape);
  return { shape, make: (listener) => createStopSpotter(layers, shape, listener) };
}
