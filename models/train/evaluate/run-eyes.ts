import { join } from "node:path";
import { InferenceSession, Tensor } from "onnxruntime-node";
import type { Frame } from "../../../src/domain/frame.js";
import { COLORS, DRAWER_STATES, KINDS } from "../../../src/domain/vocabulary.js";
import {
  CANVAS_HEIGHT,
  CANVAS_WIDTH,
  drawCanvas,
  drawRays,
  fitToCanvas,
  GRID_HEIGHT,
  GRID_WIDTH,
  STRIDE,
} from "../../../src/adapters/onnx/canvas.js";
import { decodeCenters, type Candidate } from "../../../src/adapters/onnx/decode-centers.js";
import { INFO_VALUES, pictureLight } from "../../../src/adapters/onnx/picture-light.js";
import { CROP_PX, drawLooks } from "../../../src/adapters/onnx/second-look.js";

const MASK_CELLS = 32 * 32;
/** Low enough for a threshold to be chosen above it. */
const MIN_SCORE = 0.08;
const NMS_IOU = 0.55;

/** What the second look says about one candidate: logits over KINDS, COLORS, DRAWER_STATES; of being a thing; of 32x32 mask cells. */
export interface LookOutput {
  readonly kind: Float32Array;
  readonly color: Float32Array;
  readonly state: Float32Array;
  readonly real: number;
  readonly mask: Float32Array;
}

export interface Reading {
  readonly candidates: readonly Candidate[];
  readonly looks: readonly LookOutput[];
  /** Metres, 80x60. */
  readonly depth: Float32Array;
}

export interface Eyes {
  read(frame: Pick<Frame, "rgb" | "width" | "height" | "intrinsics" | "poseInBase">): Promise<Reading>;
}

/** Called with all outputs of a run, for whoever wants to know more than what is read out. */
export type Watcher = (network: "detector.onnx" | "look.onnx", outputs: Readonly<Record<string, Tensor>>) => void;

/**
 * The exported networks behind the runtime's own pre- and post-processing, with everything that the thresholds would drop.
 * The second look gets its depth from the detector, as on a camera without a depth sensor.
 */
export async function loadEyes(folder: string, watch?: Watcher): Promise<Eyes> {
  const options = { intraOpNumThreads: 1, interOpNumThreads: 1 };
  const detector = await InferenceSession.create(join(folder, "detector.onnx"), options);
  const second = await InferenceSession.create(join(folder, "look.onnx"), options);
  const data = (tensor: Tensor): Float32Array => tensor.data as Float32Array;
  return {
    async read(frame) {
      const { width, height, intrinsics, poseInBase } = frame;
      const fit = fitToCanvas(width, height);
      const image = drawCanvas(frame, fit);
      const first = await detector.run({
        image: new Tensor("float32", image, [1, 3, CANVAS_HEIGHT, CANVAS_WIDTH]),
        rays: new Tensor("float32", drawRays(intrinsics, poseInBase, fit), [1, 4, GRID_HEIGHT, GRID_WIDTH]),
      });
      watch?.("detector.onnx", first);
      const depth = data(first.depth);
      const decoding = { width, height, fit, threshold: MIN_SCORE, nmsIou: NMS_IOU, most: 60, temperature: 1 };
      const candidates = decodeCenters(data(first.center), data(first.box), decoding);
      const n = candidates.length;
      if (n === 0) return { candidates, looks: [], depth };
      const depthOf = ({ x0, y0, x1, y1 }: Candidate): number => {
        const column = Math.min(GRID_WIDTH - 1, Math.floor((((x0 + x1) / 2) * fit.scale) / STRIDE));
        const row = Math.min(GRID_HEIGHT - 1, Math.floor((((y0 + y1) / 2) * fit.scale) / STRIDE));
        return depth[row * GRID_WIDTH + column];
      };
      const light = pictureLight(image, fit);
      const { crops, info } = drawLooks(frame, candidates, { fx: intrinsics.fx, light, depthOf });
      const out = await second.run({
        crops: new Tensor("float32", crops, [n, 3, CROP_PX, CROP_PX]),
        info: new Tensor("float32", info, [n, INFO_VALUES]),
      });
      watch?.("look.onnx", out);
      const row = (name: string, size: number, i: number): Float32Array =>
        data(out[name]).subarray(i * size, (i + 1) * size);
      const looks = candidates.map((_, i) => ({
        kind: row("kind", KINDS.length, i),
        color: row("color", COLORS.length, i),
        state: row("state", DRAWER_STATES.length, i),
        real: row("real", 1, i)[0],
        mask: row("mask", MASK_CELLS, i),
      }));
      return { candidates, looks, depth };
    },
  };
}
