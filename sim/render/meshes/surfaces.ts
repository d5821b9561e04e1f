import { cross, dot, normalize, subtract, type Vec3 } from "../../../src/domain/geometry/vec3.js";
import type { Surface } from "./mesh.js";

/** Radius and height of a point on a profile that is turned about z, in metres. */
export type ProfilePoint = readonly [radius: number, height: number];

/** Corners of the profile sharper than this keep a hard edge. */
const CREASE_COSINE = Math.cos((38 * Math.PI) / 180);
const WELD_M = 1e-5;

/** Turns a profile about z. Outer walls run upwards in the profile, inner walls downwards, floors outwards, lids inwards. */
export function lathe(profile: readonly ProfilePoint[], segments = 20): Surface {
  const positions: number[] = [];
  const normals: number[] = [];
  const uvs: number[] = [];
  const indices: number[] = [];
  const directions = profile.slice(1).map(([r, z], i) => unit2(r - profile[i][0], z - profile[i][1]));
  // One scale all around, so that stripes run straight down.
  const turn = Math.max(...profile.map(([r]) => r));
  let along = 0;
  for (let i = 0; i + 1 < profile.length; i++) {
    const [r0, z0] = profile[i];
    const [r1, z1] = profile[i + 1];
    const length = Math.hypot(r1 - r0, z1 - z0);
    const first = positions.length / 3;
    const start = smoothed(directions[i], directions[i - 1]);
    const end = smoothed(directions[i], directions[i + 1]);
    for (let j = 0; j <= segments; j++) {
      const angle = (2 * Math.PI * j) / segments;
      const c = Math.cos(angle);
      const s = Math.sin(angle);
      positions.push(r0 * c, r0 * s, z0, r1 * c, r1 * s, z1);
      normals.push(start[1] * c, start[1] * s, -start[0], end[1] * c, end[1] * s, -end[0]);
      uvs.push(angle * turn, along, angle * turn, along + length);
    }
    for (let j = 0; j < segments; j++) {
      const k = first + 2 * j;
      if (r0 > 1e-6) indices.push(k, k + 2, k + 1);
      if (r1 > 1e-6) indices.push(k + 1, k + 2, k + 3);
    }
    along += length;
  }
  return { positions, normals, uvs, indices };
}

function smoothed(own: readonly [number, number], other: readonly [number, number] | undefined): [number, number] {
  if (!other || own[0] * other[0] + own[1] * other[1] < CREASE_COSINE) return [own[0], own[1]];
  return unit2(own[0] + other[0], own[1] + other[1]);
}

function unit2(x: number, y: number): [number, number] {
  const length = Math.hypot(x, y) || 1;
  return [x / length, y / length];
}

/** Surface over u, v in 0..1. Seen from outside, u runs to the right and v upwards. Seams and poles are welded for smooth normals. */
export function patch(
  columns: number,
  rows: number,
  pointAt: (u: number, v: number) => Vec3,
  sizeM: readonly [number, number] = [1, 1],
): Surface {
  const positions: number[] = [];
  const uvs: number[] = [];
  const indices: number[] = [];
  for (let row = 0; row <= rows; row++) {
    for (let column = 0; column <= columns; column++) {
      const u = column / columns;
      const v = row / rows;
      positions.push(...pointAt(u, v));
      uvs.push(u * sizeM[0], v * sizeM[1]);
    }
  }
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const k = row * (columns + 1) + column;
      indices.push(k, k + 1, k + columns + 1, k + 1, k + columns + 2, k + columns + 1);
    }
  }
  return { positions, normals: weldedNormals(positions, indices), uvs, indices };
}

function weldedNormals(positions: readonly number[], indices: readonly number[]): number[] {
  const at = (i: number): Vec3 => [positions[3 * i], positions[3 * i + 1], positions[3 * i + 2]];
  const keyOf = (i: number): string =>
    at(i)
      .map((value) => Math.round(value / WELD_M))
      .join();
  const keys = Array.from({ length: positions.length / 3 }, (_, i) => keyOf(i));
  const sums = new Map<string, [number, number, number]>();
  for (let t = 0; t < indices.length; t += 3) {
    const [a, b, c] = [at(indices[t]), at(indices[t + 1]), at(indices[t + 2])];
    const normal = cross(subtract(b, a), subtract(c, a));
    for (let k = 0; k < 3; k++) {
      const sum = sums.get(keys[indices[t + k]]) ?? [0, 0, 0];
      sums.set(keys[indices[t + k]], [sum[0] + normal[0], sum[1] + normal[1], sum[2] + normal[2]]);
    }
  }
  return keys.flatMap((key) => normalize(sums.get(key) ?? [0, 0, 1]));
}

