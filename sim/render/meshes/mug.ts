import type { Vec3 } from "../../../src/domain/geometry/vec3.js";
import { paint, repaint, shade, shifted, type MeshPart } from "./mesh.js";
import type { ShapeInput } from "./shape-input.js";
import { lathe, tube, type ProfilePoint } from "./surfaces.js";

const WALL_M = 0.0035;
const HANDLE_RADIUS_M = 0.0048;
const HANDLE_REACH_M = 0.026;
/** Rings of the inside, each darker than the one above: little light finds its way down. */
const INSIDE_RINGS = 6;

/**
 * Mug: hollow, rounded rim, handle towards +x. `sizeM[0]` is the body and the handle together; where the box is square the
 * body is centred and the handle reaches past it.
 */
export function mugMesh({ sizeM, material, variantSeed }: ShapeInput): readonly MeshPart[] {
  const [length, width, height] = sizeM;
  const square = length - width < 0.01;
  const handleReach = square ? HANDLE_REACH_M : length - width;
  const radius = Math.min(length, width) / 2;
  const center: Vec3 = [square ? 0 : -(length - width) / 2, 0, 0];
  const h = height / 2;
  const foot = radius * (variantSeed % 3 === 0 ? 0.86 : 1);
  const outside = lathe(
    [
      [0, -h],
      [foot * 0.9, -h],
      [foot, -h + radius * 0.1],
      [radius * 0.995, h * 0.5],
      [radius, h - WALL_M * 0.5],
      [radius - WALL_M * 0.5, h],
      [radius - WALL_M, h - WALL_M * 0.5],
    ],
    24,
  );
  const path = Array.from({ length: 9 }, (_, i): Vec3 => {
    const angle = Math.PI * (i / 8 - 0.5);
    const root = radius - WALL_M * 0.5;
    const reach = handleReach + WALL_M * 0.5 - HANDLE_RADIUS_M;
    return [root + Math.cos(angle) * reach, 0, Math.sin(angle) * height * 0.32];
  });
  const handle = tube(
    path,
    path.map(() => HANDLE_RADIUS_M),
    8,
  );
  const lining = variantSeed % 2 === 0 ? ([0.92, 0.91, 0.88] as const) : shade(material.rgb, 0.1);
  const floorZ = -h + WALL_M * 1.5;
  const at = (t: number): ProfilePoint => [
    radius - WALL_M + (foot - radius) * t,
    h - WALL_M * 0.5 + (floorZ - h + WALL_M * 0.5) * t,
  ];
  const deep = (t: number): MeshPart["material"] =>
    repaint(material, shade(lining, -0.5 * Math.sqrt(t)), { texture: "plain" });
  const rings = Array.from({ length: INSIDE_RINGS }, (_, i) => {
    const from = at(i / INSIDE_RINGS);
    const to = at((i + 1) / INSIDE_RINGS);
    return paint(deep((i + 0.5) / INSIDE_RINGS), shifted(lathe([from, to], 24), center));
  });
  return [
    paint(material, shifted(outside, center), shifted(handle, center)),
    ...rings,
    paint(deep(1), shifted(lathe([at(1), [0, floorZ]], 24), center)),
  ];
}
