import type { RgbPicture } from "../ports/model-client.js";

const COLUMNS = 8;
const ROWS = 6;
/** Every so many pixels of a cell, each way, are plenty for a mean. */
const SAMPLES = 8;

/** Mean colours of a grid of 8 x 6 cells, row by row, red, green and blue each 0 to 1. */
export function sketchOf({ width, height, rgb }: RgbPicture): readonly number[] {
  const sketch: number[] = [];
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column < COLUMNS; column++) {
      const sum = [0, 0, 0];
      for (let v = 0; v < SAMPLES; v++) {
        for (let u = 0; u < SAMPLES; u++) {
          const x = Math.min(width - 1, Math.floor(((column + (u + 0.5) / SAMPLES) / COLUMNS) * width));
          const y = Math.min(height - 1, Math.floor(((row + (v + 0.5) / SAMPLES) / ROWS) * height));
          for (let channel = 0; channel < 3; channel++) sum[channel] += rgb[(y * width + x) * 3 + channel];
        }
      }
      for (const value of sum) sketch.push(Math.round((value / SAMPLES ** 2 / 255) * 1000) / 1000);
    }
  }
  return sketch;
}

/** Mean difference of two sketches, 0 to 1. Pictures of the same scene a moment apart are below 0.01. */
export function sketchDistance(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, at) => sum + Math.abs(value - (b[at] ?? 0)), 0) / Math.max(1, a.length);
}
