import { z } from "zod";
import { Tensor } from "onnxruntime-node";
import { ControllerError } from "../../../domain/errors.js";
import { openGraph, type Signature } from "../open-graph.js";
import { denseSizeFor } from "../picture-size.js";
import { IMAGENET, toPlanes } from "../picture-tensor.js";
import { readPreprocessing, type Preprocessing } from "../preprocessor-config.js";
import type { WeightsFolder } from "../weights-folder.js";
import type { DenseMap } from "../weights-messages.js";
import type { LoadNet } from "../weights-net.js";

const any = undefined;
const SIGNATURE: Signature = {
  inputs: [{ name: "pixel_values", type: "float32", shape: [any, 3, any, any] }],
  outputs: [{ name: "predicted_depth", type: "float32", shape: [any, any, any] }],
};
const PREPROCESSING: Preprocessing = { ...IMAGENET, kernel: "cubic", size: { height: 518, width: 518 } };

const configSchema = z.looseObject({ depth_estimation_type: z.enum(["relative", "metric"]).default("relative") });

/** What the numbers of these weights are: the folder's config.json says it, and nothing else can be told from them. */
async function unitOf(folder: WeightsFolder): Promise<DenseMap["unit"]> {
  const parsed = configSchema.safeParse((await folder.readJson("config.json")) ?? {});
  if (!parsed.success) {
    throw new ControllerError(
      "model-damaged",
      `config.json of model "${folder.card.name}" is not usable: ${z.prettifyError(parsed.error)}`,
      { details: { reason: "config" } },
    );
  }
  return parsed.data.depth_estimation_type === "metric" ? "metres" : "inverse";
}

/** Depth Anything V2, relative or metric, as the weights are. */
export const loadDepthAnything: LoadNet<"depth-anything-v2"> = async (folder, options) => {
  const unit = await unitOf(folder);
  const preprocessing = await readPreprocessing(folder, PREPROCESSING);
  const { size } = preprocessing;
  const target = "height" in size ? size.height : 518;
  const { session, provider, skipped } = await openGraph(folder.graph("model.onnx"), SIGNATURE, options);
  return {
    provider,
    skipped,
    unit,
    async run({ picture }) {
      const { width, height } = denseSizeFor(picture, { target });
      const pixels = new Tensor("float32", toPlanes(picture, { width, height }, preprocessing), [1, 3, height, width]);
      const { predicted_depth: depth } = await session.run({ pixel_values: pixels });
      const [rows, columns] = depth.dims.slice(-2);
      // A copy: the runtime's own buffer cannot be handed to another thread.
      return { width: columns, height: rows, values: new Float32Array(depth.data as Float32Array), unit };
    },
  };
};
