import { toLocalPoint, type Pose } from "../../src/domain/geometry/pose.js";
import { quaternionFromAxisAngle } from "../../src/domain/geometry/quaternion.js";
import type { Vec3 } from "../../src/domain/geometry/vec3.js";
import { drawerBody, objectBody } from "../worlds/world-xml.js";
import type { TruthSnapshot } from "./truth.js";
import type { World } from "./world.js";

/** `object:red-mug-1:0` to `red-mug-1`; every part of the robot is `robot`. */
const nameOf = (geom: string): string => (geom.startsWith("robot:") ? "robot" : geom.split(":")[1]);

const within = (box: Pose, sizeM: Vec3, point: Vec3): boolean =>
  toLocalPoint(box, point).every((value, axis) => Math.abs(value) <= sizeM[axis] / 2);

/** Everything that is true of the world now. */
export function takeSnapshot(
  world: World,
  timeMs: number,
  contact: Pick<TruthSnapshot, "hardestBumpN" | "hardestPressN">,
): TruthSnapshot {
  const { scene } = world;
  const touches = new Map<string, Set<string>>();
  const touch = (a: string, b: string): void => {
    if (!a.startsWith("object:")) return;
    const known = touches.get(nameOf(a)) ?? new Set<string>();
    touches.set(nameOf(a), known.add(b));
  };
  for (const [a, b] of world.touching()) {
    touch(a, b);
    touch(b, a);
  }
  const places = [
    ...scene.drawers.map(({ id, sizeM }) => ({ id, pose: world.bodyPose(drawerBody(id)), sizeM })),
    ...scene.regions.map(({ id, center, yawRad, sizeM }) => ({
      id,
      pose: { position: center, orientation: quaternionFromAxisAngle([0, 0, 1], yawRad) },
      sizeM,
    })),
  ];
  const objects = scene.objects.map(({ id, kind, color, size, sizeM }) => {
    const pose = world.bodyPose(objectBody(id));
    const geoms = touches.get(id) ?? new Set<string>();
    const place = places.find((candidate) => within(candidate.pose, candidate.sizeM, pose.position));
    return {
      id,
      kind,
      color,
      size,
      sizeM,
      pose,
      inContactWith: [...new Set([...geoms].map(nameOf))].sort(),
      held: geoms.has("robot:finger-left") && geoms.has("robot:finger-right"),
      ...(place === undefined ? {} : { containedIn: place.id }),
    };
  });
  const drawers = scene.drawers.map(({ id }) => ({ id, openM: world.drawerOpening(id) }));
  return { timeMs, objects, drawers, ...contact };
}
