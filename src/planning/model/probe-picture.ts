import type { RgbPicture } from "../../ports/model-client.js";
import type { Fraction } from "./coordinate-convention.js";

/** A disc of the probe's picture. */
export interface ProbeMark extends Fraction {
  readonly color: "red" | "green" | "blue" | "yellow" | "black";
}

/**
 * Where the discs are: nowhere symmetrical, so that a swapped, mirrored or differently scaled reading of one cannot pass for
 * another, and far out, where conventions differ most.
 */
export const PROBE_MARKS: readonly ProbeMark[] = [
  { color: "red", x: 0.93, y: 0.12 },
  { color: "green", x: 0.22, y: 0.9 },
  { color: "blue", x: 0.11, y: 0.35 },
  { color: "yellow", x: 0.66, y: 0.71 },
  { color: "black", x: 0.47, y: 0.24 },
];

/** A multiple of 28 and of 32 on both sides: no family that is known resizes it. */
export const PROBE_SIZE = { width: 896, height: 672 };

const RGB: Readonly<Record<ProbeMark["color"], readonly [number, number, number]>> = {
  red: [220, 30, 30],
  green: [20, 150, 50],
  blue: [30, 60, 220],
  yellow: [240, 210, 20],
  black: [15, 15, 15],
};
const RADIUS = 0.035;
const PAPER = 235;

/** Discs on light paper. */
export function drawProbe(): RgbPicture {
  const { width, height } = PROBE_SIZE;
  const rgb = new Uint8Array(width * height * 3).fill(PAPER);
  const radius = RADIUS * height;
  for (const { color, x, y } of PROBE_MARKS) {
    const [u, v] = [x * width, y * height];
    for (let row = Math.floor(v - radius); row <= v + radius; row++) {
      for (let column = Math.floor(u - radius); column <= u + radius; column++) {
        if (Math.hypot(column + 0.5 - u, row + 0.5 - v) > radius) continue;
        rgb.set(RGB[color], (row * width + column) * 3);
      }
    }
  }
  return { width, height, rgb };
}
