import { transformPoint, type Pose } from "../../../src/domain/geometry/pose.js";
import { rotate } from "../../../src/domain/geometry/quaternion.js";
import type { Vec3 } from "../../../src/domain/geometry/vec3.js";
import type { MaterialSpec } from "../../scenes/scene-spec.js";

/**
 * Triangles of one material, in the frame of the body that carries them. Metres; `uvs` are metres along the surface too,
 * so that textures keep their scale whatever the shape. Triangles run counter-clockwise seen from outside.
 */
export interface MeshPart {
  readonly positions: Float32Array;
  readonly normals: Float32Array;
  readonly uvs: Float32Array;
  readonly indices: Uint32Array;
  readonly material: MaterialSpec;
}

/** Surface without its material: what the shape functions make. */
export interface Surface {
  readonly positions: readonly number[];
  readonly normals: readonly number[];
  readonly uvs: readonly number[];
  readonly indices: readonly number[];
}

/** Joins surfaces to one part, painted with one material. */
export function paint(material: MaterialSpec, ...surfaces: readonly Surface[]): MeshPart {
  const joined = join(surfaces);
  return {
    positions: Float32Array.from(joined.positions),
    normals: Float32Array.from(joined.normals),
    uvs: Float32Array.from(joined.uvs),
    indices: Uint32Array.from(joined.indices),
    material,
  };
}

export function join(surfaces: readonly Surface[]): Surface {
  if (surfaces.length === 1) return surfaces[0];
  const positions: number[] = [];
  const normals: number[] = [];
  const uvs: number[] = [];
  const indices: number[] = [];
  for (const surface of surfaces) {
    const first = positions.length / 3;
    for (const value of surface.positions) positions.push(value);
    for (const value of surface.normals) normals.push(value);
    for (const value of surface.uvs) uvs.push(value);
    for (const index of surface.indices) indices.push(index + first);
  }
  return { positions, normals, uvs, indices };
}

/** The surface, given in the frame of `pose`, in the parent frame. */
export function placed(surface: Surface, pose: Pose): Surface {
  const positions: number[] = [];
  const normals: number[] = [];
  for (let i = 0; i < surface.positions.length; i += 3) {
    positions.push(...transformPoint(pose, vertex(surface.positions, i)));
    normals.push(...rotate(pose.orientation, vertex(surface.normals, i)));
  }
  return { ...surface, positions, normals };
}

export const shifted = (surface: Surface, offset: Vec3): Surface => ({
  ...surface,
  positions: surface.positions.map((value, i) => value + offset[i % 3]),
});

const vertex = (values: readonly number[], i: number): Vec3 => [values[i], values[i + 1], values[i + 2]];

/** A material of another colour; texture, contrast and gloss stay unless given. */
export const repaint = (material: MaterialSpec, rgb: Vec3, changes: Partial<MaterialSpec> = {}): MaterialSpec => ({
  ...material,
  rgb,
  ...changes,
});

/** Mixes towards black (negative amount) or white (positive), in sRGB. */
export function shade(rgb: Vec3, amount: number): Vec3 {
  const target = amount < 0 ? 0 : 1;
  const weight = Math.abs(amount);
  const mix = (value: number): number => value + (target - value) * weight;
  return [mix(rgb[0]), mix(rgb[1]), mix(rgb[2])];
}

export const plain = (rgb: Vec3, gloss: number): MaterialSpec => ({
  rgb,
  texture: "plain",
  textureScale: 1,
  contrast: 0,
  seed: 0,
  gloss,
});
