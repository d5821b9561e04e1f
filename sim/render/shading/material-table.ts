import type { MaterialSpec } from "../../scenes/scene-spec.js";
import { toLinear } from "./color-curves.js";
import { TEXTURE_SIZE, type Texture, type TextureLibrary } from "./textures.js";

/** A material ready for shading. */
export interface Material {
  /** Linear light. */
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly texture: Texture | undefined;
  readonly texelsPerM: number;
  readonly redByTexture: number;
  readonly greenByTexture: number;
  readonly blueByTexture: number;
  readonly highlight: number;
  /** The highlight's exponent is 2 to this power. */
  readonly squarings: number;
}

export interface MaterialTable {
  readonly materials: readonly Material[];
  /** Index of the material; like specs share one. */
  add(spec: MaterialSpec): number;
}

export function createMaterialTable(textures: TextureLibrary): MaterialTable {
  const materials: Material[] = [];
  const known = new Map<string, number>();
  return {
    materials,
    add(spec) {
      const key = `${spec.rgb.join()} ${spec.texture} ${spec.textureScale} ${spec.contrast} ${spec.seed} ${spec.gloss}`;
      const index = known.get(key);
      if (index !== undefined) return index;
      known.set(key, materials.length);
      return materials.push(prepare(spec, textures)) - 1;
    },
  };
}

/** Nothing is perfectly black: even soot gives back a little, and shape stays readable. */
const DARKEST = 0.007;

const albedo = (srgb: number): number => Math.max(DARKEST, toLinear(srgb));

function prepare(spec: MaterialSpec, textures: TextureLibrary): Material {
  const texture = spec.contrast > 0 ? textures.texture(spec.texture, spec.seed) : undefined;
  const [r, g, b] = texture?.channels ?? [0, 0, 0];
  return {
    red: albedo(spec.rgb[0]),
    green: albedo(spec.rgb[1]),
    blue: albedo(spec.rgb[2]),
    texture,
    texelsPerM: texture ? (spec.textureScale * TEXTURE_SIZE) / texture.repeats : 0,
    redByTexture: r * spec.contrast,
    greenByTexture: g * spec.contrast,
    blueByTexture: b * spec.contrast,
    highlight: spec.gloss * 0.55,
    squarings: 3 + Math.round(spec.gloss * 3),
  };
}
