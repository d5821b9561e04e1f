import { drawDepth } from "../../../adapters/overlay/index.js";
import { encodeDepthPng, encodePng } from "../../../adapters/picture/encode-png.js";
import { pointCloudOf } from "../../../domain/geometry/point-cloud.js";
import { fail, ok } from "../../../domain/result.js";
import { createSensorDepth } from "../../../perception/index.js";
import type { DepthEstimator } from "../../../ports/depth-estimator.js";
import type { DepthReader } from "../../../ports/depth-reader.js";
import type { DepthEntry } from "../../launch/skills/depth-schema.js";
import { modelFolder } from "../../model-folder.js";
import { loadOnboardEyes } from "../../create-eyes.js";
import type { BackendTable } from "../backend-kind.js";
import { checkFolder, orModelFailure } from "./transformers.js";

/** Who can say how far away everything in a picture is. */
export const depthBackends: BackendTable<DepthEntry, DepthReader> = {
  camera: {
    description: "As the camera's sensor measured it; pictures from files bring none.",
    example: { type: "camera" },
    open: async () => ({ port: measured(), close: async () => undefined }),
  },
  onboard: {
    description: "The on-board eyes estimate it from the picture.",
    example: { type: "onboard" },
    async open(_config, { launch, stage }) {
      const { perception } = launch;
      // The launch file's eyes may be others, or get their depth elsewhere.
      const isShared = perception.type === "onboard" && perception.depth === undefined;
      const eyes = isShared ? await stage.eyes() : await loadOnboardEyes({ type: "onboard" });
      return { port: estimated(eyes.depth), close: async () => (isShared ? undefined : eyes.close()) };
    },
  },
  "depth-anything-v2": {
    description: "Depth Anything V2 (ONNX).",
    example: { type: "depth-anything-v2", modelDir: "depth-anything-v2-metric-indoor-small" },
    check: checkFolder,
    async open(config, { launch, onNote }) {
      const { createDepthAnything } = await import("../../../adapters/open-weights/index.js");
      const depth = await createDepthAnything({
        ...config,
        modelDir: modelFolder(config.modelDir, launch),
        onFallback: ({ model, from, to, reason }) =>
          onNote("warning", `${model} runs on ${to}: ${from} cannot be had (${reason})`),
      });
      return { port: estimated(depth), close: () => depth.close() };
    },
  },
};

const asFiles: Omit<DepthReader, "read"> = {
  toMillimetres: (depth) => encodeDepthPng(depth),
  toColors: (depth) => encodePng(drawDepth(depth)),
  toPoints: pointCloudOf,
};

function measured(): DepthReader {
  const sensor = createSensorDepth();
  return {
    ...asFiles,
    async read(frame, { signal }) {
      if (frame.depthM === undefined) {
        return fail(
          "unsupported",
          "This picture brings no depth: it is from a file, or from a camera without a sensor.",
        );
      }
      return ok({ depth: await sensor.estimate(frame, { signal }), by: `the ${frame.camera} camera's sensor` });
    },
  };
}

const estimated = (estimator: DepthEstimator): DepthReader => ({
  ...asFiles,
  read: (frame, { signal }) =>
    orModelFailure(async () => {
      const { depthM: _measured, ...picture } = frame;
      return { depth: await estimator.estimate(picture, { signal }), by: estimator.name };
    }),
});
