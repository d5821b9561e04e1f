import type { Vec3 } from "../../../src/domain/geometry/vec3.js";
import type { GeometryPool, PoolBody } from "./geometry-pool.js";

/** Parallel view along `-toward`: texel = (right . p, up . p) * texelsPerM + offset; heights grow towards the viewer. */
export interface ParallelView {
  readonly size: number;
  readonly right: Vec3;
  readonly up: Vec3;
  readonly toward: Vec3;
  readonly texelsPerM: number;
  readonly offsetU: number;
  readonly offsetV: number;
}

/** Value of texels that nothing covers. */
export const NOTHING = -1e9;

/** Draws the bodies' heights along the view's direction into `heights` (size x size); higher wins. */
export function drawHeights(
  heights: Float32Array,
  view: ParallelView,
  pool: GeometryPool,
  options: { readonly bodies: readonly PoolBody[]; readonly scratch: Float32Array },
): void {
  const { size, right, up, toward, texelsPerM: s, offsetU, offsetV } = view;
  const { bodies, scratch } = options;
  const { worldPositions: w, indices } = pool;
  const [rx, ry, rz] = right;
  const [ux, uy, uz] = up;
  const [lx, ly, lz] = toward;
  for (const body of bodies) {
    const end = 3 * (body.firstVertex + body.vertexCount);
    for (let i = 3 * body.firstVertex; i < end; i += 3) {
      const x = w[i];
      const y = w[i + 1];
      const z = w[i + 2];
      scratch[i] = (rx * x + ry * y + rz * z) * s + offsetU;
      scratch[i + 1] = (ux * x + uy * y + uz * z) * s + offsetV;
      scratch[i + 2] = lx * x + ly * y + lz * z;
    }
    const last = 3 * (body.firstTriangle + body.triangleCount);
    for (let t = 3 * body.firstTriangle; t < last; t += 3) {
      const a = 3 * indices[t];
      const b = 3 * indices[t + 1];
      const c = 3 * indices[t + 2];
      const x0 = scratch[a];
      const y0 = scratch[a + 1];
      const x1 = scratch[b];
      const y1 = scratch[b + 1];
      const x2 = scratch[c];
      const y2 = scratch[c + 1];
      const area = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0);
      // Only surfaces that face the viewer can be highest.
      if (area <= 1e-9) continue;
      const minX = Math.max(0, Math.ceil(Math.min(x0, x1, x2) - 0.5));
      const maxX = Math.min(size - 1, Math.floor(Math.max(x0, x1, x2) - 0.5));
      const minY = Math.max(0, Math.ceil(Math.min(y0, y1, y2) - 0.5));
      const maxY = Math.min(size - 1, Math.floor(Math.max(y0, y1, y2) - 0.5));
      if (minX > maxX || minY > maxY) continue;
      const inverse = 1 / area;
      const e0x = (y1 - y2) * inverse;
      const e0y = (x2 - x1) * inverse;
      const e1x = (y2 - y0) * inverse;
      const e1y = (x0 - x2) * inverse;
      const z0 = scratch[a + 2];
      const z1 = scratch[b + 2];
      const z2 = scratch[c + 2];
      const dz = e0x * (z0 - z2) + e1x * (z1 - z2);
      for (let y = minY; y <= maxY; y++) {
        const py = y + 0.5 - y2;
        const px = minX + 0.5 - x2;
        let w0 = e0x * px + e0y * py;
        let w1 = e1x * px + e1y * py;
        let z = w0 * (z0 - z2) + w1 * (z1 - z2) + z2;
        const row = y * size;
        for (let x = minX; x <= maxX; x++) {
          if (w0 >= 0 && w1 >= 0 && w0 + w1 <= 1 && z > heights[row + x]) heights[row + x] = z;
          w0 += e0x;
          w1 += e1x;
          z += dz;
        }
      }
    }
  }
}
