import type { Vec3 } from "../../src/domain/geometry/vec3.js";
import type { Random } from "../../src/domain/random.js";
import type { Color } from "../../src/domain/vocabulary.js";
import { CATALOGUE, type MovableKind } from "./catalogue.js";
import { jitteredRgb } from "./palette.js";
import type { MaterialSpec, TextureKind } from "./scene-spec.js";

interface Look {
  readonly rgb: Vec3;
  readonly texture: TextureKind;
  readonly textureScale: number;
  readonly contrast: number;
  readonly gloss: number;
}

const look = (rgb: Vec3, texture: TextureKind, textureScale: number, contrast: number, gloss: number): Look => ({
  rgb,
  texture,
  textureScale,
  contrast,
  gloss,
});

/** Plausible surfaces to choose from, by what they cover. */
const SURFACES = {
  counter: [
    look([0.78, 0.62, 0.43], "wood", 3, 0.35, 0.15),
    look([0.45, 0.3, 0.19], "wood", 3, 0.4, 0.15),
    look([0.88, 0.87, 0.84], "marble", 3, 0.3, 0.4),
    look([0.58, 0.58, 0.58], "speckle", 60, 0.3, 0.3),
    look([0.24, 0.25, 0.27], "speckle", 60, 0.35, 0.35),
    look([0.83, 0.77, 0.67], "plain", 1, 0, 0.2),
    look([0.66, 0.68, 0.71], "brushed", 6, 0.2, 0.4),
    look([0.92, 0.91, 0.9], "plain", 1, 0, 0.3),
  ],
  cabinet: [
    look([0.9, 0.9, 0.88], "plain", 1, 0, 0.15),
    look([0.87, 0.82, 0.72], "plain", 1, 0, 0.1),
    look([0.62, 0.64, 0.65], "plain", 1, 0, 0.15),
    look([0.74, 0.57, 0.38], "wood", 3, 0.4, 0.15),
    look([0.4, 0.27, 0.18], "wood", 3, 0.4, 0.15),
    look([0.58, 0.65, 0.56], "plain", 1, 0, 0.1),
    look([0.25, 0.31, 0.4], "plain", 1, 0, 0.15),
  ],
  wall: [
    look([0.88, 0.88, 0.86], "tiles", 7, 0.3, 0.3),
    look([0.72, 0.78, 0.8], "tiles", 9, 0.3, 0.35),
    look([0.84, 0.8, 0.72], "tiles", 6, 0.35, 0.25),
    look([0.55, 0.62, 0.6], "tiles", 8, 0.25, 0.3),
    look([0.86, 0.84, 0.8], "plain", 1, 0, 0.05),
    look([0.7, 0.72, 0.76], "plain", 1, 0, 0.05),
  ],
  floor: [
    look([0.55, 0.42, 0.3], "wood", 2, 0.4, 0.1),
    look([0.7, 0.68, 0.64], "tiles", 3, 0.25, 0.2),
    look([0.4, 0.4, 0.42], "tiles", 3, 0.25, 0.2),
    look([0.78, 0.76, 0.72], "checker", 2.5, 0.25, 0.2),
  ],
  metal: [
    look([0.7, 0.72, 0.74], "brushed", 8, 0.15, 0.6),
    look([0.6, 0.61, 0.62], "brushed", 8, 0.2, 0.5),
    look([0.8, 0.8, 0.8], "brushed", 6, 0.1, 0.7),
  ],
  handle: [
    look([0.75, 0.76, 0.78], "brushed", 10, 0.1, 0.7),
    look([0.16, 0.16, 0.17], "plain", 1, 0, 0.4),
    look([0.72, 0.6, 0.36], "brushed", 10, 0.1, 0.6),
  ],
} as const;

/** One of the plausible materials for a surface, slightly varied. */
export function surfaceMaterial(surface: keyof typeof SURFACES, random: Random): MaterialSpec {
  const chosen = random.pick<Look>(SURFACES[surface]);
  const brightness = random.between(0.92, 1.06);
  const vary = (value: number): number => Math.min(1, value * brightness + random.between(-0.015, 0.015));
  return {
    ...chosen,
    rgb: [vary(chosen.rgb[0]), vary(chosen.rgb[1]), vary(chosen.rgb[2])],
    textureScale: chosen.textureScale * random.between(0.85, 1.2),
    seed: random.below(1_000_000),
  };
}

/** A plain material in the given colour word, for zones and clutter. */
export const plainMaterial = (color: Color, random: Random): MaterialSpec => ({
  rgb: jitteredRgb(color, random),
  texture: "plain",
  textureScale: 1,
  contrast: 0,
  seed: random.below(1_000_000),
  gloss: random.between(0, 0.2),
});

const TEXTURE_SCALES: Readonly<Record<TextureKind, number>> = {
  plain: 1,
  wood: 14,
  marble: 10,
  tiles: 12,
  checker: 35,
  stripes: 40,
  speckle: 90,
  brushed: 30,
  label: 1,
};

export function objectMaterial(kind: MovableKind, color: Color, random: Random): MaterialSpec {
  const entry = CATALOGUE[kind];
  const texture = random.pick(entry.textures);
  return {
    rgb: jitteredRgb(color, random),
    texture,
    textureScale: TEXTURE_SCALES[texture] * random.between(0.8, 1.25),
    contrast: texture === "label" ? random.between(0.4, 0.8) : random.between(0.12, 0.35),
    seed: random.below(1_000_000),
    gloss: random.between(entry.gloss[0], entry.gloss[1]),
  };
}
