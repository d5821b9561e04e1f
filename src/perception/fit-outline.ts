import type { Extent } from "../domain/detection.js";
import { quaternionToMatrix } from "../domain/geometry/quaternion.js";
import { OUTLINE_DIRECTIONS, type Outline } from "./outline.js";
import type { OutlineShape } from "./outline-shapes.js";
import { solveLinear } from "./solve-linear.js";
import type { CameraView } from "./surface-points.js";

/** What a mask's edge is usually off by, pixels; from the second on, a deviation counts only in proportion. */
const EDGE_PX = 1.5;
const BLUNT_PX = 4;
const ROUNDS = 14;
/** Steps by which each parameter's effect is tried: metres, radians, parts of a length. */
const STEPS = [0.0005, 0.0005, 0.01, 0.005, 0.005, 0.005] as const;
/** Nothing that is handled is smaller or larger than these parts of what is usual. */
const LARGEST = Math.log(2.2);

export interface OutlineFitInput {
  readonly view: CameraView;
  readonly outline: Outline;
  readonly shape: OutlineShape;
  /** Height of what the thing stands on, base frame, metres. */
  readonly supportM: number;
  /** A rough place to begin from, base frame. */
  readonly near: readonly [x: number, y: number];
  /** Something may hide the lower side: the body may reach further down in the picture than the mask does. */
  readonly lowerEdgeHidden: boolean;
}

export interface OutlineFit {
  readonly extent: Extent;
  /** Root mean square of what the outline is off by, pixels. */
  readonly offPx: number;
  /** How unlikely it is: sum of squares of deviations, of the outline and from the usual lengths, each by what is usual. */
  readonly cost: number;
}

/** Where a body stands and how it is turned; the logarithm of each length's ratio to the usual one. */
type Parameters = readonly [x: number, y: number, yaw: number, length: number, width: number, height: number];

/**
 * The body of a known kind, standing on a plane of known height, whose outline in the picture is the mask's: place, turn and
 * lengths by damped least squares, lengths held near to what is usual. Needs no depth.
 */
export function fitOutline(input: OutlineFitInput): OutlineFit {
  const yaws = input.shape.turns.length > 0 ? input.shape.turns : [0];
  const residuals = createResiduals(input);
  const fits = yaws.map((yaw) => refine([input.near[0], input.near[1], yaw, 0, 0, 0], input.shape, residuals));
  const { parameters, cost } = fits.reduce((best, fit) => (fit.cost < best.cost ? fit : best));
  const [x, y, yawRad] = parameters;
  const { lengthM, widthM, heightM } = lengthsOf(parameters, input.shape);
  const longFirst = lengthM >= widthM;
  return {
    extent: {
      center: [x, y, input.supportM + heightM / 2],
      sizeM: longFirst ? [lengthM, widthM, heightM] : [widthM, lengthM, heightM],
      yawRad: Math.atan2(
        Math.sin(longFirst ? yawRad : yawRad + Math.PI / 2),
        Math.cos(longFirst ? yawRad : yawRad + Math.PI / 2),
      ),
    },
    offPx: Math.sqrt(cost / OUTLINE_DIRECTIONS.length) * EDGE_PX,
    cost,
  };
}

function lengthsOf([, , , length, width, height]: Parameters, { usual, round }: OutlineShape) {
  return {
    lengthM: usual.lengthM * Math.exp(length),
    widthM: usual.widthM * Math.exp(round ? length : width),
    heightM: usual.heightM * Math.exp(height),
  };
}

