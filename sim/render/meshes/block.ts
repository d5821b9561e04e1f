import { paint, type MeshPart } from "./mesh.js";
import type { ShapeInput } from "./shape-input.js";
import { roundedBox } from "./surfaces.js";

/** Toy block with bevelled edges. */
export function blockMesh({ sizeM, material }: ShapeInput): readonly MeshPart[] {
  return [paint(material, roundedBox(sizeM, 0.0025))];
}
