import type { Vec3 } from "../../../src/domain/geometry/vec3.js";
import { paint, repaint, shade, type MeshPart } from "./mesh.js";
import type { ShapeInput } from "./shape-input.js";
import { lathe, tube } from "./surfaces.js";

const WALL_M = 0.0035;
const HANDLE_RADIUS_M = 0.0048;

/**
 * Mug: hollow, rounded rim, handle towards +x. `sizeM[0]` is the body and the handle together; where the box is square the
 * body is centred and the handle reaches past it.
 */
export function mugMesh({ sizeM, material, variantSeed }: ShapeInput): readonly MeshPart[] {
  const [length, width, height] = sizeM;
  const handleReach = Math.min(0.03, Math.max(0.022, length - width));
  const square = length - width < 0.01;
  const radius = Math.min(length, width) / 2;
  const centreX = square ? 0 : -(length - width) / 2;
  const h = height / 2;
  const tapered = variantSeed % 3 === 0 ? 0.86 : 1;
  const outside = lathe(
    [
      [0, -h],
      [radius * tapered * 0.9, -h],
      [radius * tapered, -h + radius * 0.1],
      [radius * 0.995, h * 0.5],
      [radius, h - WALL_M * 0.5],
      [radius - WALL_M * 0.5, h],
      [radius - WALL_M, h - WALL_M * 0.5],
    ],
    24,
  );
  const inside = lathe(
    [
      [radius - WALL_M, h - WALL_M * 0.5],
      [radius * tapered - WALL_M, -h + WALL_M * 2.5],
      [radius * tapered * 0.8 - WALL_M, -h + WALL_M * 1.5],
      [0, -h + WALL_M * 1.5],
    ],
    24,
  );
  const path: Vec3[] = [];
  for (let i = 0; i <= 8; i++) {
    const angle = Math.PI * (i / 8 - 0.5);
    path.push([
      radius - 0.003 + Math.cos(angle) * (handleReach + 0.003 - HANDLE_RADIUS_M),
      0,
      Math.sin(angle) * height * 0.32,
    ]);
  }
  const handle = tube(
    path,
    path.map(() => HANDLE_RADIUS_M),
    8,
  );
  const lining = repaint(material, variantSeed % 2 === 0 ? [0.92, 0.91, 0.88] : shade(material.rgb, 0.1), {
    texture: "plain",
  });
  return [paint(material, shiftX(outside, centreX), shiftX(handle, centreX)), paint(lining, shiftX(inside, centreX))];
}

const shiftX = (surface: ReturnType<typeof lathe>, x: number): ReturnType<typeof lathe> => ({
  ...surface,
  positions: surface.positions.map((value, i) => (i % 3 === 0 ? value + x : value)),
});
