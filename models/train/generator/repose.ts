import type { Pose } from "../../../src/domain/geometry/pose.js";
import {
  multiplyQuaternions,
  quaternionFromAxisAngle,
  quaternionToMatrix,
} from "../../../src/domain/geometry/quaternion.js";
import type { Random } from "../../../src/domain/random.js";
import { drawerFloorZ, type DrawerSpec, type ObjectSpec, type SceneSpec } from "../../../sim/scenes/index.js";

const WORKTOP_Z = 0.72;
const BOWL_FLOOR_M = 0.012;
const SMALL = new Set(["apple", "lemon", "block", "sponge", "banana"]);
const TIPPING = new Set(["can", "bottle", "mug", "box", "bag", "block", "apple", "lemon", "bowl"]);

/** Where everything is in one view: what a robot's handling leaves behind, without physics. */
export interface Arrangement {
  readonly objects: ReadonlyMap<string, Pose>;
  /** Opening of each drawer, metres, by id. */
  readonly openM: ReadonlyMap<string, number>;
}

interface Spot {
  readonly x: number;
  readonly y: number;
  /** Height of the surface. */
  readonly z: number;
}

/** The scene as built, or (`disturbed`) with drawers slid and some things moved, tipped, or put into other things. */
export function repose(scene: SceneSpec, random: Random, options: { disturbed: boolean }): Arrangement {
  const openM = new Map(scene.drawers.map((d) => [d.id, options.disturbed ? drawOpening(d, random) : d.openM]));
  const objects = new Map<string, Pose>();
  for (const object of scene.objects) objects.set(object.id, slidWithDrawer(object, scene, openM));
  if (!options.disturbed) return { objects, openM };

  for (const object of scene.objects) {
    if (!random.chance(0.35)) continue;
    const current = objects.get(object.id)!;
    const inPlace: Spot = {
      x: current.position[0],
      y: current.position[1],
      z: current.position[2] - object.sizeM[2] / 2,
    };
    const inDrawer = scene.drawers.some((d) => d.id === object.startsIn);
    const moved = random.chance(inDrawer ? 0.3 : 0.75) ? newSpot(object, { scene, objects, openM, random }) : undefined;
    const tips =
      TIPPING.has(object.kind) && random.chance(object.kind === "bowl" ? 0.08 : inDrawer && !moved ? 0.15 : 0.4);
    objects.set(object.id, resting(object, moved ?? inPlace, { tips, random }));
  }
  return { objects, openM };
}

const drawOpening = (drawer: DrawerSpec, random: Random): number => {
  const u = random.next();
  if (u < 0.25) return random.between(0, 0.012);
  return u < 0.5 ? random.between(0.022, 0.12) : random.between(0.12, drawer.travelM);
};

function slidWithDrawer(object: ObjectSpec, scene: SceneSpec, openM: ReadonlyMap<string, number>): Pose {
  const drawer = scene.drawers.find((d) => d.id === object.startsIn);
  if (!drawer) return object.pose;
  const slide = openM.get(drawer.id)! - drawer.openM;
  const [x, y, z] = object.pose.position;
  const position = [x - slide * Math.cos(drawer.yawRad), y - slide * Math.sin(drawer.yawRad), z] as const;
  return { position, orientation: object.pose.orientation };
}

/** Standing, or lying on a side, with its lowest point on the spot. */
function resting(object: ObjectSpec, spot: Spot, { tips, random }: { tips: boolean; random: Random }): Pose {
  let orientation = quaternionFromAxisAngle([0, 0, 1], random.between(-Math.PI, Math.PI));
  if (tips) {
    const about = random.between(-Math.PI, Math.PI);
    const boxy = object.kind === "box" || object.kind === "bag" || object.kind === "block";
    // Boxes lie on a face; a quarter of them and of the round things lean at an angle, as things do that were dropped.
    const axis = boxy
      ? random.chance(0.5)
        ? ([1, 0, 0] as const)
        : ([0, 1, 0] as const)
      : ([Math.cos(about), Math.sin(about), 0] as const);
    const angle = random.chance(0.8) ? (random.chance(0.5) ? 1 : -1) * (Math.PI / 2) : random.between(-1.2, 1.2);
    orientation = multiplyQuaternions(orientation, quaternionFromAxisAngle(axis, angle));
  }
  const m = quaternionToMatrix(orientation);
  const halfHeight = object.sizeM.reduce((sum, length, i) => sum + Math.abs(m[6 + i]) * length, 0) / 2;
  // A leaning cylinder's box corner hangs lower than the cylinder itself: let it sink in a little rather than float.
  const sunk = tips ? Math.min(halfHeight, Math.max(...object.sizeM) / 2) : halfHeight;
  return { position: [spot.x, spot.y, spot.z + sunk + 0.001], orientation };
}

