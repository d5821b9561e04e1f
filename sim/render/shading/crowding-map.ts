import { drawHeights, type ParallelView } from "../raster/depth-layer.js";
import type { GeometryPool, PoolBody } from "../raster/geometry-pool.js";
import type { Extent } from "./shadow-map.js";

/** Blur radius in cells; with 8 mm cells the darkening reaches about 4 cm. */
const BLUR_CELLS = 3;
const LOWEST_M = -1;

/**
 * Mean height of the surroundings, seen from straight above. A point that lies below it is hemmed in by its neighbours
 * and gets less light from all around: a cheap stand-in for ambient occlusion that darkens contacts, drawers and corners.
 */
export interface CrowdingMap {
  readonly view: ParallelView;
  readonly meanHeights: Float32Array;
  update(moving: readonly PoolBody[]): void;
}

export function createCrowdingMap(
  pool: GeometryPool,
  options: { readonly size: number; readonly extent: Extent; readonly fixed: readonly PoolBody[] },
): CrowdingMap {
  const { size, extent, fixed } = options;
  const { low, high } = extent;
  const texelsPerM = size / Math.max(high[0] - low[0], high[1] - low[1]);
  const view: ParallelView = {
    size,
    right: [1, 0, 0],
    up: [0, 1, 0],
    toward: [0, 0, 1],
    texelsPerM,
    offsetU: -low[0] * texelsPerM,
    offsetV: -low[1] * texelsPerM,
  };
  const scratch = new Float32Array(3 * pool.vertexCount);
  const standing = new Float32Array(size * size).fill(LOWEST_M);
  const heights = new Float32Array(size * size);
  const rows = new Float32Array(size * size);
  const meanHeights = new Float32Array(size * size);
  drawHeights(standing, view, pool, { bodies: fixed, scratch });
  return {
    view,
    meanHeights,
    update(moving) {
      heights.set(standing);
      drawHeights(heights, view, pool, { bodies: moving, scratch });
      blur(heights, rows, { size, step: 1, stride: size });
      blur(rows, meanHeights, { size, step: size, stride: 1 });
    },
  };
}

/** Running mean along lines of `size` cells that are `step` apart; edges repeat. */
function blur(
  from: Float32Array,
  to: Float32Array,
  { size, step, stride }: { readonly size: number; readonly step: number; readonly stride: number },
): void {
  const share = 1 / (2 * BLUR_CELLS + 1);
  for (let line = 0; line < size; line++) {
    const first = line * stride;
    const last = first + (size - 1) * step;
    let sum = from[first] * (BLUR_CELLS + 1);
    for (let i = 1; i <= BLUR_CELLS; i++) sum += from[first + i * step];
    for (let i = 0; i < size; i++) {
      to[first + i * step] = sum * share;
      sum +=
        from[Math.min(last, first + (i + BLUR_CELLS + 1) * step)] -
        from[Math.max(first, first + (i - BLUR_CELLS) * step)];
    }
  }
}
