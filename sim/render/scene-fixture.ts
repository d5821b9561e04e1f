import { quaternionFromAxes } from "../../src/domain/geometry/quaternion.js";
import { cross, normalize, subtract, type Vec3 } from "../../src/domain/geometry/vec3.js";
import type { Pose } from "../../src/domain/geometry/pose.js";
import type { MaterialSpec, ObjectSpec, SceneSpec, StaticSpec } from "../scenes/scene-spec.js";
import { intrinsicsFor } from "./intrinsics-for.js";
import type { RenderView } from "./scene-renderer.types.js";

/** Smallest scenes for the tests of this folder: a slab to stand on, even light, no noise unless asked for. */
export function sceneFixture(changes: Partial<SceneSpec> & { readonly noise?: number } = {}): SceneSpec {
  const { noise = 0, ...rest } = changes;
  return {
    layout: "tabletop",
    seed: 4,
    statics: [slabFixture()],
    drawers: [],
    regions: [],
    objects: [],
    light: { direction: [0, 0, 1], ambient: 0.5, diffuse: 0.5, tint: [1, 1, 1], shadowStrength: 0.7 },
    headCamera: {
      poseInBase: lookingFrom([0, 0, 1.5], [0.5, 0, 0.72]),
      width: 160,
      height: 120,
      horizontalFovRad: 1.2,
      noise,
    },
    ...rest,
  };
}

export const plainFixture = (rgb: Vec3, changes: Partial<MaterialSpec> = {}): MaterialSpec => ({
  rgb,
  texture: "plain",
  textureScale: 1,
  contrast: 0,
  seed: 1,
  gloss: 0,
  ...changes,
});

/** Its top is at z = 0.72. */
export const slabFixture = (changes: Partial<StaticSpec> = {}): StaticSpec => ({
  name: "table",
  center: [0.5, 0, 0.7],
  sizeM: [0.8, 1, 0.04],
  yawRad: 0,
  material: plainFixture([0.6, 0.6, 0.6]),
  collides: true,
  ...changes,
});

/** A thing standing on the slab at x, y. */
export function objectFixture(changes: Partial<ObjectSpec> & Pick<ObjectSpec, "kind">, x = 0.5, y = 0): ObjectSpec {
  const sizeM = changes.sizeM ?? [0.05, 0.05, 0.05];
  return {
    id: changes.kind,
    color: "red",
    size: "small",
    sizeM,
    massKg: 0.1,
    pose: { position: [x, y, 0.72 + sizeM[2] / 2], orientation: [0, 0, 0, 1] },
    material: plainFixture([0.8, 0.1, 0.1]),
    variantSeed: 3,
    startsIn: "counter",
    ...changes,
  };
}

/** Optical frame at `from` that looks at `target`, level. */
export function lookingFrom(from: Vec3, target: Vec3): Pose {
  const forward = normalize(subtract(target, from));
  const right = normalize(cross(forward, Math.abs(forward[2]) > 0.999 ? [1, 0, 0] : [0, 0, 1]));
  return { position: from, orientation: quaternionFromAxes(right, cross(forward, right), forward) };
}

export function viewFixture(poseInWorld: Pose, width = 160, height = 120): RenderView {
  return { width, height, poseInWorld, intrinsics: intrinsicsFor({ width, height, horizontalFovRad: 1.2 }) };
}
