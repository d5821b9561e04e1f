import type { Pose } from "../../../src/domain/geometry/pose.js";
import { quaternionFromAxes } from "../../../src/domain/geometry/quaternion.js";
import { cross, distance, normalize, subtract, type Vec3 } from "../../../src/domain/geometry/vec3.js";
import { paint, placed, plain, shifted, type MeshPart, type Surface } from "./mesh.js";
import { lathe, roundedBox, type ProfilePoint } from "./surfaces.js";

const WHITE = plain([0.87, 0.88, 0.89], 0.45);
const GREY = plain([0.55, 0.57, 0.6], 0.4);
const DARK = plain([0.16, 0.17, 0.19], 0.35);
const RUBBER = plain([0.2, 0.2, 0.21], 0.05);
const ACCENT = plain([0.13, 0.45, 0.52], 0.4);

/**
 * Shells of the built-in robot, by body name, each in its own body's frame (Panda link frames, see the world's model).
 * Shells that overlap differ in radius: two at the same place would flicker through each other.
 */
export function robotMeshes(): ReadonlyMap<string, readonly MeshPart[]> {
  const drum = (axis: Vec3, radiusM: number, halfM: number): Surface =>
    shell(
      [-axis[0] * halfM, -axis[1] * halfM, -axis[2] * halfM],
      [axis[0] * halfM, axis[1] * halfM, axis[2] * halfM],
      radiusM,
      radiusM,
      0.012,
    );
  const up: Vec3 = [0, 0, 1];
  const across: Vec3 = [0, 1, 0];
  return new Map<string, readonly MeshPart[]>([
    ["base", baseMesh()],
    [
      "link0",
      [
        paint(
          WHITE,
          lathe(
            [
              [0.09, 0],
              [0.09, 0.02],
              [0.075, 0.05],
              [0.068, 0.08],
              [0, 0.08],
            ],
            24,
          ),
        ),
        paint(
          DARK,
          lathe(
            [
              [0.0665, 0.075],
              [0.0665, 0.098],
              [0, 0.098],
            ],
            24,
          ),
        ),
      ],
    ],
    [
      "link1",
      [paint(WHITE, shell([0, 0, -0.245], [0, 0, -0.02], 0.064, 0.057, 0.02)), paint(DARK, drum(across, 0.054, 0.075))],
    ],
    [
      "link2",
      [
        paint(WHITE, drum(up, 0.06, 0.062), shell([0, 0, 0], [0, -0.27, 0], 0.056, 0.052, 0.02)),
        paint(DARK, shell([0, -0.262, 0], [0, -0.277, 0], 0.0535, 0.0535, 0.002)),
      ],
    ],
    [
      "link3",
      [
        paint(
          WHITE,
          shell([0, 0, -0.04], [0, 0, 0.0], 0.052, 0.052, 0.015),
          shell([0, 0, 0], [0.0825, 0, 0], 0.05, 0.05, 0.03),
        ),
        paint(DARK, shell([0.0825, -0.062, 0], [0.0825, 0.062, 0], 0.047, 0.047, 0.006)),
      ],
    ],
    [
      "link4",
      [
        paint(WHITE, drum(up, 0.052, 0.052), shell([0, 0, 0], [-0.0825, 0.1, 0], 0.048, 0.05, 0.03)),
        paint(DARK, shell([-0.0825, 0.09, 0], [-0.0825, 0.125, 0], 0.047, 0.047, 0.004)),
      ],
    ],
    [
      "link5",
      [
        paint(
          WHITE,
          shell([0, 0, -0.265], [0, 0.02, -0.12], 0.05, 0.046, 0.02),
          shell([0, 0.02, -0.13], [0, 0.045, -0.02], 0.044, 0.04, 0.03),
        ),
        paint(DARK, drum(up, 0.046, 0.052)),
      ],
    ],
    [
      "link6",
      [
        paint(WHITE, drum(up, 0.048, 0.05), shell([0, 0, 0], [0.088, 0, 0], 0.043, 0.043, 0.03)),
        paint(ACCENT, shell([0.088, -0.026, 0], [0.088, 0.05, 0], 0.0435, 0.0435, 0.006)),
      ],
    ],
    [
      "link7",
      [
        paint(WHITE, shell([0, 0, 0.03], [0, 0, 0.09], 0.044, 0.044, 0.012)),
        paint(DARK, shell([0, 0, 0.088], [0, 0, 0.107], 0.036, 0.036, 0.003)),
      ],
    ],
    ["hand", handMesh()],
    ["finger-left", fingerMesh()],
    ["finger-right", fingerMesh()],
  ]);
}

