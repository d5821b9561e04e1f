import type { Detection } from "../../domain/detection.js";
import type { Extreme, Side, Size } from "../lexicon/meaning.js";

/** Two things closer than this along the compared axis are level: the words do not tell them apart. */
export const TIE_M = 0.01;
/** Two sizes within this share of each other are the same size. */
export const SIZE_TIE_SHARE = 0.08;

type Measure = (detection: Detection) => number;

const center =
  (axis: 0 | 1 | 2): Measure =>
  (d) =>
    d.extentInBase.center[axis];
const negated =
  (measure: Measure): Measure =>
  (d) =>
    -measure(d);
const range: Measure = (d) => Math.hypot(d.extentInBase.center[0], d.extentInBase.center[1]);
/** Edge of the cube with the same volume: grows with length, so that shares are comparable between shapes. */
export const meanEdge: Measure = ({ extentInBase: { sizeM } }) => Math.cbrt(sizeM[0] * sizeM[1] * sizeM[2]);

/** Largest value first. */
const EXTREME_MEASURES: Readonly<Record<Extreme, Measure>> = {
  leftmost: center(1),
  rightmost: negated(center(1)),
  nearest: negated(range),
  farthest: range,
  biggest: meanEdge,
  smallest: negated(meanEdge),
  tallest: (d) => d.extentInBase.sizeM[2],
  shortest: (d) => -d.extentInBase.sizeM[2],
  highest: center(2),
  lowest: negated(center(2)),
};

const SIDE_EXTREMES: Readonly<Record<Exclude<Side, "middle">, Measure>> = {
  left: center(1),
  right: negated(center(1)),
  front: negated(center(0)),
  back: center(0),
  top: center(2),
  bottom: negated(center(2)),
};

const sortedBy = (things: readonly Detection[], measure: Measure): readonly Detection[] =>
  [...things].sort((a, b) => measure(b) - measure(a));

/** The best one, with all that tie with it. */
function best(things: readonly Detection[], measure: Measure, tie: number): readonly Detection[] {
  if (things.length < 2) return things;
  const top = Math.max(...things.map(measure));
  return things.filter((d) => measure(d) >= top - tie);
}

export function narrowByExtreme(things: readonly Detection[], extreme: Extreme): readonly Detection[] {
  const measure = EXTREME_MEASURES[extreme];
  const bySize = extreme === "biggest" || extreme === "smallest";
  const tie = bySize && things.length > 0 ? SIZE_TIE_SHARE * Math.max(...things.map(meanEdge)) : TIE_M;
  return best(things, measure, tie);
}

/** "The left one" is the leftmost; "the middle one" needs an odd number of things in a row. */
export function narrowBySide(things: readonly Detection[], side: Side): readonly Detection[] {
  if (side !== "middle") return best(things, SIDE_EXTREMES[side], TIE_M);
  if (things.length % 2 === 0) return things;
  return [sortedBy(things, center(1))[(things.length - 1) / 2]];
}

/** The index-th (1-based, -1 = last), counted from a side. */
export function narrowByOrdinal(things: readonly Detection[], index: number, from: Side): readonly Detection[] {
  const measure = from === "middle" ? SIDE_EXTREMES.left : SIDE_EXTREMES[from];
  const thing = sortedBy(things, measure).at(index < 0 ? index : index - 1);
  return thing === undefined ? [] : [thing];
}

/** Small and large are relative to the others that fit; a single one fits whatever its size. */
export function narrowBySize(things: readonly Detection[], size: Size, all: boolean): readonly Detection[] {
  if (things.length < 2) return things;
  if (!all) return narrowByExtreme(things, size === "large" ? "biggest" : "smallest");
  const edges = things.map(meanEdge);
  const [low, high] = [Math.min(...edges), Math.max(...edges)];
  if (high - low < SIZE_TIE_SHARE * high) return things;
  return things.filter((d) => meanEdge(d) > (low + high) / 2 === (size === "large"));
}
