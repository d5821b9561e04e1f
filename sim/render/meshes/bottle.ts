import { paint, plain, repaint, shade, type MeshPart } from "./mesh.js";
import type { ShapeInput } from "./shape-input.js";
import { lathe, type ProfilePoint } from "./surfaces.js";

/** Bottle: body with a paper label, round shoulder, neck, ribbed cap of another colour. */
export function bottleMesh({ sizeM, material, variantSeed }: ShapeInput): readonly MeshPart[] {
  const r = Math.min(sizeM[0], sizeM[1]) / 2;
  const height = sizeM[2];
  const h = height / 2;
  const neck = Math.min(0.014, r * 0.42);
  const capHeight = Math.min(0.02, height * 0.11);
  const shoulder = -h + height * 0.6;
  const neckLow = h - capHeight - height * 0.1;
  const labelLow = -h + height * 0.14;
  const labelHigh = labelLow + height * 0.3;
  const round: ProfilePoint[] = [0, 0.25, 0.5, 0.75, 1].map((t) => [
    neck + (r - neck) * (0.5 + 0.5 * Math.cos(Math.PI * t)),
    shoulder + (neckLow - shoulder) * t,
  ]);
  const body = lathe(
    [
      [0, -h],
      [r * 0.88, -h],
      [r, -h + r * 0.14],
      [r, labelLow],
    ],
    22,
  );
  const upper = lathe([[r, labelHigh], ...round, [neck, h - capHeight]], 22);
  const label = lathe(
    [
      [r - 0.001, labelLow],
      [r + 0.0003, labelLow],
      [r + 0.0003, labelHigh],
      [r - 0.001, labelHigh],
    ],
    22,
  );
  const cap = lathe(
    [
      [neck + 0.001, h - capHeight],
      [neck + 0.003, h - capHeight],
      [neck + 0.003, h - 0.002],
      [neck + 0.001, h],
      [0, h],
    ],
    16,
  );
  const light = 0.3 * material.rgb[0] + 0.6 * material.rgb[1] + 0.1 * material.rgb[2];
  const capRgb =
    light > 0.6
      ? shade(material.rgb, -0.55)
      : variantSeed % 2 === 0
        ? ([0.93, 0.93, 0.9] as const)
        : shade(material.rgb, -0.5);
  const labelRgb = light > 0.75 ? shade(material.rgb, -0.12) : shade(material.rgb, 0.68);
  return [
    paint(material, body, upper),
    paint(
      repaint(material, labelRgb, {
        texture: "label",
        textureScale: 14,
        contrast: 0.45,
        seed: variantSeed,
        gloss: 0.15,
      }),
      label,
    ),
    paint(plain(capRgb, 0.4), cap),
  ];
}
