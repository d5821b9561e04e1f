import type { Intrinsics } from "../../../src/domain/frame.js";
import type { Vec3 } from "../../../src/domain/geometry/vec3.js";
import type { Matrix3 } from "../../../src/domain/geometry/quaternion.js";
import { bySize } from "./by-size.js";
import type { GeometryPool, PoolBody } from "./geometry-pool.js";

/** Nearer surfaces are cut away. */
export const NEAR_M = 0.01;
/** Numbers kept per drawn triangle: two barycentric planes over the picture and 1/z at its first two corners. */
export const PLANE_STRIDE = 8;

export interface PinholeView {
  readonly width: number;
  readonly height: number;
  readonly intrinsics: Intrinsics;
  readonly position: Vec3;
  /** Columns are the camera's right, down and forward axes in the world. */
  readonly rotation: Matrix3;
}

/**
 * Which triangle each pixel sees. `planes` holds, per drawn triangle, the first two barycentric weights as planes
 * w = c + x * dx + y * dy over pixel coordinates (c0, dx0, dy0, c1, dx1, dy1) and
 * the first two corners' 1/z.
 */
export interface VisibilityBuffer {
  readonly inverseDepth: Float32Array;
  /** Drawn triangle + 1; 0 = nothing. */
  readonly seen: Int32Array;
  readonly corners: Uint32Array;
  readonly planes: Float64Array;
  readonly sourceTriangle: Uint32Array;
}

export interface Visibility {
  /** Resets the buffer and draws the bodies. The result is valid until the next call. */
  draw(view: PinholeView, bodies: readonly { readonly body: PoolBody; readonly center: Vec3 }[]): VisibilityBuffer;
}

