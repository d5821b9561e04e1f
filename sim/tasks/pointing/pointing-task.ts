import type { Vec3 } from "../../../src/domain/geometry/vec3.js";

/** What kind of phrase it is; the rows of the summary's `groups`. */
export const POINTING_GROUPS = [
  "attribute",
  "unseen-combination",
  "relation",
  "superlative",
  "free-space",
  "absent",
] as const;
export type PointingGroup = (typeof POINTING_GROUPS)[number];

/** What a phrase truly means in its scene. */
export type PointingTruth =
  /** Instance names of the renderer whose pixels count as the thing: `object:red-mug-1`, or a drawer with its handle. */
  | { readonly type: "thing"; readonly instances: readonly string[]; readonly positionInBase?: Vec3 }
  /** Nothing in the scene, seen or hidden, fits the words. */
  | { readonly type: "absent" }
  /** Any free place of that description. */
  | { readonly type: "free"; readonly isRight: (point: PointOnSurface) => FreeVerdict };

/** Where an answer's pixel really is. */
export interface PointOnSurface {
  /** Instance that the pixel belongs to. */
  readonly instance: string;
  /** From the pixel's exact depth. */
  readonly positionInBase: Vec3;
}

export type FreeVerdict = "right" | "not-free" | "wrong-place";

export interface PointingTask {
  readonly phrase: string;
  readonly truth: PointingTruth;
}
