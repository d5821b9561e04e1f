import type { Kind } from "../domain/vocabulary.js";

/** Lengths along the thing's own x (length), y (width) and upwards (height), metres. */
export interface Lengths {
  readonly lengthM: number;
  readonly widthM: number;
  readonly heightM: number;
}

/** How a kind's outline follows from its lengths, and what its lengths usually are. */
export interface OutlineShape {
  /** Corners of the body's convex hull, parts of length, width and height; x and y from the middle, z from the support. */
  readonly corners: readonly (readonly [x: number, y: number, z: number])[];
  readonly usual: Lengths;
  /** Spread of the size as a whole, as a part of it: small ones are small all over. */
  readonly spread: number;
  /** Spread of each length around what the size makes it. */
  readonly variation: number;
  /** Width is length. */
  readonly round: boolean;
  /** Turns from which the search begins, radians; none = it looks alike from all sides. */
  readonly turns: readonly number[];
}

const CIRCLE = Array.from({ length: 12 }, (_, i) => (i * Math.PI) / 6).map(
  (angle) => [Math.cos(angle) / 2, Math.sin(angle) / 2] as const,
);
/** A circle of corners around the upright axis; a circumscribed one, so that the outline is as wide as the body. */
const ring = (part: number, z: number): readonly (readonly [number, number, number])[] =>
  CIRCLE.map(([x, y]) => [x * part * 1.01, y * part * 1.01, z]);
const rectangle = (x: number, y: number, z: number): readonly (readonly [number, number, number])[] => [
  [x / 2, y / 2, z],
  [-x / 2, y / 2, z],
  [-x / 2, -y / 2, z],
  [x / 2, -y / 2, z],
];
const EGG = [0.067, 0.25, 0.5, 0.75, 0.933].flatMap((z) => ring(2 * Math.sqrt(z * (1 - z)), z));
const BRICK = [...rectangle(1, 1, 0), ...rectangle(1, 1, 1)];
const CYLINDER = [...ring(1, 0), ...ring(1, 1)];

const HALF_TURN = [0, 1, 2, 3].map((quarter) => (quarter * Math.PI) / 4);
const FULL_TURN = [0, 1, 2, 3, 4, 5, 6, 7].map((eighth) => (eighth * Math.PI) / 4);

const usual = (lengthM: number, widthM: number, heightM: number): Lengths => ({ lengthM, widthM, heightM });
const shape = (
  corners: OutlineShape["corners"],
  lengths: Lengths,
  {
    spread,
    variation = 0.06,
    round = false,
    turns = round ? [] : HALF_TURN,
  }: { spread: number; variation?: number; round?: boolean; turns?: readonly number[] },
): OutlineShape => ({ corners, usual: lengths, spread, variation, round, turns });

/** A thing of unknown kind is a brick of any size. */
const ANYTHING = shape(BRICK, usual(0.08, 0.06, 0.08), { spread: 0.4, variation: 0.4 });

const SHAPES: Readonly<Partial<Record<Kind, OutlineShape>>> = {
  // A pouch stands on its bulge and closes to a seam.
  bag: shape(
    [...rectangle(0.92, 0.8, 0), ...rectangle(1, 1, 0.35), ...rectangle(0.92, 0.12, 1)],
    usual(0.094, 0.052, 0.108),
    {
      spread: 0.12,
    },
  ),
  // Its length is the body's alone; the handle along x is a part of the outline.
  mug: shape([...CYLINDER, [0.95, 0, 0.3], [0.95, 0, 0.75]], usual(0.064, 0.064, 0.085), {
    spread: 0.08,
    round: true,
    turns: FULL_TURN,
  }),
  can: shape(CYLINDER, usual(0.058, 0.058, 0.105), { spread: 0.12, round: true }),
  bottle: shape([...ring(1, 0), ...ring(1, 0.62), ...ring(0.5, 0.8), ...ring(0.45, 1)], usual(0.058, 0.058, 0.178), {
    spread: 0.12,
    round: true,
  }),
  apple: shape(EGG, usual(0.062, 0.062, 0.057), { spread: 0.1, round: true }),
  lemon: shape(EGG, usual(0.067, 0.05, 0.05), { spread: 0.1 }),
  banana: shape(EGG, usual(0.16, 0.054, 0.035), { spread: 0.12 }),
  sponge: shape(BRICK, usual(0.085, 0.049, 0.03), { spread: 0.14 }),
  box: shape(BRICK, usual(0.08, 0.055, 0.08), { spread: 0.2, variation: 0.12 }),
  block: shape(BRICK, usual(0.042, 0.042, 0.042), { spread: 0.14 }),
  bowl: shape([...ring(0.5, 0), ...ring(0.87, 0.45), ...ring(1, 1)], usual(0.14, 0.14, 0.057), {
    spread: 0.1,
    round: true,
  }),
};

export const outlineShapeOf = (kind: Kind | undefined): OutlineShape => (kind && SHAPES[kind]) ?? ANYTHING;
