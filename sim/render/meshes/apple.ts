import { createRandom } from "../../../src/domain/random.js";
import { paint, plain, shifted, type MeshPart } from "./mesh.js";
import type { ShapeInput } from "./shape-input.js";
import { patch, tube } from "./surfaces.js";

/** Apple: a dimple above and below, broader shoulders, a short stem. */
export function appleMesh({ sizeM, material, variantSeed }: ShapeInput): readonly MeshPart[] {
  const random = createRandom(variantSeed);
  const lobes = random.between(0, 2 * Math.PI);
  const stemLength = Math.min(0.16, random.between(0.1, 0.16)) * sizeM[2];
  const fruitHeight = sizeM[2] - stemLength * 0.4;
  const body = patch(
    20,
    14,
    (u, v) => {
      const around = 2 * Math.PI * u;
      const polar = Math.PI * (v - 0.5);
      const dimple = Math.pow(Math.abs(Math.sin(polar)), 8);
      const radius = Math.cos(polar) * (1 + 0.06 * Math.sin(polar)) * (1 + 0.015 * Math.cos(5 * around + lobes));
      const height = Math.sin(polar) * (1 - (polar > 0 ? 0.28 : 0.16) * dimple);
      return [
        Math.min(1, radius) * Math.cos(around) * sizeM[0] * 0.5,
        Math.min(1, radius) * Math.sin(around) * sizeM[1] * 0.5,
        height * fruitHeight * 0.5,
      ];
    },
    [Math.PI * sizeM[0], sizeM[2] * 1.5],
  );
  const top = fruitHeight * 0.5;
  const lean = stemLength * 0.35;
  const stem = tube(
    [
      [0, 0, top * 0.66],
      [lean * 0.3 * Math.cos(lobes), lean * 0.3 * Math.sin(lobes), top * 0.66 + stemLength * 0.6],
      [lean * Math.cos(lobes), lean * Math.sin(lobes), top * 0.66 + stemLength * 1.2],
    ],
    [0.0017, 0.0013, 0.0019],
    5,
  );
  const down: readonly [number, number, number] = [0, 0, -sizeM[2] / 2 + fruitHeight * 0.5 * 0.9];
  return [paint(material, shifted(body, down)), paint(plain([0.3, 0.21, 0.12], 0.1), shifted(stem, down))];
}
