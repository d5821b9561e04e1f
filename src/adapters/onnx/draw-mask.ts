import type { Mask } from "../../domain/detection.js";
import { overlap } from "./decode-centers.js";
import { MASK_PX, squareAround, type PixelBox } from "./look-square.js";

const MAX_MASK_PX = 96;
/** A box drawn around the mask replaces the detector's, when they agree this well. */
const SAME_THING_IOU = 0.5;

/** Box in frame pixels, and the mask over it. */
export interface DrawnMask {
  readonly box: PixelBox;
  readonly mask?: Mask;
}

/** The mask over its own box, in the frame's pixels where that is affordable; without a mask, the detector's box. */
export function drawMask(
  logits: Float32Array,
  candidate: PixelBox,
  frame: { width: number; height: number },
  leastLogit = 0,
): DrawnMask {
  const { x0, y0, x1, y1 } = candidate;
  const square = squareAround(candidate);
  const step = square.side / MASK_PX;
  const at = (x: number, y: number): number =>
    bilinear(logits, (x - square.x) / step - 0.5, (y - square.y) / step - 0.5);

  // The mask may show that the detector's box is too narrow or too wide by a little; look one tenth further.
  const margin = 0.1 * Math.max(x1 - x0, y1 - y0);
  const low = { x: Math.max(square.x, x0 - margin), y: Math.max(square.y, y0 - margin) };
  const high = { x: Math.min(square.x + square.side, x1 + margin), y: Math.min(square.y + square.side, y1 + margin) };
  const samplePx = Math.max(1, Math.max(high.x - low.x, high.y - low.y) / MAX_MASK_PX);
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let y = low.y + samplePx / 2; y < high.y; y += samplePx) {
    for (let x = low.x + samplePx / 2; x < high.x; x += samplePx) {
      if (at(x, y) <= leastLogit) continue;
      left = Math.min(left, x - samplePx / 2);
      right = Math.max(right, x + samplePx / 2);
      top = Math.min(top, y - samplePx / 2);
      bottom = Math.max(bottom, y + samplePx / 2);
    }
  }
  const detected: PixelBox = { x0, y0, x1, y1 };
  if (!(right > left && bottom > top)) return { box: detected };
  const drawn: PixelBox = {
    x0: Math.max(0, left),
    y0: Math.max(0, top),
    x1: Math.min(frame.width, right),
    y1: Math.min(frame.height, bottom),
  };
  const box = overlap(drawn, detected) >= SAME_THING_IOU ? drawn : detected;
  const width = Math.max(1, Math.round((box.x1 - box.x0) / samplePx));
  const height = Math.max(1, Math.round((box.y1 - box.y0) / samplePx));
  const data = new Uint8Array(width * height);
  let count = 0;
  for (let row = 0; row < height; row++) {
    const y = box.y0 + ((row + 0.5) / height) * (box.y1 - box.y0);
    for (let column = 0; column < width; column++) {
      const x = box.x0 + ((column + 0.5) / width) * (box.x1 - box.x0);
      if (at(x, y) <= leastLogit) continue;
      data[row * width + column] = 1;
      count++;
    }
  }
  return count > 0 ? { box, mask: { width, height, data } } : { box: detected };
}

/** Part of the second's mask that the first's covers; 0 when either has none. */
export function sharedPart(first: DrawnMask, second: DrawnMask): number {
  if (!first.mask || !second.mask || overlap(first.box, second.box) === 0) return 0;
  const [a, b] = [first.mask, second.mask];
  const [columnsPerPx, rowsPerPx] = [a.width / (first.box.x1 - first.box.x0), a.height / (first.box.y1 - first.box.y0)];
  let own = 0;
  let shared = 0;
  for (let row = 0; row < b.height; row++) {
    const y = second.box.y0 + ((row + 0.5) / b.height) * (second.box.y1 - second.box.y0);
    const rowOfFirst = Math.floor((y - first.box.y0) * rowsPerPx);
    for (let column = 0; column < b.width; column++) {
      if (b.data[row * b.width + column] === 0) continue;
      own++;
      const x = second.box.x0 + ((column + 0.5) / b.width) * (second.box.x1 - second.box.x0);
      const columnOfFirst = Math.floor((x - first.box.x0) * columnsPerPx);
      const isInside = rowOfFirst >= 0 && rowOfFirst < a.height && columnOfFirst >= 0 && columnOfFirst < a.width;
      if (isInside) shared += a.data[rowOfFirst * a.width + columnOfFirst];
    }
  }
  return own === 0 ? 0 : shared / own;
}

function bilinear(values: Float32Array, x: number, y: number): number {
  const limit = MASK_PX - 1;
  const cx = Math.min(limit, Math.max(0, x));
  const cy = Math.min(limit, Math.max(0, y));
  const [i, j] = [Math.min(limit - 1, Math.floor(cx)), Math.min(limit - 1, Math.floor(cy))];
  const [a, b] = [cx - i, cy - j];
  const k = j * MASK_PX + i;
  const upper = values[k] * (1 - a) + values[k + 1] * a;
  const lower = values[k + MASK_PX] * (1 - a) + values[k + MASK_PX + 1] * a;
  return upper * (1 - b) + lower * b;
}
