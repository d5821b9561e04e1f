import type { Vec3 } from "../geometry/vec3.js";
import { chainOf, FRAME_STRIDE, updateChain } from "./chain.js";
import type { LinkCapsule, RobotModel } from "./robot-model.js";

/** A segment with a radius in the base frame. */
export interface Capsule {
  /** As in `LinkCapsule`. */
  readonly link: number;
  readonly from: Vec3;
  readonly to: Vec3;
  readonly radiusM: number;
}

/** The body of the arm for joint positions `q`, in the base frame; `extra` are shapes carried along, such as a held load. */
export function capsulesAt(
  model: RobotModel,
  q: readonly number[],
  extra: readonly LinkCapsule[] = [],
): readonly Capsule[] {
  const shapes = extra.length === 0 ? model.capsules : [...model.capsules, ...extra];
  const flat = new Float64Array(shapes.length * 6);
  writeCapsules(model, q, shapes, flat);
  return shapes.map(({ link, radiusM }, i) => ({
    link,
    from: [flat[6 * i], flat[6 * i + 1], flat[6 * i + 2]],
    to: [flat[6 * i + 3], flat[6 * i + 4], flat[6 * i + 5]],
    radiusM,
  }));
}

/** Writes both ends of every shape, six numbers each, in the base frame. Allocates nothing. */
export function writeCapsules(
  model: RobotModel,
  q: ArrayLike<number>,
  shapes: readonly LinkCapsule[],
  out: Float64Array,
): void {
  const chain = chainOf(model);
  updateChain(chain, q);
  for (let i = 0; i < shapes.length; i++) {
    const shape = shapes[i];
    // Frames are mount, links, tool: link -1 is frame 0, and the hand comes after the last link.
    const at = (shape.link + 1) * FRAME_STRIDE;
    place(chain.frames, at, shape.from, out, 6 * i);
    place(chain.frames, at, shape.to, out, 6 * i + 3);
  }
}

function place(f: Float64Array, at: number, p: Vec3, out: Float64Array, to: number): void {
  for (let r = 0; r < 3; r++) {
    out[to + r] = f[at + 3 * r] * p[0] + f[at + 3 * r + 1] * p[1] + f[at + 3 * r + 2] * p[2] + f[at + 9 + r];
  }
}
