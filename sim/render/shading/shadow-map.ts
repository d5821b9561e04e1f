import { cross, normalize, type Vec3 } from "../../../src/domain/geometry/vec3.js";
import { drawHeights, NOTHING, type ParallelView } from "../raster/depth-layer.js";
import type { GeometryPool, PoolBody } from "../raster/geometry-pool.js";

/** Space in which shadows fall and are seen, world metres. */
export interface Extent {
  readonly low: Vec3;
  readonly high: Vec3;
}

/** Heights towards the light of what it meets first. Standing things are drawn once and copied. */
export interface ShadowMap {
  readonly view: ParallelView;
  readonly heights: Float32Array;
  /** `moving` are the bodies that are not `fixed`; call only when one of them has moved. */
  update(moving: readonly PoolBody[]): void;
}

export function createShadowMap(
  pool: GeometryPool,
  options: {
    readonly size: number;
    readonly toward: Vec3;
    readonly extent: Extent;
    readonly fixed: readonly PoolBody[];
  },
): ShadowMap {
  const { size, extent, fixed } = options;
  const view = viewAlong(normalize(options.toward), extent, size);
  const scratch = new Float32Array(3 * pool.vertexCount);
  const standing = new Float32Array(size * size).fill(NOTHING);
  const heights = new Float32Array(size * size);
  drawHeights(standing, view, pool, { bodies: fixed, scratch });
  return {
    view,
    heights,
    update(moving) {
      heights.set(standing);
      drawHeights(heights, view, pool, { bodies: moving, scratch });
    },
  };
}

function viewAlong(toward: Vec3, { low, high }: Extent, size: number): ParallelView {
  const right = normalize(cross(Math.abs(toward[2]) < 0.95 ? [0, 0, 1] : [0, 1, 0], toward));
  const up = cross(toward, right);
  let minU = Infinity;
  let maxU = -Infinity;
  let minV = Infinity;
  let maxV = -Infinity;
  for (const x of [low[0], high[0]]) {
    for (const y of [low[1], high[1]]) {
      for (const z of [low[2], high[2]]) {
        const u = right[0] * x + right[1] * y + right[2] * z;
        const v = up[0] * x + up[1] * y + up[2] * z;
        minU = Math.min(minU, u);
        maxU = Math.max(maxU, u);
        minV = Math.min(minV, v);
        maxV = Math.max(maxV, v);
      }
    }
  }
  const texelsPerM = size / Math.max(maxU - minU, maxV - minV);
  return { size, right, up, toward, texelsPerM, offsetU: -minU * texelsPerM, offsetV: -minV * texelsPerM };
}
