import { paint, repaint, shade, type MeshPart } from "./mesh.js";
import type { ShapeInput } from "./shape-input.js";
import { lathe, type ProfilePoint } from "./surfaces.js";

const WALL_M = 0.004;

/** Open bowl with a foot, walls of some thickness and a rolled rim. */
export function bowlMesh({ sizeM, material }: ShapeInput): readonly MeshPart[] {
  const r = Math.min(sizeM[0], sizeM[1]) / 2;
  const h = sizeM[2] / 2;
  const foot = r * 0.45;
  const footHeight = 0.005;
  const depth = sizeM[2] - footHeight;
  const curve = (from: number, radius: number, floor: number): ProfilePoint[] =>
    Array.from({ length: 7 }, (_, i) => {
      const t = from + ((1 - from) * i) / 6;
      return [
        radius * Math.sin((Math.PI / 2) * t),
        floor + (h - WALL_M * 0.5 - floor) * (1 - Math.cos((Math.PI / 2) * t)),
      ];
    });
  const start = (2 / Math.PI) * Math.asin(Math.min(1, foot / r));
  const outer = curve(start, r, -h + footHeight - depth * 0.05);
  const inner = curve(0, r - WALL_M, -h + footHeight + WALL_M * 0.7).reverse();
  return [
    paint(material, lathe([[0, -h], [foot, -h], [foot, outer[0][1]], ...outer, [r - WALL_M * 0.5, h], inner[0]], 28)),
    paint(repaint(material, shade(material.rgb, 0.06), { gloss: Math.max(0.3, material.gloss) }), lathe(inner, 28)),
  ];
}
