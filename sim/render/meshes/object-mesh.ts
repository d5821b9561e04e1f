import type { ObjectSpec } from "../../scenes/scene-spec.js";
import { appleMesh } from "./apple.js";
import { bagMesh } from "./bag.js";
import { bananaMesh } from "./banana.js";
import { blockMesh } from "./block.js";
import { bottleMesh } from "./bottle.js";
import { bowlMesh } from "./bowl.js";
import { canMesh } from "./can.js";
import { cartonMesh } from "./carton.js";
import { lemonMesh } from "./lemon.js";
import type { MeshPart } from "./mesh.js";
import { mugMesh } from "./mug.js";
import { spongeMesh } from "./sponge.js";

/** Mesh of a movable thing in its own frame. Places (drawer, sink ...) are made from their own specs, never from here. */
export function objectMesh(
  spec: Pick<ObjectSpec, "id" | "kind" | "sizeM" | "material" | "variantSeed">,
): readonly MeshPart[] {
  // A printed thing carries its print on a patch or band of its own; the rest of it is plain.
  const { material } = spec;
  const object = {
    ...spec,
    material: material.texture === "label" ? { ...material, texture: "plain" as const } : material,
  };
  switch (object.kind) {
    case "bag":
      return bagMesh(object);
    case "mug":
      return mugMesh(object);
    case "can":
      return canMesh(object);
    case "bottle":
      return bottleMesh(object);
    case "apple":
      return appleMesh(object);
    case "banana":
      return bananaMesh(object);
    case "lemon":
      return lemonMesh(object);
    case "sponge":
      return spongeMesh(object);
    case "box":
      return cartonMesh(object);
    case "block":
      return blockMesh(object);
    case "bowl":
      return bowlMesh(object);
    case "drawer":
    case "sink":
    case "shelf":
    case "zone":
    case "handle":
      throw new Error(
        `Object "${object.id}" has the kind "${object.kind}", which is a place; expected a movable kind.`,
      );
  }
}
