import { InferenceSession, Tensor } from "onnxruntime-node";
import { ControllerError } from "../../domain/errors.js";
import type { ModelCard } from "../../domain/model-card.js";
import {
  CANVAS_HEIGHT,
  CANVAS_WIDTH,
  cropGrid,
  drawCanvas,
  drawRays,
  fitToCanvas,
  GRID_HEIGHT,
  GRID_WIDTH,
} from "./canvas.js";
import { decodeCenters, type Candidate } from "./decode-centers.js";
import type { EyesReading, EyesRequest, EyesWorkerData } from "./eyes-messages.js";
import { readEyesParameters } from "./eyes-parameters.js";
import { readModelCard, readModelFile } from "./model-folder.js";
import { INFO_VALUES, pictureLight } from "./picture-light.js";
import { CROP_PX, drawLooks, readLooks } from "./second-look.js";

/** The two networks of models/eyes. Blocks the thread that runs it: for a worker thread. */
export interface EyesNet {
  read(request: EyesRequest): Promise<EyesReading>;
  close(): Promise<void>;
}

const DETECTOR = "detector.onnx";
const LOOK = "look.onnx";

/** Throws `model-missing`, `model-damaged`, or `model-failed` when the runtime refuses a graph. */
export async function loadEyesNet({ modelDir, threads }: EyesWorkerData): Promise<EyesNet> {
  const card = await readModelCard(modelDir);
  const parameters = readEyesParameters(card);
  const detector = await openSession({ modelDir, card, path: DETECTOR, threads });
  const look = await openSession({ modelDir, card, path: LOOK, threads });

  return {
    async read(request) {
      const { width, height, intrinsics, poseInBase } = request;
      const fit = fitToCanvas(width, height);
      const image = drawCanvas(request, fit);
      const first = await run(detector, DETECTOR, {
        image: new Tensor("float32", image, [1, 3, CANVAS_HEIGHT, CANVAS_WIDTH]),
        rays: new Tensor("float32", drawRays(intrinsics, poseInBase, fit), [1, 4, GRID_HEIGHT, GRID_WIDTH]),
      });
      const depth = cropGrid(finiteDepth(first("depth")), fit);
      const candidates = decodeCenters(first("center"), first("box"), {
        width,
        height,
        fit,
        threshold: parameters.centerThreshold,
        nmsIou: parameters.nmsIou,
        most: parameters.maxThings,
        temperature: parameters.temperatureCenter,
      });
      if (candidates.length === 0) return { groundings: [], depth };

      const depthOf = (candidate: Candidate): number => medianDepth(candidate, request, depth);
      const light = pictureLight(image, fit);
      const { crops, info } = drawLooks(request, candidates, { fx: intrinsics.fx, light, depthOf });
      const second = await run(look, LOOK, {
        crops: new Tensor("float32", crops, [candidates.length, 3, CROP_PX, CROP_PX]),
        info: new Tensor("float32", info, [candidates.length, INFO_VALUES]),
      });
      const outputs = {
        kind: second("kind"),
        color: second("color"),
        state: second("state"),
        real: second("real"),
        mask: second("mask"),
      };
      return { groundings: readLooks(candidates, outputs, { width, height, parameters }), depth };
    },
    async close() {
      await detector.release();
      await look.release();
    },
  };
}

interface SessionOrder {
  readonly modelDir: string;
  readonly card: ModelCard;
  readonly path: string;
  readonly threads: number;
}

async function openSession({ modelDir, card, path, threads }: SessionOrder): Promise<InferenceSession> {
  const file = card.files.find((candidate) => candidate.path === path);
  if (!file) {
    const listed = card.files.map((candidate) => candidate.path).join(", ");
    throw new ControllerError(
      "model-damaged",
      `The card in ${modelDir} does not list ${path}; it lists ${listed}. Is this the folder of another model?`,
    );
  }
  const bytes = await readModelFile(modelDir, file);
  try {
    return await InferenceSession.create(bytes, {
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      graphOptimizationLevel: "all",
    });
  } catch (cause) {
    throw new ControllerError("model-failed", `The inference runtime refused ${modelDir}/${path}: ${String(cause)}`, {
      cause,
    });
  }
}

async function run(
  session: InferenceSession,
  path: string,
  feeds: Readonly<Record<string, Tensor>>,
): Promise<(output: string) => Float32Array> {
  const results = await session.run(feeds);
  return (output) => {
    const data = results[output]?.data;
    if (data instanceof Float32Array) return data;
    throw new ControllerError(
      "model-failed",
      `${path} has no float32 output "${output}"; it has ${session.outputNames.join(", ")}. Use the weights that came with this version.`,
    );
  };
}

function finiteDepth(depth: Float32Array): Float32Array {
  if (depth.every((metres) => metres >= 0 && metres < Infinity)) return depth;
  throw new ControllerError(
    "model-failed",
    `${DETECTOR} answered with depths that are no distances; the weights are unfit.`,
  );
}

/** Depth at the box's inner third: the camera's where it has readings there, else the detector's. */
function medianDepth(
  box: Candidate,
  request: Pick<EyesRequest, "width" | "height" | "depthM">,
  estimated: EyesReading["depth"],
): number {
  const sources = [
    ...(request.depthM ? [{ width: request.width, height: request.height, data: request.depthM }] : []),
    estimated,
  ];
  for (const { width, height, data } of sources) {
    const [kx, ky] = [width / request.width, height / request.height];
    const inner = (low: number, high: number, k: number, most: number): readonly [number, number] => {
      const first = Math.min(most - 1, Math.max(0, Math.floor((low + (high - low) / 3) * k)));
      return [first, Math.min(most, Math.max(first + 1, Math.ceil((high - (high - low) / 3) * k)))];
    };
    const [u0, u1] = inner(box.x0, box.x1, kx, width);
    const [v0, v1] = inner(box.y0, box.y1, ky, height);
    const step = Math.max(1, Math.round(Math.sqrt(((u1 - u0) * (v1 - v0)) / 100)));
    const readings: number[] = [];
    for (let v = v0; v < v1; v += step) {
      for (let u = u0; u < u1; u += step) if (data[v * width + u] > 0) readings.push(data[v * width + u]);
    }
    if (readings.length > 0) return readings.sort((a, b) => a - b)[readings.length >> 1];
  }
  return 1;
}
