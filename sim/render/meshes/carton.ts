import { paint, repaint, shade, type MeshPart } from "./mesh.js";
import type { ShapeInput } from "./shape-input.js";
import { box, roundedBox } from "./surfaces.js";

/** Carton: two flaps with a gap, tape over the seam, a printed label on the sides. */
export function cartonMesh({ sizeM, material, variantSeed }: ShapeInput): readonly MeshPart[] {
  const [x, y, z] = sizeM;
  const proud = 0.0006;
  const tape = repaint(material, shade(material.rgb, 0.45), { texture: "plain", gloss: 0.5 });
  const seam = repaint(material, shade(material.rgb, -0.55), { texture: "plain", gloss: 0 });
  const labelRgb =
    material.rgb[0] + material.rgb[1] + material.rgb[2] > 2.2 ? shade(material.rgb, -0.3) : shade(material.rgb, 0.72);
  const label = repaint(material, labelRgb, { texture: "label", textureScale: 18, contrast: 0.55, seed: variantSeed });
  const parts = [
    paint(material, roundedBox([x, y, z - proud], 0.0025)),
    paint(seam, box([x * 0.99, 0.0014, 0.001], [0, 0, z / 2 - 0.0006])),
    paint(tape, box([x * 0.5, 0.018, 0.0008], [0, 0, z / 2 - 0.0004])),
  ];
  const height = z * 0.42;
  const centre = z * (variantSeed % 2 === 0 ? 0.08 : -0.12);
  return [
    ...parts,
    paint(label, box([x + proud, y * 0.7, height], [0, 0, centre]), box([x * 0.7, y + proud, height], [0, 0, centre])),
  ];
}
