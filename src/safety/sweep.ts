import { norm } from "../domain/geometry/vec3.js";
import { flatSegmentBoxDistance, prepareBox, type PreparedBox } from "../domain/kinematics/box-distance.js";
import { writeCapsules } from "../domain/kinematics/capsules.js";
import type { LinkCapsule, RobotModel } from "../domain/kinematics/robot-model.js";
import type { Zone } from "./keep-out.js";

/** A stretch whose shapes move less than this and still cannot be proved free counts as touching. */
const RESOLUTION_M = 0.00025;
/** Spacing of samples on the way out of a zone, and how much of a set-back is put down to rounding. */
const ESCAPE_STEP_M = 0.002;
const SETBACK_M = 0.0005;
/** Postures between two chances for others to run: about two milliseconds' worth. */
const POSTURES_PER_TURN = 150;

export interface SweepJob {
  readonly model: RobotModel;
  /** Joint positions; between neighbours the joints move in proportion. */
  readonly waypoints: readonly (readonly number[])[];
  readonly zones: readonly Zone[];
  readonly marginM: number;
  /** Shapes carried along, in the tool frame. */
  readonly load?: readonly LinkCapsule[];
}

export type SweepVerdict =
  | { readonly free: true; /** Least clearance met, as far as it was looked at. */ readonly clearanceM: number }
  | { readonly free: false; readonly zone: string; readonly clearanceM: number; readonly link: number };

/**
 * Proves that no shape of arm, hand or load comes nearer than the margin to a zone anywhere on the path, between waypoints
 * too: a posture vouches for as much of the path around it as its clearance exceeds the way that shapes can move there. A shape that
 * is too near at the start may only move away. A generator, so that the caller decides when others run between its turns.
 */
export function* sweep(job: SweepJob): Generator<void, SweepVerdict, void> {
  const state = prepare(job);
  if (state === undefined) return { free: true, clearanceM: Infinity };
  let postures = 0;
  if (state.escaping) {
    const stuck = yield* escape(state);
    if (stuck !== undefined) return stuck;
  }
  const ranges: (readonly [number, number])[] = [[0, job.waypoints.length - 1]];
  for (let range = ranges.pop(); range !== undefined; range = ranges.pop()) {
    const [from, to] = range;
    const middle = (from + to) / 2;
    place(state, middle);
    if (++postures % POSTURES_PER_TURN === 0) yield;
    const judged = judge(state, [from, middle, to]);
    if (judged === "free") continue;
    if (judged !== "unsure") return judged;
    ranges.push([middle, to], [from, middle]);
  }
  return { free: true, clearanceM: state.least };
}

interface SweepState {
  readonly job: SweepJob;
  readonly shapes: readonly LinkCapsule[];
  readonly boxes: readonly PreparedBox[];
  /** Longest lever of each joint (column) on each shape (row). */
  readonly levers: Float64Array;
  /** Joint travel from the start to each waypoint, summed, one row per waypoint. */
  readonly travel: Float64Array;
  readonly q: Float64Array;
  readonly segments: Float64Array;
  readonly clearances: Float64Array;
  readonly starts: Float64Array;
  readonly escaping: boolean;
  least: number;
}

function prepare(job: SweepJob): SweepState | undefined {
  const { model, waypoints, zones } = job;
  // The base link does not move with the arm: where it stands is judged when the base drives.
  const shapes = [...model.capsules.filter((shape) => shape.link >= 0), ...(job.load ?? [])];
  if (zones.length === 0 || shapes.length === 0) return undefined;
  const n = model.joints.length;
  const travel = new Float64Array(waypoints.length * n);
  for (let i = 1; i < waypoints.length; i++) {
    for (let k = 0; k < n; k++) {
      travel[i * n + k] = travel[(i - 1) * n + k] + Math.abs(waypoints[i][k] - waypoints[i - 1][k]);
    }
  }
  const state: SweepState = {
    job,
    shapes,
    boxes: zones.map(prepareBox),
    levers: Float64Array.from(shapes.flatMap((shape) => leversOf(model, shape))),
    travel,
    q: new Float64Array(n),
    segments: new Float64Array(shapes.length * 6),
    clearances: new Float64Array(shapes.length * zones.length),
    starts: new Float64Array(shapes.length * zones.length),
    escaping: false,
    least: Infinity,
  };
  place(state, 0);
  state.starts.set(state.clearances);
  return { ...state, escaping: state.starts.some((clearance) => clearance < job.marginM) };
}

/** For each joint, the furthest that the shape's axis can ever be from it; 0 for joints that do not move the shape. */
function leversOf(model: RobotModel, shape: LinkCapsule): number[] {
  const onHand = shape.link >= model.joints.length;
  let lever = Math.max(norm(shape.from), norm(shape.to)) + (onHand ? norm(model.toolInFlange.position) : 0);
  const levers = new Array<number>(model.joints.length).fill(0);
  for (let k = Math.min(shape.link, model.joints.length - 1); k >= 0; k--) {
    const joint = model.joints[k];
    levers[k] = joint.type === "prismatic" ? 1 : lever;
    lever += norm(joint.originInParent.position);
    if (joint.type === "prismatic") lever += Math.max(Math.abs(joint.lower), Math.abs(joint.upper));
  }
  return levers;
}

