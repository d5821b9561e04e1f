import { drawerParts } from "../../scenes/drawer-shape.js";
import type { DrawerSpec } from "../../scenes/scene-spec.js";
import { paint, repaint, shade, shifted, type MeshPart } from "./mesh.js";
import { box, roundedBox, tube } from "./surfaces.js";

/** Tray of five boards with its front towards -x; the frame's origin is the tray's centre. */
export function drawerMesh(drawer: DrawerSpec): readonly MeshPart[] {
  const inside = repaint(drawer.material, shade(drawer.material.rgb, 0.18), { gloss: drawer.material.gloss * 0.4 });
  return drawerParts(drawer).boxes.map(({ part, center, sizeM }) =>
    part === "front"
      ? paint(drawer.material, shifted(roundedBox(sizeM, 0.003), center))
      : paint(inside, box(sizeM, center)),
  );
}

/** Bar handle with its posts, in the tray's frame. */
export function handleMesh(drawer: DrawerSpec): readonly MeshPart[] {
  return [
    paint(
      drawer.handleMaterial,
      ...drawerParts(drawer).bars.map(({ from, to, radiusM }) => tube([from, to], [radiusM, radiusM], 10)),
    ),
  ];
}
