import type { Vec3 } from "../../../src/domain/geometry/vec3.js";
import { createRandom } from "../../../src/domain/random.js";
import { paint, repaint, shade, type MeshPart } from "./mesh.js";
import type { ShapeInput } from "./shape-input.js";
import { tube } from "./surfaces.js";

const STATIONS = 14;

/** Banana lying flat: length along x, the bend in the xy plane, dark blossom end and stem. */
export function bananaMesh({ sizeM, material, variantSeed }: ShapeInput): readonly MeshPart[] {
  const [length, width, thickness] = sizeM;
  const radius = Math.min(thickness, width) / 2;
  // The bend takes the ends' middles across the box; they are thinner than the middle.
  const sag = width - radius * 1.3;
  const flip = createRandom(variantSeed).chance(0.5) ? 1 : -1;
  const at = (t: number): Vec3 => {
    const x = (t - 0.5) * (length - 0.004);
    const bend = 4 * (t - 0.5) * (t - 0.5);
    return [x, flip * (radius - width / 2 + sag * bend), 0];
  };
  // Thick through the middle, short taper to the blossom, longer taper to the stem.
  const radiusAt = (t: number): number => {
    const taper = Math.min(1, Math.pow(t / 0.22, 0.6), Math.pow((1 - t) / 0.3, 0.75));
    return Math.max(radius * 0.24, radius * taper);
  };
  const range = (from: number, to: number, count: number): number[] =>
    Array.from({ length: count + 1 }, (_, i) => from + ((to - from) * i) / count);
  const stretch = (from: number, to: number, count: number): ReturnType<typeof tube> => {
    const ts = range(from, to, count);
    return tube(ts.map(at), ts.map(radiusAt), 10);
  };
  const dark = repaint(material, [0.24, 0.17, 0.09], { gloss: 0.1 });
  const greenish = repaint(material, shade([material.rgb[0] * 0.82, material.rgb[1] * 0.92, material.rgb[2] * 0.7], 0));
  return [
    paint(dark, stretch(0, 0.035, 1)),
    paint(material, stretch(0.035, 0.88, STATIONS)),
    paint(greenish, stretch(0.88, 0.965, 2)),
    paint(dark, stretch(0.965, 1, 1)),
  ];
}