/** Box with sharp edges; `textureOffset` shifts the texture, so that neighbouring boxes continue one pattern. */
export function box(sizeM: Vec3, center: Vec3 = [0, 0, 0], textureOffset: Vec3 = center): Surface {
  const positions: number[] = [];
  const normals: number[] = [];
  const uvs: number[] = [];
  const indices: number[] = [];
  for (let axis = 0; axis < 3; axis++) {
    // The texture's second axis runs upwards on walls and forward on floors.
    const u = axis === 0 ? 1 : 0;
    const v = axis === 2 ? 1 : 2;
    for (const side of [-1, 1]) {
      const first = positions.length / 3;
      for (const [p, q] of [
        [-0.5, -0.5],
        [0.5, -0.5],
        [0.5, 0.5],
        [-0.5, 0.5],
      ]) {
        const point: [number, number, number] = [0, 0, 0];
        const normal: [number, number, number] = [0, 0, 0];
        point[axis] = (side * sizeM[axis]) / 2;
        point[u] = p * sizeM[u];
        point[v] = q * sizeM[v];
        normal[axis] = side;
        positions.push(point[0] + center[0], point[1] + center[1], point[2] + center[2]);
        normals.push(...normal);
        uvs.push(point[u] + textureOffset[u], point[v] + textureOffset[v]);
      }
      // u x v is +axis for x and z, and -axis for y.
      const outward = side * (axis === 1 ? -1 : 1) > 0;
      indices.push(...(outward ? [0, 1, 2, 0, 2, 3] : [0, 2, 1, 0, 3, 2]).map((i) => first + i));
    }
  }
  return { positions, normals, uvs, indices };
}

/** Box whose edges and corners are rounded with `radiusM`. `steps` 1 gives a bevel, more give a roll. */
export function roundedBox(sizeM: Vec3, radiusM: number, steps = 1): Surface {
  const half: Vec3 = [sizeM[0] / 2, sizeM[1] / 2, sizeM[2] / 2];
  const r = Math.min(radiusM, half[0], half[1], half[2]);
  const positions: number[] = [];
  const normals: number[] = [];
  const uvs: number[] = [];
  const indices: number[] = [];
  for (let axis = 0; axis < 3; axis++) {
    const u = axis === 0 ? 1 : 0;
    const v = axis === 2 ? 1 : 2;
    const us = stations(half[u], r, steps);
    const vs = stations(half[v], r, steps);
    for (const side of [-1, 1]) {
      const first = positions.length / 3;
      for (const q of vs) {
        for (const p of us) {
          const raw: [number, number, number] = [0, 0, 0];
          raw[axis] = side * half[axis];
          raw[u] = p;
          raw[v] = q;
          const core: Vec3 = [clampTo(raw[0], half[0] - r), clampTo(raw[1], half[1] - r), clampTo(raw[2], half[2] - r)];
          const normal = normalize(subtract(raw, core));
          positions.push(core[0] + normal[0] * r, core[1] + normal[1] * r, core[2] + normal[2] * r);
          normals.push(...normal);
          uvs.push(p, q);
        }
      }
      const outward = side * (axis === 1 ? -1 : 1) > 0;
      for (let row = 0; row + 1 < vs.length; row++) {
        for (let column = 0; column + 1 < us.length; column++) {
          const k = first + row * us.length + column;
          const w = us.length;
          if (outward) indices.push(k, k + 1, k + w + 1, k, k + w + 1, k + w);
          else indices.push(k, k + w + 1, k + 1, k, k + w, k + w + 1);
        }
      }
    }
  }
  return { positions, normals, uvs, indices };
}

function stations(half: number, radius: number, steps: number): number[] {
  const edge = Array.from(
    { length: steps },
    (_, i) => half - radius + radius * Math.tan((Math.PI / 4) * ((i + 1) / steps)),
  );
  return [...edge.map((value) => -value).reverse(), -(half - radius), half - radius, ...edge];
}

const clampTo = (value: number, limit: number): number => Math.min(limit, Math.max(-limit, value));

/** Tube along a path; both ends are closed. `radii` in metres, one per path point. */
export function tube(path: readonly Vec3[], radii: readonly number[], segments = 10): Surface {
  const frames = transportFrames(path);
  const ring = (row: number, angle: number): Vec3 => {
    const { side, up } = frames[row];
    const c = Math.cos(angle) * radii[row];
    const s = Math.sin(angle) * radii[row];
    const p = path[row];
    return [p[0] + side[0] * c + up[0] * s, p[1] + side[1] * c + up[1] * s, p[2] + side[2] * c + up[2] * s];
  };
  const last = path.length - 1;
  const length = path.slice(1).reduce((sum, p, i) => sum + Math.hypot(...subtract(p, path[i])), 0);
  // Two extra rows collapse to the ends' centres and close the tube.
  const rows = last + 2;
  return patch(
    segments,
    rows,
    (u, v) => {
      const row = Math.round(v * rows);
      if (row === 0) return path[0];
      if (row === rows) return path[last];
      return ring(row - 1, 2 * Math.PI * u);
    },
    [2 * Math.PI * radii[Math.floor(last / 2)], length],
  );
}

function transportFrames(path: readonly Vec3[]): { side: Vec3; up: Vec3 }[] {
  const frames: { side: Vec3; up: Vec3 }[] = [];
  let reference: Vec3 | undefined;
  for (let i = 0; i < path.length; i++) {
    const forward = normalize(subtract(path[Math.min(path.length - 1, i + 1)], path[Math.max(0, i - 1)]));
    const guess: Vec3 = reference ?? (Math.abs(forward[2]) < 0.9 ? [0, 0, 1] : [1, 0, 0]);
    const along = dot(guess, forward);
    const side = normalize(subtract(guess, [forward[0] * along, forward[1] * along, forward[2] * along]));
    frames.push({ side, up: cross(forward, side) });
    reference = side;
  }
  return frames;
}
