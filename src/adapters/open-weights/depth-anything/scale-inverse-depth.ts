import type { Frame } from "../../../domain/frame.js";
import { quaternionToMatrix } from "../../../domain/geometry/quaternion.js";
import { createRandom, type Random } from "../../../domain/random.js";
import { fail, ok, type Result } from "../../../domain/result.js";
import type { DenseMap } from "../weights-messages.js";

/** 1 / metres = gain * value + offset. */
export interface InverseFit {
  readonly gain: number;
  readonly offset: number;
  /** Part of the anchors that lie within 5 % of it. */
  readonly agreeing: number;
}

/** A place in the map whose depth is known, or may be one of several. */
interface Anchor {
  readonly value: number;
  /** 1 / metres; one for each plane that the pixel could lie on. */
  readonly inverses: readonly number[];
}

const STEP_PARTS = 48;
/** Relative error of depth within which an anchor agrees. */
const AGREES = 0.05;
const TRIES = 200;
/** Of pixels that could lie on a plane many do not: things stand on it, and the picture shows more than the plane. */
const MIN_AGREEING = { sensor: 0.6, planes: 0.25 };
const MIN_ANCHORS = 24;
/** Nothing in a robot's reach is farther; beyond it the fit's offset rules. */
const FARTHEST_M = 20;
const NEAREST_M = 0.05;

/**
 * Inverse depth of unknown scale to metres, by the frame's depth readings or, without them, by horizontal planes whose heights are
 * known: on a plane, true inverse depth follows from the camera's pose, so the two numbers that are missing can be solved for.
 */
export function scaleInverseDepth(
  map: DenseMap,
  frame: Frame,
  { planesM }: { readonly planesM: readonly number[] },
): Result<{ depthM: Float32Array; fit: InverseFit }, "no-anchors" | "poor-fit"> {
  const kind = frame.depthM === undefined ? "planes" : "sensor";
  const anchors = kind === "sensor" ? sensorAnchors(map, frame) : planeAnchors(map, frame, planesM);
  if (anchors.length < MIN_ANCHORS) {
    return fail(
      "no-anchors",
      `These depth weights only say what is nearer. Metres need a depth camera, or planes in view whose heights are known (perception.depth.planesM); found ${anchors.length} usable places, expected ${MIN_ANCHORS}. Metric weights need neither.`,
      { anchors: anchors.length },
    );
  }
  const fit = fitInverse(anchors, createRandom(frame.width * 31 + anchors.length));
  if (fit === undefined || fit.agreeing < MIN_AGREEING[kind]) {
    const percent = Math.round((fit?.agreeing ?? 0) * 100);
    return fail(
      "poor-fit",
      `Only ${percent} % of what is known about depth agrees with the network's picture of it; expected ${MIN_AGREEING[kind] * 100} %. Check the camera's pose and perception.depth.planesM.`,
      { agreeing: fit?.agreeing ?? 0 },
    );
  }
  const depthM = map.values.map((value) => {
    const metres = 1 / Math.max(1 / FARTHEST_M, fit.gain * value + fit.offset);
    return Number.isFinite(metres) ? metres : 0;
  });
  return ok({ depthM, fit });
}

/** Even grid over the map: value, and where it is in the frame's pixels. */
function* gridOf(map: DenseMap, frame: Frame): Generator<{ value: number; u: number; v: number }> {
  const step = Math.max(1, Math.floor(Math.max(map.width, map.height) / STEP_PARTS));
  for (let row = step >> 1; row < map.height; row += step) {
    for (let column = step >> 1; column < map.width; column += step) {
      const value = map.values[row * map.width + column];
      if (!Number.isFinite(value)) continue;
      yield { value, u: ((column + 0.5) / map.width) * frame.width, v: ((row + 0.5) / map.height) * frame.height };
    }
  }
}

function sensorAnchors(map: DenseMap, frame: Frame): readonly Anchor[] {
  const anchors: Anchor[] = [];
  for (const { value, u, v } of gridOf(map, frame)) {
    const metres = frame.depthM?.[Math.floor(v) * frame.width + Math.floor(u)] ?? 0;
    if (metres > NEAREST_M && metres < FARTHEST_M) anchors.push({ value, inverses: [1 / metres] });
  }
  return anchors;
}

function planeAnchors(map: DenseMap, frame: Frame, planesM: readonly number[]): readonly Anchor[] {
  const { fx, fy, cx, cy } = frame.intrinsics;
  const m = quaternionToMatrix(frame.poseInBase.orientation);
  const cameraM = frame.poseInBase.position[2];
  const anchors: Anchor[] = [];
  for (const { value, u, v } of gridOf(map, frame)) {
    // Metres of height for each metre along the optical axis.
    const fall = m[6] * ((u - cx) / fx) + m[7] * ((v - cy) / fy) + m[8];
    const inverses = planesM
      .map((planeM) => (planeM - cameraM) / fall)
      .filter((metres) => metres > NEAREST_M && metres < FARTHEST_M)
      .map((metres) => 1 / metres);
    if (inverses.length > 0) anchors.push({ value, inverses });
  }
  return anchors;
}

const error = ({ gain, offset }: Pick<InverseFit, "gain" | "offset">, { value, inverses }: Anchor): number =>
  Math.min(...inverses.map((inverse) => Math.abs((gain * value + offset) / inverse - 1)));

/** Two anchors at a time until most others agree, then least squares over those that do. */
function fitInverse(anchors: readonly Anchor[], random: Random): InverseFit | undefined {
  const agreeing = (fit: { gain: number; offset: number }): readonly Anchor[] =>
    anchors.filter((anchor) => error(fit, anchor) < AGREES);
  let best: { gain: number; offset: number } | undefined;
  let most = 0;
  for (let i = 0; i < TRIES; i++) {
    const [a, b] = [random.pick(anchors), random.pick(anchors)];
    if (a.value === b.value) continue;
    const [inverseA, inverseB] = [random.pick(a.inverses), random.pick(b.inverses)];
    const gain = (inverseB - inverseA) / (b.value - a.value);
    // Nearer is larger; anything else is a fit through noise.
    if (!(gain > 0)) continue;
    const fit = { gain, offset: inverseA - gain * a.value };
    const count = agreeing(fit).length;
    if (count > most) [best, most] = [fit, count];
  }
  for (let round = 0; best !== undefined && round < 4; round++) {
    const closest = agreeing(best);
    const refined = leastSquares(best, closest);
    if (refined === undefined || agreeing(refined).length < closest.length) break;
    best = refined;
  }
  return best && { ...best, agreeing: agreeing(best).length / anchors.length };
}

function leastSquares(
  fit: { gain: number; offset: number },
  anchors: readonly Anchor[],
): { gain: number; offset: number } | undefined {
  const pairs = anchors.map(({ value, inverses }) => {
    const guess = fit.gain * value + fit.offset;
    const nearest = inverses.reduce((a, b) => (Math.abs(b - guess) < Math.abs(a - guess) ? b : a));
    return [value, nearest] as const;
  });
  const n = pairs.length;
  const mean = (pick: (pair: readonly [number, number]) => number): number =>
    pairs.reduce((sum, pair) => sum + pick(pair), 0) / n;
  const meanValue = mean(([value]) => value);
  const meanInverse = mean(([, inverse]) => inverse);
  const variance = mean(([value]) => (value - meanValue) ** 2);
  if (!(variance > 0)) return undefined;
  const gain = mean(([value, inverse]) => (value - meanValue) * (inverse - meanInverse)) / variance;
  return gain > 0 ? { gain, offset: meanInverse - gain * meanValue } : undefined;
}
