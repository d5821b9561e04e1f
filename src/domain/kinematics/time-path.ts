import { angleBetween } from "../geometry/quaternion.js";
import { distance } from "../geometry/vec3.js";
import { toolPose } from "./forward-kinematics.js";
import type { RobotModel } from "./robot-model.js";

/** Metres that a radian counts for when tool travel, tool rotation and joint travel are compared. */
const METRES_PER_RADIAN = 0.25;

export interface TimingOptions {
  /** Highest speed of the tool centre point. Rotation is held to the same speed at a quarter of a metre. Default: no bound. */
  readonly speedMps?: number;
  /** Highest speed of any joint, on top of the model's own limits. Default: the model's limits alone. */
  readonly speedRadps?: number;
  /** Acceleration and deceleration along the path. Default 0.8 m/s^2. */
  readonly accelerationMps2?: number;
}

/** Waypoints with times. */
export interface TimedPath {
  readonly durationS: number;
  /** Seconds at which each waypoint is passed; the first is 0. */
  readonly timesS: readonly number[];
  /** Joint positions at a time; the ends hold before 0 and after `durationS`. */
  positionsAt(timeS: number): number[];
}

/**
 * Times a path of joint waypoints: at rest at both ends, trapezoidal in between, never above the tool speed, the joint speeds or
 * the acceleration along the path; it slows down ahead of stretches on which a joint has to hurry.
 */
export function timePath(
  model: RobotModel,
  waypoints: readonly (readonly number[])[],
  options: TimingOptions = {},
): TimedPath {
  const acceleration = options.accelerationMps2 ?? 0.8;
  const segments = waypoints.length - 1;
  const lengths = new Float64Array(Math.max(0, segments));
  const allowed = new Float64Array(Math.max(0, segments));
  let from = toolPose(model, waypoints[0]);
  for (let i = 0; i < segments; i++) {
    const to = toolPose(model, waypoints[i + 1]);
    const travel = distance(from.position, to.position);
    const turn = angleBetween(from.orientation, to.orientation) * METRES_PER_RADIAN;
    let leastS = options.speedMps === undefined ? 0 : Math.max(travel, turn) / options.speedMps;
    let joints = 0;
    for (const [k, joint] of model.joints.entries()) {
      const change = Math.abs(waypoints[i + 1][k] - waypoints[i][k]);
      const fastest = Math.min(joint.maxSpeed, options.speedRadps ?? joint.maxSpeed);
      leastS = Math.max(leastS, change / fastest);
      joints = Math.max(joints, joint.type === "revolute" ? change * METRES_PER_RADIAN : change);
    }
    // One measure for the whole path keeps the acceleration even: the tool's way where its speed is given, else the joints'.
    // An arc cosine is only good to 1e-8, so whether there is any way to go is asked of the joints.
    lengths[i] = joints < 1e-9 ? 0 : options.speedMps === undefined ? joints : Math.max(travel, turn, joints / 20);
    allowed[i] = leastS > 0 ? lengths[i] / leastS : 0;
    from = to;
  }
  const speeds = nodeSpeeds(lengths, allowed, acceleration);
  const timesS = [0];
  const spans: Span[] = [];
  for (let i = 0; i < segments; i++) {
    const span = trapezoid(lengths[i], { v0: speeds[i], v1: speeds[i + 1], fastest: allowed[i], acceleration });
    spans.push(span);
    timesS.push(timesS[i] + span.durationS);
  }
  return {
    durationS: timesS[segments] ?? 0,
    timesS,
    positionsAt(timeS) {
      if (segments < 1 || timeS <= 0) return Array.from(waypoints[0]);
      if (timeS >= timesS[segments]) return Array.from(waypoints[segments]);
      const i = segmentAt(timesS, timeS);
      const fraction = travelled(spans[i], timeS - timesS[i], acceleration) / lengths[i];
      const [a, b] = [waypoints[i], waypoints[i + 1]];
      return a.map((v, k) => v + (b[k] - v) * Math.min(1, Math.max(0, fraction)));
    },
  };
}

/** Fastest passing speeds that respect each segment's bound and the acceleration: one pass forwards, one back. */
function nodeSpeeds(lengths: Float64Array, allowed: Float64Array, acceleration: number): Float64Array {
  const n = lengths.length;
  const speeds = new Float64Array(n + 1);
  for (let i = 1; i < n; i++) {
    const bound = Math.min(lengths[i - 1] > 0 ? allowed[i - 1] : Infinity, lengths[i] > 0 ? allowed[i] : Infinity);
    speeds[i] = Math.min(bound, Math.sqrt(speeds[i - 1] ** 2 + 2 * acceleration * lengths[i - 1]));
  }
  for (let i = n - 1; i > 0; i--) {
    speeds[i] = Math.min(speeds[i], Math.sqrt(speeds[i + 1] ** 2 + 2 * acceleration * lengths[i]));
  }
  return speeds;
}

/** Motion along one segment: speed up, cruise, slow down. */
interface Span {
  readonly v0: number;
  readonly peak: number;
  readonly speedUpS: number;
  readonly cruiseS: number;
  readonly durationS: number;
}

function trapezoid(
  length: number,
  bounds: { readonly v0: number; readonly v1: number; readonly fastest: number; readonly acceleration: number },
): Span {
  const { v0, v1, acceleration } = bounds;
  if (length <= 0) return { v0, peak: v0, speedUpS: 0, cruiseS: 0, durationS: 0 };
  const peak = Math.max(v0, v1, Math.min(bounds.fastest, Math.sqrt((v0 ** 2 + v1 ** 2) / 2 + acceleration * length)));
  const speedUpS = (peak - v0) / acceleration;
  const slowDownS = (peak - v1) / acceleration;
  const ramps = ((v0 + peak) / 2) * speedUpS + ((v1 + peak) / 2) * slowDownS;
  const cruiseS = Math.max(0, length - ramps) / peak;
  return { v0, peak, speedUpS, cruiseS, durationS: speedUpS + cruiseS + slowDownS };
}

function travelled(span: Span, timeS: number, acceleration: number): number {
  const t1 = Math.min(timeS, span.speedUpS);
  const t2 = Math.min(Math.max(0, timeS - span.speedUpS), span.cruiseS);
  const t3 = Math.max(0, timeS - span.speedUpS - span.cruiseS);
  return span.v0 * t1 + (acceleration * t1 * t1) / 2 + span.peak * t2 + span.peak * t3 - (acceleration * t3 * t3) / 2;
}

/** Index of the segment in which a time falls, by bisection. */
function segmentAt(timesS: readonly number[], timeS: number): number {
  let low = 0;
  let high = timesS.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (timesS[middle] <= timeS) low = middle;
    else high = middle;
  }
  return low;
}
