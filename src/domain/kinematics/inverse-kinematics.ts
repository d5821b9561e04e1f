import type { Pose } from "../geometry/pose.js";
import { composePoses, invertPose } from "../geometry/pose.js";
import { add, distance, norm, type Vec3 } from "../geometry/vec3.js";
import { createRandom } from "../random.js";
import { fail, ok, type Result } from "../result.js";
import { chainOf, writeFrame, type Chain } from "./chain.js";
import { createIkWork, descend, type IkDescent, type IkWork } from "./ik-step.js";
import type { RobotModel } from "./robot-model.js";

export type ReachFailure = "out-of-reach" | "joint-limit";

export interface IkOptions {
  /** Where the search begins; of several solutions the one nearest to it is taken. Usually the present joint positions. */
  readonly seed: readonly number[];
  /** Starts in all: the seed, the model's own seeds, then pseudo-random ones. Default 24. */
  readonly starts?: number;
  /** Default 5e-5 m. */
  readonly toleranceM?: number;
  /** Default 5e-4 rad. */
  readonly toleranceRad?: number;
}

/** A solution this near to the seed (largest joint change, rad or m) is taken without looking for a nearer one. */
const NEAR_ENOUGH = 1.2;
/** Solutions from different starts to choose among when the seed's own is far away or missing. */
const ENOUGH_SOLUTIONS = 4;
const SEARCH = { iterations: 48, pulled: 4, pullGain: 0.1 } as const;

const works = new WeakMap<Chain, IkWork>();
const startLists = new WeakMap<RobotModel, readonly (readonly number[])[]>();

export function ikWorkOf(chain: Chain): IkWork {
  let work = works.get(chain);
  if (work === undefined) works.set(chain, (work = createIkWork(chain)));
  return work;
}

/**
 * Joint positions within the limits that bring the tool to `target` (base frame). Deterministic for equal arguments. Fails with
 * `joint-limit` when only positions beyond the limits would do, with `out-of-reach` when none would.
 */
export function inverseKinematics(model: RobotModel, target: Pose, options: IkOptions): Result<number[], ReachFailure> {
  const excess = reachExcess(model, target);
  if (excess > 0) return outOfReach(target, excess);
  const chain = chainOf(model);
  const work = ikWorkOf(chain);
  writeFrame(target, work.target, 0);
  const descent: IkDescent = {
    toleranceM: options.toleranceM ?? 5e-5,
    toleranceRad: options.toleranceRad ?? 5e-4,
    ...SEARCH,
  };
  let best: number[] | undefined;
  let bestDistance = Infinity;
  let found = 0;
  const starts = startsFor(model, options.seed, options.starts ?? 24);
  for (const [index, start] of starts.entries()) {
    work.q.set(start);
    work.preferred.set(options.seed);
    if (!descend(chain, work, descent)) continue;
    found++;
    const d = farthest(work.q, options.seed);
    if (d < bestDistance) {
      bestDistance = d;
      best = Array.from(work.q);
    }
    if ((index === 0 && d < NEAR_ENOUGH) || found >= ENOUGH_SOLUTIONS) break;
  }
  if (best !== undefined) return ok(best);
  return reachableBeyondLimits(model, chain, work, descent, options.seed)
    ? fail(
        "joint-limit",
        `${describe(target)} would need a joint beyond its limit. Choose another direction of approach.`,
        {
          positionInBase: target.position,
        },
      )
    : outOfReach(target, 0);
}

const describe = (target: Pose): string =>
  `Tool position (${target.position.map((v) => v.toFixed(3)).join(", ")}) m with this orientation`;

const outOfReach = (target: Pose, excessM: number): Result<number[], ReachFailure> =>
  fail("out-of-reach", `${describe(target)} is out of the arm's reach. Come nearer or choose another point.`, {
    positionInBase: target.position,
    ...(excessM > 0 ? { excessM } : {}),
  });

function farthest(q: Float64Array, seed: readonly number[]): number {
  let largest = 0;
  for (let i = 0; i < q.length; i++) largest = Math.max(largest, Math.abs(q[i] - seed[i]));
  return largest;
}

/** Tells a limit from a want of length: solves once more with the limits lifted. */
function reachableBeyondLimits(
  model: RobotModel,
  chain: Chain,
  work: IkWork,
  descent: IkDescent,
  seed: readonly number[],
): boolean {
  const open: IkWork = {
    ...work,
    lower: new Float64Array(chain.jointCount),
    upper: new Float64Array(chain.jointCount),
  };
  for (let i = 0; i < chain.jointCount; i++) {
    const spin = chain.revolute[i] === 1 ? Math.PI * 2 : 0;
    open.lower[i] = chain.lower[i] - spin;
    open.upper[i] = chain.upper[i] + spin;
  }
  return [seed, ...model.seedPositions.slice(0, 3)].some((start) => {
    open.q.set(start);
    return descend(chain, open, descent);
  });
}

function startsFor(model: RobotModel, seed: readonly number[], count: number): readonly (readonly number[])[] {
  let list = startLists.get(model);
  if (list === undefined || list.length < count) {
    const random = createRandom(7);
    const known = [...model.seedPositions, model.homePositions];
    const drawn = Array.from({ length: Math.max(32, count) }, () =>
      model.joints.map((joint) => {
        const margin = 0.1 * (joint.upper - joint.lower);
        return random.between(joint.lower + margin, joint.upper - margin);
      }),
    );
    startLists.set(model, (list = [...known, ...drawn]));
  }
  const within = seed.map((v, i) => Math.min(model.joints[i].upper, Math.max(model.joints[i].lower, v)));
  return [within, ...list.slice(0, Math.max(0, count - 1))];
}

/**
 * How many metres the target lies beyond the longest that the links could ever stretch from the shoulder; 0 when it may be in
 * reach. Cheap: a few square roots, no search.
 */
export function reachExcess(model: RobotModel, target: Pose): number {
  const flange = composePoses(target, invertPose(model.toolInFlange)).position;
  const { shoulder, stretchM } = shoulderOf(model);
  return Math.max(0, distance(flange, shoulder) - stretchM);
}

interface Shoulder {
  readonly shoulder: Vec3;
  readonly stretchM: number;
}

const shoulders = new WeakMap<RobotModel, Shoulder>();

/** The last point of the chain that no joint can move, and the summed lengths from there to the flange. */
function shoulderOf(model: RobotModel): Shoulder {
  const known = shoulders.get(model);
  if (known !== undefined) return known;
  let frame = model.mountInBase;
  let fixed = true;
  let shoulder: Vec3 = frame.position;
  let stretchM = 0;
  let previous: RobotModel["joints"][number] | undefined;
  for (const joint of model.joints) {
    const offset = joint.originInParent.position;
    // A joint whose origin lies on the axis of the joint before it stays where it is.
    if (previous !== undefined && (previous.type === "prismatic" || !parallel(offset, previous.axis))) fixed = false;
    frame = composePoses(frame, joint.originInParent);
    if (fixed) shoulder = frame.position;
    else stretchM += norm(offset);
    if (joint.type === "prismatic") stretchM += Math.max(Math.abs(joint.lower), Math.abs(joint.upper));
    previous = joint;
  }
  const result = { shoulder, stretchM };
  shoulders.set(model, result);
  return result;
}

function parallel(a: Vec3, axis: Vec3): boolean {
  const along = a[0] * axis[0] + a[1] * axis[1] + a[2] * axis[2];
  return norm(add(a, [-axis[0] * along, -axis[1] * along, -axis[2] * along])) < 1e-9;
}
