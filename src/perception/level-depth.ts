import type { Grounding } from "../domain/detection.js";
import type { DepthMap } from "../domain/frame.js";
import { quaternionToMatrix } from "../domain/geometry/quaternion.js";
import { kindOf } from "./measure.js";
import { LEVEL_PLACES, type RoomHeights } from "./room-heights.js";
import { createMaskTest, type CameraView } from "./surface-points.js";

/** Estimated heights within this of a known level, on a flat patch, are taken to be the level; within a place, its own level. */
const NEAR_LEVEL_M = 0.045;
const NEAR_PLACE_LEVEL_M = 0.09;
/** Heights above and below differ by no more than this on a flat patch; over a wall they differ by several centimetres. */
const FLAT_M = 0.035;
const COLUMNS = 320;
/** Bins of the search for an unknown work surface. */
const BIN_M = 0.01;
const WORKTOP_RANGE_M = [0.4, 1.1] as const;

export interface LevelledDepth {
  readonly depth: DepthMap;
  /** The given heights, with an estimate of the work surface where it is not given. */
  readonly heights: RoomHeights & { readonly worktop: number };
}

/**
 * Estimated depth, corrected where it shows a surface of known height: there the line of sight says exactly how far it is. A
 * network's depth is off by centimetres, but hardly ever mistakes one level for another.
 */
export function levelDepth(
  view: CameraView,
  depth: DepthMap,
  { groundings, heights }: { readonly groundings: readonly Grounding[]; readonly heights: RoomHeights },
): LevelledDepth {
  const sight = createSight(view);
  const width = COLUMNS;
  const height = Math.round((COLUMNS * view.height) / view.width);
  const [kx, ky] = [view.width / width, view.height / height];
  const metres = enlarge(depth, width, height);
  const zs = new Float32Array(width * height);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const i = row * width + column;
      zs[i] = sight.originM + metres[i] * sight.rise((column + 0.5) * kx, (row + 0.5) * ky);
    }
  }
  const worktop = heights.worktop ?? commonestHeight(zs);
  const known = { ...heights, worktop };
  const places = groundings.flatMap((grounding) => {
    const kind = LEVEL_PLACES.find((place) => place === kindOf(grounding));
    const level = kind && known[kind];
    return level === undefined ? [] : [{ level, belongs: createMaskTest(view, grounding) }];
  });
  const step = Math.max(2, Math.round(height / depth.height / 2));
  for (let row = step; row < height - step; row++) {
    for (let column = 0; column < width; column++) {
      const i = row * width + column;
      const z = zs[i];
      if (metres[i] <= 0 || Math.abs(zs[i + step * width] - zs[i - step * width]) > FLAT_M) continue;
      const [u, v] = [(column + 0.5) * kx, (row + 0.5) * ky];
      const place = Math.abs(z - worktop) < 0.25 ? places.find(({ belongs }) => belongs(u, v)) : undefined;
      const level =
        place && Math.abs(z - place.level) < NEAR_PLACE_LEVEL_M
          ? place.level
          : Math.abs(z - worktop) < NEAR_LEVEL_M
            ? worktop
            : undefined;
      if (level !== undefined) metres[i] = (level - sight.originM) / sight.rise(u, v);
    }
  }
  return { depth: { width, height, depthM: metres, source: depth.source }, heights: known };
}

/** Height that most of the surfaces in front of the robot have. */
function commonestHeight(zs: Float32Array): number {
  const counts = new Map<number, number>();
  for (const z of zs) {
    if (z > WORKTOP_RANGE_M[0] && z < WORKTOP_RANGE_M[1]) {
      const bin = Math.round(z / BIN_M);
      counts.set(bin, (counts.get(bin) ?? 0) + 1);
    }
  }
  const mass = (bin: number): number =>
    (counts.get(bin - 1) ?? 0) + (counts.get(bin) ?? 0) + (counts.get(bin + 1) ?? 0);
  const best = [...counts.keys()].reduce((a, b) => (mass(b) > mass(a) ? b : a), Math.round(0.72 / BIN_M));
  const near = [...zs].filter((z) => Math.abs(z - best * BIN_M) < 1.5 * BIN_M).sort((a, b) => a - b);
  return near.length > 0 ? near[near.length >> 1] : best * BIN_M;
}

/** Lines of sight: a pixel's height is `originM` plus its depth times `rise`. */
export function createSight(view: CameraView) {
  const { fx, fy, cx, cy } = view.intrinsics;
  const m = quaternionToMatrix(view.poseInBase.orientation);
  const [px, py, pz] = view.poseInBase.position;
  const rise = (u: number, v: number): number => (m[6] * (u - cx)) / fx + (m[7] * (v - cy)) / fy + m[8];
  return {
    originM: pz,
    rise,
    /** Where the line of sight meets a height; undefined where it never does. */
    meet(u: number, v: number, z: number): { x: number; y: number; z: number; depthM: number } | undefined {
      const depthM = (z - pz) / rise(u, v);
      if (!(depthM > 0.05 && depthM < 5)) return undefined;
      const [a, b] = [((u - cx) / fx) * depthM, ((v - cy) / fy) * depthM];
      return { x: px + m[0] * a + m[1] * b + m[2] * depthM, y: py + m[3] * a + m[4] * b + m[5] * depthM, z, depthM };
    },
  };
}

/** Bilinear, so that no steps of the coarse map are taken for edges. */
function enlarge({ width, height, depthM }: DepthMap, columns: number, rows: number): Float32Array {
  const out = new Float32Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    const y = Math.min(height - 1, Math.max(0, ((row + 0.5) / rows) * height - 0.5));
    const y0 = Math.min(height - 2, Math.floor(y));
    for (let column = 0; column < columns; column++) {
      const x = Math.min(width - 1, Math.max(0, ((column + 0.5) / columns) * width - 0.5));
      const x0 = Math.min(width - 2, Math.floor(x));
      const i = y0 * width + x0;
      const [fx, fy] = [x - x0, y - y0];
      const top = depthM[i] * (1 - fx) + depthM[i + 1] * fx;
      const bottom = depthM[i + width] * (1 - fx) + depthM[i + width + 1] * fx;
      out[row * columns + column] = top * (1 - fy) + bottom * fy;
    }
  }
  return out;
}