/** The mast stands behind the head camera and its head ends above it, so neither enters the head camera's view. */
function baseMesh(): readonly MeshPart[] {
  return [
    paint(WHITE, shifted(roundedBox([0.5, 0.5, 0.6], 0.05, 3), [0, 0, 0.38])),
    paint(
      DARK,
      shifted(roundedBox([0.46, 0.46, 0.12], 0.03, 2), [0, 0, 0.08]),
      shifted(roundedBox([0.3, 0.3, 0.03], 0.008), [0, 0, 0.685]),
    ),
    paint(ACCENT, shifted(roundedBox([0.502, 0.4, 0.02], 0.004), [0, 0, 0.56])),
    paint(GREY, shifted(roundedBox([0.05, 0.07, 0.92], 0.015, 2), [-0.21, 0, 1.1])),
    paint(DARK, shifted(roundedBox([0.07, 0.12, 0.07], 0.02, 2), [-0.2, 0, 1.6])),
  ];
}

function handMesh(): readonly MeshPart[] {
  return [
    paint(WHITE, shifted(roundedBox([0.05, 0.2, 0.05], 0.015, 2), [0, 0, 0.033])),
    paint(GREY, shifted(roundedBox([0.04, 0.19, 0.012], 0.003), [0, 0, 0.06])),
    paint(
      DARK,
      lathe(
        [
          [0.038, -0.002],
          [0.038, 0.012],
          [0, 0.012],
        ],
        18,
      ),
    ),
  ];
}

/** One finger: the pad faces -y of its frame's opening side (y = 0); the other finger's frame is turned by half a turn. */
function fingerMesh(): readonly MeshPart[] {
  return [
    paint(GREY, shifted(roundedBox([0.02, 0.014, 0.028], 0.003), [0, 0.009, 0.012])),
    paint(DARK, shifted(roundedBox([0.02, 0.012, 0.033], 0.003), [0, 0.01, 0.0385])),
    paint(RUBBER, shifted(roundedBox([0.018, 0.006, 0.022], 0.001), [0, 0.003, 0.043])),
  ];
}

/** Tapered cylinder with rolled edges between two points. */
function shell(from: Vec3, to: Vec3, radiusFrom: number, radiusTo: number, roll: number): Surface {
  const length = distance(from, to);
  const profile: ProfilePoint[] = [[0, -Math.min(roll, radiusFrom) * 0.6]];
  for (let i = 0; i <= 2; i++) {
    const a = (Math.PI / 2) * (i / 2);
    profile.push([radiusFrom - roll * (1 - Math.sin(a)), -roll * 0.6 * Math.cos(a)]);
  }
  for (let i = 2; i >= 0; i--) {
    const a = (Math.PI / 2) * (i / 2);
    profile.push([radiusTo - roll * (1 - Math.sin(a)), length + roll * 0.6 * Math.cos(a)]);
  }
  profile.push([0, length + roll * 0.6]);
  return placed(lathe(profile, 20), along(from, to));
}

/** Frame at `from` whose z points to `to`. */
function along(from: Vec3, to: Vec3): Pose {
  const z = normalize(subtract(to, from));
  const x = normalize(cross(Math.abs(z[2]) < 0.9 ? [0, 0, 1] : [0, 1, 0], z));
  return { position: from, orientation: quaternionFromAxes(x, cross(z, x), z) };
}
