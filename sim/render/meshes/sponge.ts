import { paint, repaint, shade, shifted, type MeshPart } from "./mesh.js";
import type { ShapeInput } from "./shape-input.js";
import { roundedBox } from "./surfaces.js";

/** Sponge: soft rounded block with pores and a thin, darker scouring layer below or above. */
export function spongeMesh({ sizeM, material, variantSeed }: ShapeInput): readonly MeshPart[] {
  const [x, y, z] = sizeM;
  const layer = z * 0.22;
  const side = variantSeed % 3 === 0 ? 1 : -1;
  const foam = repaint(material, material.rgb, { texture: "speckle", textureScale: 170, contrast: 0.9, gloss: 0 });
  const scourer = repaint(material, shade(material.rgb, -0.45), {
    texture: "speckle",
    textureScale: 320,
    contrast: 0.5,
    gloss: 0,
  });
  return [
    paint(foam, shifted(roundedBox([x, y, z - layer], 0.005, 2), [0, 0, (-side * layer) / 2])),
    paint(
      scourer,
      shifted(roundedBox([x * 0.985, y * 0.985, layer + 0.004], 0.002), [0, 0, side * (z / 2 - (layer + 0.004) / 2)]),
    ),
  ];
}
