import type { Random } from "../../src/domain/random.js";
import type { Vec3 } from "../../src/domain/geometry/vec3.js";
import type { Color } from "../../src/domain/vocabulary.js";

/** What each colour word means: sRGB, 0 to 1. */
export const PALETTE: Readonly<Record<Color, Vec3>> = {
  red: [0.8, 0.09, 0.09],
  orange: [0.94, 0.47, 0.06],
  yellow: [0.95, 0.82, 0.1],
  green: [0.14, 0.57, 0.19],
  cyan: [0.12, 0.74, 0.79],
  blue: [0.11, 0.26, 0.78],
  purple: [0.47, 0.17, 0.65],
  pink: [0.95, 0.5, 0.68],
  brown: [0.42, 0.25, 0.13],
  white: [0.93, 0.93, 0.91],
  gray: [0.52, 0.52, 0.53],
  black: [0.07, 0.07, 0.08],
};

const clamp01 = (value: number): number => Math.min(1, Math.max(0, value));

/** The colour as one particular thing has it: a little lighter or darker, a little off in hue, still the same word. */
export function jitteredRgb(color: Color, random: Random): Vec3 {
  const [r, g, b] = PALETTE[color];
  const brightness = random.between(0.88, 1.08);
  const saturation = random.between(0.86, 1.1);
  const mean = (r + g + b) / 3;
  const channel = (value: number): number =>
    clamp01((mean + (value - mean) * saturation) * brightness + random.between(-0.018, 0.018));
  return [channel(r), channel(g), channel(b)];
}
