import type { Intrinsics } from "../../domain/frame.js";
import type { Pose } from "../../domain/geometry/pose.js";
import { quaternionToMatrix } from "../../domain/geometry/quaternion.js";
import { halveToPlanes, resampleToPlanes, type Raster } from "./resample.js";

/** The detector's input size and the stride of its outputs. Part of the weights' contract. */
export const CANVAS_WIDTH = 320;
export const CANVAS_HEIGHT = 240;
export const STRIDE = 4;
export const GRID_WIDTH = CANVAS_WIDTH / STRIDE;
export const GRID_HEIGHT = CANVAS_HEIGHT / STRIDE;
const CELLS = GRID_WIDTH * GRID_HEIGHT;
/** Around pictures of other proportions. */
const PADDING = 0.5;

/** Where a picture lies on the detector's canvas: canvas = picture * scale + offset, in pixels. */
export interface Fit {
  readonly scale: number;
  readonly offsetX: number;
  readonly offsetY: number;
}

export function fitToCanvas(width: number, height: number): Fit {
  const scale = Math.min(CANVAS_WIDTH / width, CANVAS_HEIGHT / height);
  return { scale, offsetX: (CANVAS_WIDTH - width * scale) / 2, offsetY: (CANVAS_HEIGHT - height * scale) / 2 };
}

/** RGB planes of the picture on the canvas. Exactly half-size pictures by the mean of four, others by an area filter. */
export function drawCanvas(picture: Raster, fit: Fit): Float32Array {
  const planes = new Float32Array(3 * CANVAS_WIDTH * CANVAS_HEIGHT);
  if (picture.width === 2 * CANVAS_WIDTH && picture.height === 2 * CANVAS_HEIGHT) {
    halveToPlanes(picture, planes);
    return planes;
  }
  const region = {
    x: -fit.offsetX / fit.scale,
    y: -fit.offsetY / fit.scale,
    width: CANVAS_WIDTH / fit.scale,
    height: CANVAS_HEIGHT / fit.scale,
  };
  resampleToPlanes(picture, region, { data: planes, offset: 0, width: CANVAS_WIDTH, height: CANVAS_HEIGHT });
  for (let y = 0, i = 0; y < CANVAS_HEIGHT; y++) {
    for (let x = 0; x < CANVAS_WIDTH; x++, i++) {
      const inside =
        x + 0.5 >= fit.offsetX &&
        x + 0.5 <= CANVAS_WIDTH - fit.offsetX &&
        y + 0.5 >= fit.offsetY &&
        y + 0.5 <= CANVAS_HEIGHT - fit.offsetY;
      if (!inside) for (let c = 0; c < 3; c++) planes[c * CANVAS_WIDTH * CANVAS_HEIGHT + i] = PADDING;
    }
  }
  return planes;
}

/** Planes at stride 4: unit ray direction in the base frame through each cell's centre, and the camera's height. */
export function drawRays(intrinsics: Intrinsics, poseInBase: Pose, fit: Fit): Float32Array {
  const rays = new Float32Array(4 * CELLS);
  const { fx, fy, cx, cy } = intrinsics;
  const m = quaternionToMatrix(poseInBase.orientation);
  for (let row = 0, i = 0; row < GRID_HEIGHT; row++) {
    const b = (((row + 0.5) * STRIDE - fit.offsetY) / fit.scale - cy) / fy;
    for (let column = 0; column < GRID_WIDTH; column++, i++) {
      const a = (((column + 0.5) * STRIDE - fit.offsetX) / fit.scale - cx) / fx;
      const length = Math.hypot(a, b, 1);
      for (let k = 0; k < 3; k++) rays[k * CELLS + i] = (m[3 * k] * a + m[3 * k + 1] * b + m[3 * k + 2]) / length;
      rays[3 * CELLS + i] = poseInBase.position[2];
    }
  }
  return rays;
}

/** The part of a stride-4 plane that the picture covers. */
export function cropGrid(plane: Float32Array, fit: Fit): { width: number; height: number; data: Float32Array } {
  const x0 = Math.round(fit.offsetX / STRIDE);
  const y0 = Math.round(fit.offsetY / STRIDE);
  const width = Math.max(1, GRID_WIDTH - 2 * x0);
  const height = Math.max(1, GRID_HEIGHT - 2 * y0);
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = (y + y0) * GRID_WIDTH + x0;
    data.set(plane.subarray(from, from + width), y * width);
  }
  return { width, height, data };
}
