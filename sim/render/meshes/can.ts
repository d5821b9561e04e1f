import { paint, plain, repaint, shade, type MeshPart } from "./mesh.js";
import type { ShapeInput } from "./shape-input.js";
import { lathe } from "./surfaces.js";

const METAL = [0.74, 0.75, 0.77] as const;

/** Tin: bevelled metal rims, a sunk lid and a printed band all around. */
export function canMesh({ sizeM, material, variantSeed }: ShapeInput): readonly MeshPart[] {
  const r = Math.min(sizeM[0], sizeM[1]) / 2;
  const h = sizeM[2] / 2;
  const neck = r * 0.88;
  const metal = plain(METAL, 0.8);
  const bandLow = -h * (variantSeed % 2 === 0 ? 0.3 : 0.55);
  const bandHigh = bandLow + h * 0.5;
  const bottom = lathe(
    [
      [0, -h + 0.002],
      [neck * 0.9, -h + 0.002],
      [neck, -h],
      [r, -h + 0.006],
    ],
    24,
  );
  const lid = lathe(
    [
      [r, h - 0.008],
      [neck + 0.0015, h - 0.001],
      [neck + 0.0005, h],
      [neck - 0.0015, h - 0.001],
      [neck - 0.002, h - 0.004],
      [0, h - 0.004],
    ],
    24,
  );
  const bandRgb = variantSeed % 3 === 0 ? shade(material.rgb, -0.35) : shade(material.rgb, 0.6);
  const band = repaint(material, bandRgb, { texture: "label", textureScale: 16, contrast: 0.5, seed: variantSeed });
  const tab = lathe(
    [
      [0.006, h - 0.004],
      [0.007, h - 0.0025],
      [0, h - 0.0025],
    ],
    10,
  );
  return [
    paint(metal, bottom, lid),
    paint(plain(shade(METAL, -0.2), 0.7), tab),
    paint(
      material,
      lathe(
        [
          [r, -h + 0.006],
          [r, bandLow],
        ],
        24,
      ),
      lathe(
        [
          [r, bandHigh],
          [r, h - 0.008],
        ],
        24,
      ),
    ),
    paint(
      band,
      lathe(
        [
          [r, bandLow],
          [r, bandHigh],
        ],
        24,
      ),
    ),
  ];
}
