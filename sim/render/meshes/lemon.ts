import { paint, repaint, shade, type MeshPart } from "./mesh.js";
import type { ShapeInput } from "./shape-input.js";
import { patch } from "./surfaces.js";

/** Lemon lying on its side: the longest side of the box is its axis; a nub at each end. */
export function lemonMesh({ sizeM, material }: ShapeInput): readonly MeshPart[] {
  const axis = sizeM.indexOf(Math.max(...sizeM));
  const body = patch(
    16,
    16,
    (u, v) => {
      const around = 2 * Math.PI * u;
      // -1..1 along the axis; the last tenth at each end is the nub.
      const t = Math.sin(Math.PI * (v - 0.5));
      const waist = Math.sqrt(Math.max(0, 1 - Math.pow(Math.abs(t) / 0.9, 2.2)));
      const nub = 0.2 * Math.sqrt(Math.max(0, 1 - t * t));
      const radius = Math.max(waist, nub);
      const along = t * sizeM[axis] * 0.5;
      const p = Math.cos(around) * radius * 0.5;
      const q = Math.sin(around) * radius * 0.5;
      if (axis === 0) return [along, p * sizeM[1], q * sizeM[2]];
      if (axis === 1) return [q * sizeM[0], along, p * sizeM[2]];
      return [p * sizeM[0], q * sizeM[1], along];
    },
    [0.12, 0.09],
  );
  // Peel is never quite plain: fine pores under the material's own texture.
  const peel =
    material.texture === "plain"
      ? repaint(material, shade(material.rgb, 0), { texture: "speckle", textureScale: 200, contrast: 0.25 })
      : material;
  return [paint(peel, body)];
}
