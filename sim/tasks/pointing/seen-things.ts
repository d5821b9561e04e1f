import { rotate } from "../../../src/domain/geometry/quaternion.js";
import { add, type Vec3 } from "../../../src/domain/geometry/vec3.js";
import {
  CLOSED_BELOW_M,
  OPEN_ABOVE_M,
  type Color,
  type DrawerState,
  type Kind,
} from "../../../src/domain/vocabulary.js";
import type { FrameTruth } from "../../physics/truth.js";
import type { ObjectSpec, SceneSpec } from "../../scenes/scene-spec.js";

/** Things that show less are doubtful: neither asked for nor safe to be beside what is asked for. */
export const CLEARLY_SEEN_PIXELS = 100;

/** Something of the scene that has a name, with the truth about it. */
export interface SeenThing {
  /** Object's, drawer's or region's id. */
  readonly id: string;
  /** Instances of the picture that are its pixels. */
  readonly instances: readonly string[];
  readonly kind: Kind;
  readonly color?: Color;
  readonly size?: "small" | "large";
  readonly state?: DrawerState;
  /** Of the body, without a mug's handle; base frame. */
  readonly center: Vec3;
  readonly sizeM: Vec3;
  readonly yawRad: number;
  /** Where it started: `counter`, `sink`, `shelf` or a drawer's id. */
  readonly startsIn?: string;
  /** Visible pixels. */
  readonly pixels: number;
}

export const isClear = ({ pixels }: SeenThing): boolean => pixels >= CLEARLY_SEEN_PIXELS;
export const isHidden = ({ pixels }: SeenThing): boolean => pixels === 0;

function bodyOf({ kind, pose, sizeM }: ObjectSpec): Pick<SeenThing, "center" | "sizeM" | "yawRad"> {
  const yawRad = 2 * Math.atan2(pose.orientation[2], pose.orientation[3]);
  if (kind !== "mug") return { center: pose.position, sizeM, yawRad };
  const handleM = sizeM[0] - sizeM[1];
  return {
    center: add(pose.position, rotate(pose.orientation, [-handleM / 2, 0, 0])),
    sizeM: [sizeM[1], sizeM[1], sizeM[2]],
    yawRad,
  };
}

const stateOf = (openM: number): DrawerState =>
  openM < CLOSED_BELOW_M ? "closed" : openM > OPEN_ABOVE_M ? "open" : "ajar";

/** Everything nameable in the scene, with how much of it the picture shows. */
export function seenThings(scene: SceneSpec, truth: Pick<FrameTruth, "instanceIds" | "names">): readonly SeenThing[] {
  const counts = new Map<string, number>();
  for (const instance of truth.instanceIds) {
    const name = truth.names[instance];
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const pixelsOf = (instances: readonly string[]): number =>
    instances.reduce((sum, name) => sum + (counts.get(name) ?? 0), 0);
  const objects = scene.objects.map((object): SeenThing => {
    const instances = [`object:${object.id}`];
    const { id, kind, color, size, startsIn } = object;
    return { id, instances, kind, color, size, startsIn, ...bodyOf(object), pixels: pixelsOf(instances) };
  });
  const drawers = scene.drawers.map(({ id, center, sizeM, yawRad, openM }): SeenThing => {
    const instances = [`drawer:${id}`, `handle:${id}`];
    const opened: Vec3 = [center[0] - openM * Math.cos(yawRad), center[1] - openM * Math.sin(yawRad), center[2]];
    const state = stateOf(openM);
    return { id, instances, kind: "drawer", state, center: opened, sizeM, yawRad, pixels: pixelsOf(instances) };
  });
  const regions = scene.regions.map(({ id, kind, color, center, sizeM, yawRad }): SeenThing => {
    const instances = [`region:${id}`];
    return { id, instances, kind, color, center, sizeM, yawRad, pixels: pixelsOf(instances) };
  });
  return [...objects, ...drawers, ...regions];
}
