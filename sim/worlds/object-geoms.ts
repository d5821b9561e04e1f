import { quaternionFromAxes, quaternionFromAxisAngle, type Quaternion } from "../../src/domain/geometry/quaternion.js";
import { cross, distance, normalize, subtract, type Vec3 } from "../../src/domain/geometry/vec3.js";
import { createRandom } from "../../src/domain/random.js";
import type { ObjectSpec } from "../scenes/scene-spec.js";

/** A collision shape in the object's own frame. Sizes are MuJoCo's: half lengths, radii. */
export interface CollisionGeom {
  readonly type: "box" | "cylinder" | "capsule" | "ellipsoid";
  readonly size: readonly number[];
  readonly position: Vec3;
  readonly orientation: Quaternion;
  /** Cubic metres; the object's mass is shared out by it. */
  readonly volume: number;
}

const UPRIGHT: Quaternion = [0, 0, 0, 1];

const box = (full: Vec3, position: Vec3 = [0, 0, 0], orientation: Quaternion = UPRIGHT): CollisionGeom => ({
  type: "box",
  size: [full[0] / 2, full[1] / 2, full[2] / 2],
  position,
  orientation,
  volume: full[0] * full[1] * full[2],
});

const cylinder = (radius: number, height: number, position: Vec3 = [0, 0, 0]): CollisionGeom => ({
  type: "cylinder",
  size: [radius, height / 2],
  position,
  orientation: UPRIGHT,
  volume: Math.PI * radius * radius * height,
});

const ellipsoid = (full: Vec3): CollisionGeom => ({
  type: "ellipsoid",
  size: [full[0] / 2, full[1] / 2, full[2] / 2],
  position: [0, 0, 0],
  orientation: UPRIGHT,
  volume: (Math.PI / 6) * full[0] * full[1] * full[2],
});

const capsule = (from: Vec3, to: Vec3, radius: number): CollisionGeom => {
  const length = distance(from, to);
  const z = normalize(subtract(to, from));
  const x = normalize(cross(Math.abs(z[2]) < 0.9 ? [0, 0, 1] : [1, 0, 0], z));
  return {
    type: "capsule",
    size: [radius, length / 2],
    position: [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2, (from[2] + to[2]) / 2],
    orientation: quaternionFromAxes(x, cross(z, x), z),
    volume: Math.PI * radius * radius * (length + (4 / 3) * radius),
  };
};

/** Pouch: the filled body, narrower than its bulge, and the closed top that a hand passes over. */
function bag([width, thickness, height]: Vec3): CollisionGeom[] {
  const bodyHeight = height * 0.72;
  const topHeight = height - bodyHeight;
  return [
    box([width * 0.94, thickness * 0.94, bodyHeight], [0, 0, -height / 2 + bodyHeight / 2]),
    box([width * 0.9, thickness * 0.5, topHeight], [0, 0, height / 2 - topHeight / 2]),
  ];
}

/** The handle, at +x, is thin: only fingers from that side meet it. */
function mug([length, diameter, height]: Vec3): CollisionGeom[] {
  const handle = length - diameter;
  const body = cylinder(diameter / 2, height, [-handle / 2, 0, 0]);
  if (handle < 0.005) return [body];
  return [body, box([handle, 0.01, height * 0.6], [diameter / 2, 0, 0])];
}

function bottle([diameter, , height]: Vec3): CollisionGeom[] {
  const body = height * 0.68;
  return [
    cylinder(diameter / 2, body, [0, 0, -height / 2 + body / 2]),
    cylinder(Math.min(0.017, diameter * 0.26), height - body, [0, 0, height / 2 - (height - body) / 2]),
  ];
}

/** Four capsules along the same parabola as the picture's mesh, which bends to either side by seed. */
function banana([length, width, thickness]: Vec3, variantSeed: number): CollisionGeom[] {
  const radius = Math.min(thickness, width) / 2;
  const sag = width - 2 * radius;
  const flip = createRandom(variantSeed).chance(0.5) ? 1 : -1;
  const at = (t: number, z: number): Vec3 => [(t - 0.5) * (length - 0.024), flip * sag * (4 * (t - 0.5) ** 2 - 0.5), z];
  const stations = [0.06, 0.28, 0.5, 0.72, 0.94];
  const radii = [0.75, 1, 1, 0.75];
  // All four touch the support, or it would rock.
  return radii.map((factor, i) => {
    const z = radius * (factor - 1);
    return capsule(at(stations[i], z), at(stations[i + 1], z), radius * factor);
  });
}

const BOWL_SEGMENTS = 14;

/** Of a bowl's floor. */
const FLOOR_M = 0.008;

/**
 * Floor and two rings of slanted boards: hollow, so that things can be put in and the rim can be held. The floor is two crossed
 * squares: boxes touch boxes in several points at once. On a cylinder a block touches in one point that wanders, and the bowl
 * wriggles off with it, two centimetres a second.
 */
function bowl([diameter, , height]: Vec3): CollisionGeom[] {
  const wall = 0.006;
  const rim = diameter / 2;
  const [low, middle, high] = [-height / 2 + 0.004, -height * 0.06, height / 2];
  const [foot, waist] = [rim * 0.48, rim * 0.86];
  const ring = (r0: number, z0: number, r1: number, z1: number): CollisionGeom[] => {
    const slant = Math.atan2(r1 - r0, z1 - z0);
    const length = Math.hypot(r1 - r0, z1 - z0) + 0.003;
    const radius = (r0 + r1) / 2 - (wall / 2) * Math.cos(slant);
    const span = 2 * ((r0 + r1) / 2) * Math.tan(Math.PI / BOWL_SEGMENTS) * 1.04;
    return Array.from({ length: BOWL_SEGMENTS }, (_, i) => {
      const angle = (2 * Math.PI * i) / BOWL_SEGMENTS;
      const outward: Vec3 = [Math.cos(angle), Math.sin(angle), 0];
      const up: Vec3 = [outward[0] * Math.sin(slant), outward[1] * Math.sin(slant), Math.cos(slant)];
      const along: Vec3 = [-outward[1], outward[0], 0];
      const normal = cross(along, up);
      return box(
        [wall, span, length],
        [radius * outward[0], radius * outward[1], (z0 + z1) / 2],
        quaternionFromAxes(normal, along, up),
      );
    });
  };
  const side = 1.6 * (foot + 0.004);
  const floorAt: Vec3 = [0, 0, (FLOOR_M - height) / 2];
  return [
    box([side, side, FLOOR_M], floorAt),
    box([side, side, FLOOR_M], floorAt, quaternionFromAxisAngle([0, 0, 1], Math.PI / 4)),
    ...ring(foot, low, waist, middle),
    ...ring(waist, middle, rim, high),
  ];
}

/** What a movable thing collides with, matching what is drawn of it to a few millimetres. */
export function objectGeoms({ kind, sizeM, variantSeed }: ObjectSpec): readonly CollisionGeom[] {
  switch (kind) {
    case "bag":
      return bag(sizeM);
    case "mug":
      return mug(sizeM);
    case "can":
      return [cylinder(sizeM[0] / 2, sizeM[2])];
    case "bottle":
      return bottle(sizeM);
    case "apple":
    case "lemon":
      return [ellipsoid(sizeM)];
    case "banana":
      return banana(sizeM, variantSeed);
    case "bowl":
      return bowl(sizeM);
    case "sponge":
    case "box":
    case "block":
      return [box(sizeM)];
    case "drawer":
    case "sink":
    case "shelf":
    case "zone":
    case "handle":
      throw new Error(`A ${kind} is a place or a part, not a movable thing.`);
  }
}