/** Deviations of outline and of lengths, each as a multiple of what is usual. */
function createResiduals({ view, outline, shape, supportM, lowerEdgeHidden }: OutlineFitInput) {
  const { fx, fy, cx, cy } = view.intrinsics;
  const m = quaternionToMatrix(view.poseInBase.orientation);
  const [px, py, pz] = view.poseInBase.position;
  const us = new Float64Array(shape.corners.length);
  const vs = new Float64Array(shape.corners.length);
  return (parameters: Parameters): readonly number[] => {
    const [x, y, yaw, ...logs] = parameters;
    const { lengthM, widthM, heightM } = lengthsOf(parameters, shape);
    const [c, s] = [Math.cos(yaw), Math.sin(yaw)];
    shape.corners.forEach(([a, b, h], i) => {
      const dx = x + c * a * lengthM - s * b * widthM - px;
      const dy = y + s * a * lengthM + c * b * widthM - py;
      const dz = supportM + h * heightM - pz;
      const depth = Math.max(0.05, m[2] * dx + m[5] * dy + m[8] * dz);
      us[i] = cx + (fx * (m[0] * dx + m[3] * dy + m[6] * dz)) / depth;
      vs[i] = cy + (fy * (m[1] * dx + m[4] * dy + m[7] * dz)) / depth;
    });
    const edges = OUTLINE_DIRECTIONS.map(([right, down], k) => {
      let reach = -Infinity;
      for (let i = 0; i < us.length; i++) reach = Math.max(reach, us[i] * right + vs[i] * down);
      const offPx = reach - outline.reachPx[k];
      const isHidden = lowerEdgeHidden && down > 0.15 && offPx > 0;
      return isHidden ? 0 : blunt(offPx / EDGE_PX);
    });
    const lengths = shape.round ? [logs[0], logs[2]] : logs;
    const size = lengths.reduce((sum, log) => sum + log, 0) / lengths.length;
    return [...edges, size / shape.spread, ...lengths.map((log) => (log - size) / shape.variation)];
  };
}

/** One stray bit of a mask must not pull the whole body with it. */
function blunt(deviation: number): number {
  const limit = BLUNT_PX / EDGE_PX;
  const size = Math.abs(deviation);
  return size <= limit ? deviation : Math.sign(deviation) * Math.sqrt(limit * (2 * size - limit));
}

function refine(
  start: Parameters,
  shape: OutlineShape,
  residualsAt: (parameters: Parameters) => readonly number[],
): { readonly parameters: Parameters; readonly cost: number } {
  const free = [0, 1, ...(shape.turns.length > 0 ? [2] : []), 3, ...(shape.round ? [] : [4]), 5];
  const costOf = (residuals: readonly number[]): number => residuals.reduce((sum, r) => sum + r * r, 0);
  let parameters = start;
  let residuals = residualsAt(parameters);
  let cost = costOf(residuals);
  let damping = 1e-2;
  for (let i = 0; i < ROUNDS && damping < 1e6; i++) {
    const columns = free.map((k) => {
      const moved = residualsAt(changed(parameters, k, STEPS[k]));
      return moved.map((value, r) => (value - residuals[r]) / STEPS[k]);
    });
    const matrix = columns.map((a) => columns.map((b) => a.reduce((sum, value, r) => sum + value * b[r], 0)));
    const right = columns.map((a) => -a.reduce((sum, value, r) => sum + value * residuals[r], 0));
    const step = solveLinear(
      matrix.map((row, k) => row.map((value, j) => (j === k ? value * (1 + damping) + 1e-9 : value))),
      right,
    );
    const next = step && free.reduce((p, k, j) => changed(p, k, step[j]), parameters);
    const nextResiduals = next && residualsAt(next);
    const nextCost = nextResiduals ? costOf(nextResiduals) : Infinity;
    if (next && nextResiduals && nextCost < cost) {
      const gain = cost - nextCost;
      [parameters, residuals, cost, damping] = [next, nextResiduals, nextCost, damping / 5];
      if (gain < 1e-4 * cost) break;
    } else damping *= 8;
  }
  return { parameters, cost };
}

function changed(parameters: Parameters, index: number, by: number): Parameters {
  const value = parameters[index] + by;
  const bounded = index >= 3 ? Math.max(-LARGEST, Math.min(LARGEST, value)) : value;
  const [x, y, yaw, length, width, height] = parameters.map((old, k) => (k === index ? bounded : old));
  return [x, y, yaw, length, width, height];
}