/** Puts the arm at a fractional waypoint index and measures every shape against every zone. */
function place(state: SweepState, at: number): void {
  const { job, q, segments, shapes, boxes, clearances } = state;
  const i = Math.min(Math.floor(at), job.waypoints.length - 1);
  const a = job.waypoints[i];
  const b = job.waypoints[Math.min(i + 1, job.waypoints.length - 1)];
  for (let k = 0; k < q.length; k++) q[k] = a[k] + (b[k] - a[k]) * (at - i);
  writeCapsules(job.model, q, shapes, segments);
  for (let s = 0; s < shapes.length; s++) {
    for (let z = 0; z < boxes.length; z++) {
      const clearance = flatSegmentBoxDistance(segments, 6 * s, boxes[z]) - shapes[s].radiusM;
      clearances[s * boxes.length + z] = clearance;
      if (clearance < state.least) state.least = clearance;
    }
  }
}

/** Bound on the way that a shape's axis moves between two fractional waypoint indices. */
function motion(state: SweepState, shape: number, span: readonly [number, number]): number {
  const n = state.q.length;
  let sum = 0;
  for (let k = 0; k < n; k++) {
    const lever = state.levers[shape * n + k];
    if (lever > 0) sum += lever * (travelAt(state, k, span[1]) - travelAt(state, k, span[0]));
  }
  return sum;
}

function travelAt(state: SweepState, joint: number, at: number): number {
  const n = state.q.length;
  const i = Math.min(Math.floor(at), state.job.waypoints.length - 1);
  const here = state.travel[i * n + joint];
  const fraction = at - i;
  return fraction > 0 ? here + (state.travel[(i + 1) * n + joint] - here) * fraction : here;
}

/** What the posture just placed says about the range around it. */
function judge(
  state: SweepState,
  [from, middle, to]: readonly [number, number, number],
): SweepVerdict | "free" | "unsure" {
  const { shapes, boxes, clearances, starts, job } = state;
  let unsure = false;
  for (let s = 0; s < shapes.length; s++) {
    const moved = Math.max(motion(state, s, [from, middle]), motion(state, s, [middle, to]));
    for (let z = 0; z < boxes.length; z++) {
      const pair = s * boxes.length + z;
      if (starts[pair] < job.marginM) continue; // judged on its way out
      const clearance = clearances[pair];
      if (clearance - moved >= job.marginM) continue;
      if (clearance < job.marginM || moved < RESOLUTION_M) return hit(state, s, z);
      unsure = true;
    }
  }
  return unsure ? "unsure" : "free";
}

const hit = (state: SweepState, shape: number, zone: number): SweepVerdict => ({
  free: false,
  zone: state.job.zones[zone].name,
  clearanceM: state.clearances[shape * state.boxes.length + zone],
  link: state.shapes[shape].link,
});

/** Walks the path for the pairs that begin too near: none may come nearer, and each zone must be further away at the end. */
function* escape(state: SweepState): Generator<void, SweepVerdict | undefined, void> {
  const { shapes, boxes, clearances, starts, job } = state;
  const last = job.waypoints.length - 1;
  const best = Float64Array.from(starts);
  let length = 0;
  for (let s = 0; s < shapes.length; s++) length = Math.max(length, motion(state, s, [0, last]));
  const samples = Math.max(1, Math.ceil(length / ESCAPE_STEP_M));
  for (let i = 1; i <= samples; i++) {
    place(state, (last * i) / samples);
    if (i % POSTURES_PER_TURN === 0) yield;
    for (let s = 0; s < shapes.length; s++) {
      for (let z = 0; z < boxes.length; z++) {
        const pair = s * boxes.length + z;
        if (starts[pair] >= job.marginM) continue;
        if (clearances[pair] < Math.min(best[pair], job.marginM) - SETBACK_M) return hit(state, s, z);
        best[pair] = Math.max(best[pair], clearances[pair]);
      }
    }
  }
  for (let z = 0; z < boxes.length; z++) {
    const before = nearest(starts, z, boxes.length);
    const after = nearest(clearances, z, boxes.length);
    if (before.clearance < job.marginM && after.clearance <= before.clearance + SETBACK_M) {
      return hit(state, after.shape, z);
    }
  }
  return undefined;
}

function nearest(clearances: Float64Array, zone: number, zones: number): { shape: number; clearance: number } {
  let found = { shape: 0, clearance: Infinity };
  for (let s = 0; s * zones + zone < clearances.length; s++) {
    const clearance = clearances[s * zones + zone];
    if (clearance < found.clearance) found = { shape: s, clearance };
  }
  return found;
}

/** Runs a sweep to its end in one go. */
export function sweepNow(job: SweepJob): SweepVerdict {
  const run = sweep(job);
  for (let step = run.next(); ; step = run.next()) if (step.done === true) return step.value;
}
