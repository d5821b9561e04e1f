import { COLORS, type Color, type Kind } from "../../src/domain/vocabulary.js";
import type { TextureKind } from "./scene-spec.js";

export type MovableKind = Exclude<Kind, "drawer" | "sink" | "shelf" | "zone" | "handle">;

/** Where a thing can stand at the start. */
export type Support = "counter" | "shelf" | "sink" | "drawer";

type Range = readonly [low: number, high: number];

/** Lengths of the bounding box, metres, each drawn from its range. `sameXY`: round things, y follows x. */
export interface SizeRange {
  readonly x: Range;
  readonly y: Range | "as-x";
  readonly z: Range | "as-y";
}

export interface CatalogueEntry {
  readonly small: SizeRange;
  readonly large: SizeRange;
  /** Density times volume is not what mugs weigh: mass ranges in kilograms, by size. */
  readonly massKg: { readonly small: Range; readonly large: Range };
  readonly colors: readonly Color[];
  readonly textures: readonly TextureKind[];
  readonly gloss: Range;
  readonly supports: readonly Support[];
  /** How often it is drawn, relative to the others, by layout. */
  readonly weight: { readonly kitchen: number; readonly tabletop: number };
}

/**
 * Every movable kind as data. Conventions of the box: bag x = width, y = thickness; mug x = body diameter plus handle, which
 * points along +x; banana and lemon lie along x; sponge lies; the others stand.
 */
export const CATALOGUE: Readonly<Record<MovableKind, CatalogueEntry>> = {
  bag: {
    small: { x: [0.08, 0.088], y: [0.045, 0.05], z: [0.09, 0.1] },
    large: { x: [0.1, 0.11], y: [0.053, 0.06], z: [0.108, 0.13] },
    massKg: { small: [0.05, 0.08], large: [0.09, 0.14] },
    colors: COLORS,
    textures: ["plain", "plain", "label", "stripes"],
    gloss: [0.05, 0.3],
    supports: ["counter", "shelf", "drawer"],
    weight: { kitchen: 4, tabletop: 1 },
  },
  mug: {
    small: { x: [0.06, 0.062], y: "as-x", z: [0.075, 0.08] },
    large: { x: [0.066, 0.068], y: "as-x", z: [0.09, 0.095] },
    massKg: { small: [0.14, 0.18], large: [0.2, 0.26] },
    colors: COLORS,
    textures: ["plain", "plain", "stripes", "speckle"],
    gloss: [0.35, 0.6],
    supports: ["counter", "shelf", "sink"],
    weight: { kitchen: 4, tabletop: 1 },
  },
  can: {
    small: { x: [0.05, 0.053], y: "as-x", z: [0.09, 0.098] },
    large: { x: [0.061, 0.066], y: "as-x", z: [0.11, 0.12] },
    massKg: { small: [0.1, 0.16], large: [0.2, 0.3] },
    colors: COLORS,
    textures: ["plain", "label", "stripes", "brushed"],
    gloss: [0.4, 0.7],
    supports: ["counter", "shelf", "drawer"],
    weight: { kitchen: 3, tabletop: 1 },
  },
  bottle: {
    small: { x: [0.05, 0.053], y: "as-x", z: [0.15, 0.165] },
    large: { x: [0.06, 0.065], y: "as-x", z: [0.19, 0.21] },
    massKg: { small: [0.12, 0.18], large: [0.22, 0.3] },
    colors: COLORS,
    textures: ["plain", "label", "label"],
    gloss: [0.4, 0.8],
    supports: ["counter", "shelf"],
    weight: { kitchen: 3, tabletop: 0.5 },
  },
  apple: {
    small: { x: [0.055, 0.059], y: "as-x", z: [0.05, 0.054] },
    large: { x: [0.066, 0.07], y: "as-x", z: [0.06, 0.065] },
    massKg: { small: [0.08, 0.11], large: [0.13, 0.17] },
    colors: ["red", "green", "yellow"],
    textures: ["speckle", "plain"],
    gloss: [0.2, 0.5],
    supports: ["counter", "shelf", "sink", "drawer"],
    weight: { kitchen: 3, tabletop: 1 },
  },
  banana: {
    small: { x: [0.14, 0.15], y: [0.048, 0.052], z: [0.032, 0.034] },
    large: { x: [0.168, 0.18], y: [0.056, 0.062], z: [0.036, 0.038] },
    massKg: { small: [0.07, 0.09], large: [0.1, 0.13] },
    colors: ["yellow", "green"],
    textures: ["plain", "speckle"],
    gloss: [0.05, 0.2],
    supports: ["counter"],
    weight: { kitchen: 2, tabletop: 0.5 },
  },
  lemon: {
    small: { x: [0.06, 0.064], y: [0.045, 0.048], z: "as-y" },
    large: { x: [0.07, 0.075], y: [0.052, 0.055], z: "as-y" },
    massKg: { small: [0.05, 0.07], large: [0.08, 0.1] },
    colors: ["yellow", "green"],
    textures: ["speckle", "plain"],
    gloss: [0.1, 0.35],
    supports: ["counter", "shelf", "sink", "drawer"],
    weight: { kitchen: 2, tabletop: 0.5 },
  },
  sponge: {
    small: { x: [0.072, 0.078], y: [0.042, 0.046], z: [0.025, 0.028] },
    large: { x: [0.09, 0.098], y: [0.052, 0.056], z: [0.031, 0.034] },
    massKg: { small: [0.02, 0.025], large: [0.025, 0.035] },
    colors: COLORS,
    textures: ["speckle"],
    gloss: [0, 0.05],
    supports: ["counter", "sink", "drawer"],
    weight: { kitchen: 2, tabletop: 0.5 },
  },
  box: {
    small: { x: [0.045, 0.05], y: [0.06, 0.07], z: [0.05, 0.065] },
    large: { x: [0.056, 0.065], y: [0.085, 0.1], z: [0.09, 0.11] },
    massKg: { small: [0.05, 0.09], large: [0.12, 0.2] },
    colors: COLORS,
    textures: ["plain", "label", "stripes", "checker"],
    gloss: [0.05, 0.25],
    supports: ["counter", "shelf", "drawer"],
    weight: { kitchen: 2, tabletop: 2 },
  },
  block: {
    small: { x: [0.035, 0.038], y: "as-x", z: "as-y" },
    large: { x: [0.046, 0.05], y: "as-x", z: "as-y" },
    massKg: { small: [0.03, 0.04], large: [0.06, 0.08] },
    colors: COLORS,
    textures: ["plain", "plain", "wood"],
    gloss: [0.05, 0.25],
    supports: ["counter", "drawer"],
    weight: { kitchen: 1, tabletop: 10 },
  },
  bowl: {
    small: { x: [0.12, 0.128], y: "as-x", z: [0.05, 0.054] },
    large: { x: [0.148, 0.16], y: "as-x", z: [0.06, 0.065] },
    massKg: { small: [0.2, 0.25], large: [0.3, 0.4] },
    colors: COLORS,
    textures: ["plain", "plain", "stripes", "speckle"],
    gloss: [0.3, 0.6],
    supports: ["counter"],
    weight: { kitchen: 1.5, tabletop: 3 },
  },
};

/** How far a mug's handle stands out from its body, metres: `sizeM[0] - sizeM[1]`. */
export const MUG_HANDLE_M = 0.026;

/** Tallest thing that a closed drawer can hold under the cabinet's top board, metres. */
export const DRAWER_HEADROOM_M = 0.113;
/** Tallest thing in the strip before the drawers, where the hand and the open drawers' fronts pass over. */
export const FRONT_STRIP_HEADROOM_M = 0.12;
