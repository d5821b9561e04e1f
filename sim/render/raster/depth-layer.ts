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
      const wide = maxX - minX > 7;
      const e2x = -e0x - e1x;
      for (let y = minY; y <= maxY; y++) {
        const py = y + 0.5 - y2;
        if (wide) {
          // The row's span between the edges; see Visibility for the same step.
          const r0 = e0y * py;
          const r1 = e1y * py;
          const r2 = 1 - r0 - r1;
          let low = minX + 0.5 - x2;
          let high = maxX + 0.5 - x2;
          if (e0x > 0) low = Math.max(low, -r0 / e0x);
          else if (e0x < 0) high = Math.min(high, -r0 / e0x);
          if (e1x > 0) low = Math.max(low, -r1 / e1x);
          else if (e1x < 0) high = Math.min(high, -r1 / e1x);
          if (e2x > 0) low = Math.max(low, -r2 / e2x);
          else if (e2x < 0) high = Math.min(high, -r2 / e2x);
          if ((e0x === 0 && r0 < 0) || (e1x === 0 && r1 < 0) || (e2x === 0 && r2 < 0)) continue;
          const from = Math.ceil(low + x2 - 0.5 - 1e-6);
          const to = Math.floor(high + x2 - 0.5 + 1e-6);
          let z = z2 + r0 * (z0 - z2) + r1 * (z1 - z2) + dz * (from + 0.5 - x2);
          for (let k = y * size + from; k <= y * size + to; k++) {
            if (z > heights[k]) heights[k] = z;
            z += dz;
          }
          continue;
        }
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
