import type { Vec3 } from "../../../src/domain/geometry/vec3.js";
import { paint, plain, shifted, type MeshPart } from "./mesh.js";
import { lathe, tube } from "./surfaces.js";

/** Kitchen tap: origin at its foot, spout towards -x, a lever to the right. Looks only. */
export function tapMesh(reachM: number): readonly MeshPart[] {
  const steel = plain([0.7, 0.72, 0.74], 0.9);
  const rise = 0.15;
  const bend = reachM / 2;
  const path: Vec3[] = [
    [0, 0, 0.03],
    [0, 0, rise],
  ];
  for (let i = 1; i <= 7; i++) {
    const angle = (Math.PI * i) / 7;
    path.push([-bend * (1 - Math.cos(angle)), 0, rise + bend * 0.8 * Math.sin(angle)]);
  }
  path.push([-reachM, 0, rise - 0.025]);
  const foot = lathe(
    [
      [0.024, 0],
      [0.024, 0.008],
      [0.017, 0.014],
      [0.016, 0.05],
      [0, 0.052],
    ],
    16,
  );
  const lever = tube(
    [
      [0, -0.012, 0.04],
      [0.004, -0.035, 0.052],
      [0.008, -0.06, 0.068],
    ],
    [0.006, 0.005, 0.004],
    8,
  );
  return [
    paint(
      steel,
      foot,
      lever,
      tube(
        path,
        path.map(() => 0.0095),
        10,
      ),
      shifted(
        lathe(
          [
            [0.011, 0],
            [0.011, 0.02],
            [0, 0.02],
          ],
          12,
        ),
        [-reachM, 0, rise - 0.04],
      ),
    ),
  ];
}