export function createVisibility(pool: GeometryPool): Visibility {
  const { indices, worldPositions, worldNormals, uvs, vertexCount, capacity } = pool;
  const triangles = indices.length / 3;
  const most = 2 * triangles;
  // Camera coordinates (x, y, z) and the projection (column, row, 1/z) of every vertex.
  const camera = new Float64Array(3 * capacity);
  const screen = new Float64Array(3 * capacity);
  const corners = new Uint32Array(3 * most);
  const planes = new Float64Array(PLANE_STRIDE * most);
  const sourceTriangle = new Uint32Array(most);
  const targets = bySize((count) => ({ inverseDepth: new Float32Array(count), seen: new Int32Array(count) }));
  let { inverseDepth, seen } = targets.get(1, 1);
  let width = 0;
  let height = 0;
  let drawn = 0;
  let spare = vertexCount;
  let fx = 1;
  let fy = 1;
  let cx = 0;
  let cy = 0;

  const project = (i: number): void => {
    const inverse = 1 / camera[3 * i + 2];
    screen[3 * i] = fx * camera[3 * i] * inverse + cx;
    screen[3 * i + 1] = fy * camera[3 * i + 1] * inverse + cy;
    screen[3 * i + 2] = inverse;
  };

  /** New vertex where the edge from a (in front) to b (behind) meets the near plane. */
  const cut = (a: number, b: number): number => {
    const za = camera[3 * a + 2];
    const t = (NEAR_M - za) / (camera[3 * b + 2] - za);
    const i = spare++;
    for (let k = 0; k < 3; k++) {
      camera[3 * i + k] = camera[3 * a + k] + (camera[3 * b + k] - camera[3 * a + k]) * t;
      worldNormals[3 * i + k] = worldNormals[3 * a + k] + (worldNormals[3 * b + k] - worldNormals[3 * a + k]) * t;
    }
    for (let k = 0; k < 2; k++) uvs[2 * i + k] = uvs[2 * a + k] + (uvs[2 * b + k] - uvs[2 * a + k]) * t;
    camera[3 * i + 2] = NEAR_M;
    project(i);
    return i;
  };

  const fill = (a: number, b: number, c: number, source: number): void => {
    const x0 = screen[3 * a];
    const y0 = screen[3 * a + 1];
    const x1 = screen[3 * b];
    const y1 = screen[3 * b + 1];
    const x2 = screen[3 * c];
    const y2 = screen[3 * c + 1];
    const area = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0);
    // With y down, outsides have a negative area.
    if (area >= 0) return;
    const lowX = x0 < x1 ? (x0 < x2 ? x0 : x2) : x1 < x2 ? x1 : x2;
    const highX = x0 > x1 ? (x0 > x2 ? x0 : x2) : x1 > x2 ? x1 : x2;
    const lowY = y0 < y1 ? (y0 < y2 ? y0 : y2) : y1 < y2 ? y1 : y2;
    const highY = y0 > y1 ? (y0 > y2 ? y0 : y2) : y1 > y2 ? y1 : y2;
    // Pixel centres are at half coordinates.
    const minX = Math.max(0, Math.ceil(lowX - 0.5));
    const maxX = Math.min(width - 1, Math.floor(highX - 0.5));
    const minY = Math.max(0, Math.ceil(lowY - 0.5));
    const maxY = Math.min(height - 1, Math.floor(highY - 0.5));
    if (minX > maxX || minY > maxY) return;

    const inverse = 1 / area;
    const dx0 = (y1 - y2) * inverse;
    const dy0 = (x2 - x1) * inverse;
    const c0 = (x1 * y2 - x2 * y1) * inverse;
    const dx1 = (y2 - y0) * inverse;
    const dy1 = (x0 - x2) * inverse;
    const c1 = (x2 * y0 - x0 * y2) * inverse;
    const dx2 = -dx0 - dx1;
    const i0 = screen[3 * a + 2];
    const i1 = screen[3 * b + 2];
    const i2 = screen[3 * c + 2];
    const di = dx0 * (i0 - i2) + dx1 * (i1 - i2);
    const mark = drawn + 1;
    let touched = false;
    for (let y = minY; y <= maxY; y++) {
      const py = y + 0.5;
      const r0 = c0 + dy0 * py;
      const r1 = c1 + dy1 * py;
      const r2 = 1 - r0 - r1;
      // The row's span is where all three weights are >= 0; each bounds it on one side.
      let from = minX;
      let to = maxX;
      if (maxX - minX > 3) {
        let low = minX + 0.5;
        let high = maxX + 0.5;
        if (dx0 > 0) low = Math.max(low, -r0 / dx0);
        else if (dx0 < 0) high = Math.min(high, -r0 / dx0);
        if (dx1 > 0) low = Math.max(low, -r1 / dx1);
        else if (dx1 < 0) high = Math.min(high, -r1 / dx1);
        if (dx2 > 0) low = Math.max(low, -r2 / dx2);
        else if (dx2 < 0) high = Math.min(high, -r2 / dx2);
        // A hair of slack, so that neighbours sharing an edge leave no hole between them.
        from = Math.ceil(low - 0.5 - 1e-6);
        to = Math.floor(high - 0.5 + 1e-6);
        if (from > to || (dx0 === 0 && r0 < 0) || (dx1 === 0 && r1 < 0) || (dx2 === 0 && r2 < 0)) continue;
        const row = y * width;
        let depth = i2 + (r0 + dx0 * (from + 0.5)) * (i0 - i2) + (r1 + dx1 * (from + 0.5)) * (i1 - i2);
        for (let k = row + from; k <= row + to; k++) {
          if (depth > inverseDepth[k]) {
            inverseDepth[k] = depth;
            seen[k] = mark;
            touched = true;
          }
          depth += di;
        }
        continue;
      }
      for (let x = from; x <= to; x++) {
        const px = x + 0.5;
        const w0 = r0 + dx0 * px;
        const w1 = r1 + dx1 * px;
        if (w0 < -1e-9 || w1 < -1e-9 || w0 + w1 > 1 + 1e-9) continue;
        const depth = i2 + w0 * (i0 - i2) + w1 * (i1 - i2);
        const k = y * width + x;
        if (depth > inverseDepth[k]) {
          inverseDepth[k] = depth;
          seen[k] = mark;
          touched = true;
        }
      }
    }
    if (!touched) return;
    corners[3 * drawn] = a;
    corners[3 * drawn + 1] = b;
    corners[3 * drawn + 2] = c;
    sourceTriangle[drawn] = source;
    const p = PLANE_STRIDE * drawn;
    planes[p] = c0;
    planes[p + 1] = dx0;
    planes[p + 2] = dy0;
    planes[p + 3] = c1;
    planes[p + 4] = dx1;
    planes[p + 5] = dy1;
    planes[p + 6] = i0;
    planes[p + 7] = i1;
    drawn++;
  };

  /** Draws what is in front of the near plane of a triangle that crosses it. */
  const clip = (a: number, b: number, c: number, source: number): void => {
    const va = camera[3 * a + 2] > NEAR_M;
    const vb = camera[3 * b + 2] > NEAR_M;
    const vc = camera[3 * c + 2] > NEAR_M;
    const count = Number(va) + Number(vb) + Number(vc);
    if (count === 0) return;
    // Turn the corners so that the odd one out comes first; the winding stays.
    const odd = count === 1;
    const [p, q, r] = va === vb ? [c, a, b] : va === vc ? [b, c, a] : [a, b, c];
    if (odd) {
      fill(p, cut(p, q), cut(p, r), source);
      return;
    }
    const onQ = cut(q, p);
    const onR = cut(r, p);
    fill(q, r, onR, source);
    fill(q, onR, onQ, source);
  };

  return {
    draw(view, bodies) {
      ({ width, height } = view);
      const target = targets.get(width, height);
      ({ inverseDepth, seen } = target);
      inverseDepth.fill(0);
      seen.fill(0);
      drawn = 0;
      spare = vertexCount;
      ({ fx, fy, cx, cy } = view.intrinsics);
      const m = view.rotation;
      const [px, py, pz] = view.position;
      const cone = createViewCone(view);
      for (const { body, center } of bodies) {
        if (!cone.mayContain(center, body.radiusM)) continue;
        const end = body.firstVertex + body.vertexCount;
        let crosses = false;
        for (let i = body.firstVertex; i < end; i++) {
          const x = worldPositions[3 * i] - px;
          const y = worldPositions[3 * i + 1] - py;
          const z = worldPositions[3 * i + 2] - pz;
          const forward = m[2] * x + m[5] * y + m[8] * z;
          camera[3 * i] = m[0] * x + m[3] * y + m[6] * z;
          camera[3 * i + 1] = m[1] * x + m[4] * y + m[7] * z;
          camera[3 * i + 2] = forward;
          if (forward > NEAR_M) project(i);
          else crosses = true;
        }
        const last = body.firstTriangle + body.triangleCount;
        for (let t = body.firstTriangle; t < last; t++) {
          const a = indices[3 * t];
          const b = indices[3 * t + 1];
          const c = indices[3 * t + 2];
          const front =
            !crosses || (camera[3 * a + 2] > NEAR_M && camera[3 * b + 2] > NEAR_M && camera[3 * c + 2] > NEAR_M);
          if (front) fill(a, b, c, t);
          else clip(a, b, c, t);
        }
      }
      return { inverseDepth, seen, corners, planes, sourceTriangle };
    },
  };
}

/** Conservative test of bounding spheres against the picture's four side planes and the near plane. */
function createViewCone({ width, height, intrinsics, position, rotation: m }: PinholeView): {
  mayContain(center: Vec3, radiusM: number): boolean;
} {
  const { fx, fy, cx, cy } = intrinsics;
  const sides = [
    [1, 0, cx / fx],
    [-1, 0, (width - cx) / fx],
    [0, 1, cy / fy],
    [0, -1, (height - cy) / fy],
  ].map(([a, b, c]) => {
    const length = Math.hypot(a, b, c);
    return [a / length, b / length, c / length];
  });
  return {
    mayContain(center, radiusM) {
      const x = center[0] - position[0];
      const y = center[1] - position[1];
      const z = center[2] - position[2];
      const right = m[0] * x + m[3] * y + m[6] * z;
      const down = m[1] * x + m[4] * y + m[7] * z;
      const forward = m[2] * x + m[5] * y + m[8] * z;
      if (forward < NEAR_M - radiusM) return false;
      return sides.every(([a, b, c]) => a * right + b * down + c * forward >= -radiusM);
    },
  };
}
