import type { StaticSpec } from "../../scenes/scene-spec.js";
import { paint, type MeshPart } from "./mesh.js";
import { box } from "./surfaces.js";

/** Box in its own frame. The texture is laid out in world metres, so that slabs beside each other continue one pattern. */
export function staticMesh({ sizeM, center, yawRad, material }: StaticSpec): readonly MeshPart[] {
  return [paint(material, box(sizeM, [0, 0, 0], yawRad === 0 ? center : [0, 0, 0]))];
}