interface Placing {
  readonly scene: SceneSpec;
  readonly objects: ReadonlyMap<string, Pose>;
  readonly openM: ReadonlyMap<string, number>;
  readonly random: Random;
}

function newSpot(object: ObjectSpec, placing: Placing): Spot | undefined {
  for (let attempt = 0; attempt < 6; attempt++) {
    const spot = drawSpot(object, placing);
    if (spot && (spot.shared || isFree(object, spot, placing))) return spot;
  }
  return undefined;
}

function isFree(object: ObjectSpec, spot: Spot, { scene, objects }: Placing): boolean {
  const radius = Math.hypot(object.sizeM[0], object.sizeM[1]) / 2;
  return scene.objects.every((other) => {
    if (other.id === object.id) return true;
    const { position } = objects.get(other.id)!;
    const reach = radius + Math.hypot(other.sizeM[0], other.sizeM[1]) / 2;
    return Math.hypot(position[0] - spot.x, position[1] - spot.y) > reach * 0.95;
  });
}

function drawSpot(object: ObjectSpec, placing: Placing): (Spot & { shared?: boolean }) | undefined {
  const { scene, objects, openM, random } = placing;
  const bowls = scene.objects.filter((o) => o.kind === "bowl" && o.id !== object.id);
  if (bowls.length > 0 && SMALL.has(object.kind) && random.chance(0.5)) {
    const bowl = random.pick(bowls);
    const [x, y, z] = objects.get(bowl.id)!.position;
    const off = random.between(0, 0.015);
    return { x: x + off, y: y - off, z: z - bowl.sizeM[2] / 2 + BOWL_FLOOR_M, shared: true };
  }
  const others = scene.objects.filter((o) => o.id !== object.id && (o.kind === "block" || o.kind === "box"));
  if (object.kind === "block" && others.length > 0 && random.chance(0.25)) {
    const below = random.pick(others);
    const [x, y, z] = objects.get(below.id)!.position;
    return {
      x: x + random.between(-0.008, 0.008),
      y: y + random.between(-0.008, 0.008),
      z: z + below.sizeM[2] / 2,
      shared: true,
    };
  }
  if (scene.layout === "tabletop") {
    const zones = scene.regions;
    if (zones.length > 0 && random.chance(0.5)) {
      const zone = random.pick(zones);
      const spread = zone.sizeM[0] * 0.35;
      return {
        x: zone.center[0] + random.between(-spread, spread),
        y: zone.center[1] + random.between(-spread, spread),
        z: WORKTOP_Z + 0.002,
      };
    }
    return { x: random.between(0.28, 0.68), y: random.between(-0.46, 0.46), z: WORKTOP_Z };
  }
  if (object.kind === "bowl") return undefined;
  const u = random.next();
  if (u < 0.3) return { x: random.between(0.34, 0.5), y: random.between(0.34, 0.54), z: 0.6 };
  if (u < 0.45) return { x: random.between(0.63, 0.76), y: random.between(0.06, 0.48), z: WORKTOP_Z + 0.17 };
  const open = scene.drawers.filter((d) => openM.get(d.id)! > 0.14);
  if (u < 0.65 && open.length > 0) {
    const drawer = random.pick(open);
    const along = random.between(-drawer.sizeM[0] / 2 + 0.05, -0.04) - openM.get(drawer.id)!;
    return {
      x: drawer.center[0] + along,
      y: drawer.center[1] + random.between(-0.07, 0.07),
      z: drawer.center[2] + drawerFloorZ(drawer),
    };
  }
  return random.chance(0.75)
    ? { x: random.between(0.26, 0.54), y: random.between(-0.02, 0.24), z: WORKTOP_Z }
    : { x: random.between(0.23, 0.32), y: random.between(-0.6, -0.06), z: WORKTOP_Z };
}
