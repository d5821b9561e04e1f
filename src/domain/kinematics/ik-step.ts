import { FRAME_STRIDE, updateChain, writeJacobian, type Chain } from "./chain.js";

/** Metres that a radian of orientation error counts for, so that one damping fits both halves of the error. */
const METRES_PER_RADIAN = 0.25;
const MAX_JOINT_STEP = 0.6;
const MAX_NULL_STEP = 0.04;
const LEAST_DAMPING = 1e-9;

/** Scratch memory of one solver: nothing is allocated while it iterates. */
export interface IkWork {
  readonly q: Float64Array;
  /** Posture that spare freedom is used to come near to. */
  readonly preferred: Float64Array;
  /** Goal as a frame: rotation matrix row-major, position. */
  readonly target: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly jacobian: Float64Array;
  readonly error: Float64Array;
  readonly rest: Float64Array;
  readonly normal: Float64Array;
  readonly step: Float64Array;
  readonly pull: Float64Array;
  readonly locked: Uint8Array;
}

export function createIkWork(chain: Chain): IkWork {
  const n = chain.jointCount;
  return {
    q: new Float64Array(n),
    preferred: new Float64Array(n),
    target: new Float64Array(FRAME_STRIDE),
    lower: Float64Array.from(chain.lower),
    upper: Float64Array.from(chain.upper),
    jacobian: new Float64Array(6 * n),
    error: new Float64Array(6),
    rest: new Float64Array(6),
    normal: new Float64Array(36),
    step: new Float64Array(n),
    pull: new Float64Array(n),
    locked: new Uint8Array(n),
  };
}

export interface IkDescent {
  readonly toleranceM: number;
  readonly toleranceRad: number;
  readonly iterations: number;
  /** Iterations in which spare freedom is pulled towards the preferred posture; then plain Newton finishes quickly. */
  readonly pulled: number;
  /** Share of the way to the preferred posture per pulled iteration. */
  readonly pullGain: number;
}

/** Damped least squares from `work.q`, which it overwrites. True when the target is met within the limits. */
export function descend(chain: Chain, work: IkWork, options: IkDescent): boolean {
  let best = Infinity;
  let stale = 0;
  for (let i = 0; ; i++) {
    updateChain(chain, work.q);
    const squared = poseError(chain, work);
    const met =
      Math.hypot(work.error[0], work.error[1], work.error[2]) <= options.toleranceM &&
      Math.hypot(work.error[3], work.error[4], work.error[5]) <= options.toleranceRad * METRES_PER_RADIAN;
    if (met && i >= options.pulled) return true;
    if (i >= options.iterations) return met;
    // A start that has stopped gaining is stuck at a limit or in a local minimum; another start is the better use of time.
    if (squared < best * 0.9) {
      best = squared;
      stale = 0;
    } else if (++stale > 8 + options.pulled) return false;
    writeJacobian(chain, work.jacobian);
    const n = chain.jointCount;
    for (let k = 3 * n; k < 6 * n; k++) work.jacobian[k] *= METRES_PER_RADIAN;
    const gain = i < options.pulled ? options.pullGain : 0;
    for (let k = 0; k < n; k++) {
      const pull = gain * (work.preferred[k] - work.q[k]);
      work.pull[k] = pull > MAX_NULL_STEP ? MAX_NULL_STEP : pull < -MAX_NULL_STEP ? -MAX_NULL_STEP : pull;
    }
    boundedStep(n, work, 0.5 * squared + LEAST_DAMPING);
  }
}

/** Writes position and (scaled) rotation error of the tool into `work.error`; returns its squared length. */
function poseError(chain: Chain, work: IkWork): number {
  const { frames } = chain;
  const { target: t, error: e } = work;
  const at = (chain.jointCount + 1) * FRAME_STRIDE;
  for (let k = 0; k < 3; k++) e[k] = t[9 + k] - frames[at + 9 + k];
  // Relative rotation target * current^T, of which only these six numbers and the diagonal are needed.
  const r = (i: number, j: number): number =>
    t[3 * i] * frames[at + 3 * j] + t[3 * i + 1] * frames[at + 3 * j + 1] + t[3 * i + 2] * frames[at + 3 * j + 2];
  const x = 0.5 * (r(2, 1) - r(1, 2));
  const y = 0.5 * (r(0, 2) - r(2, 0));
  const z = 0.5 * (r(1, 0) - r(0, 1));
  const xx = r(0, 0);
  const yy = r(1, 1);
  const zz = r(2, 2);
  const sine = Math.sqrt(x * x + y * y + z * z);
  const angle = Math.atan2(sine, 0.5 * (xx + yy + zz - 1));
  if (sine > 1e-7) {
    const scale = (METRES_PER_RADIAN * angle) / sine;
    e[3] = x * scale;
    e[4] = y * scale;
    e[5] = z * scale;
  } else if (angle < 1) {
    e[3] = x * METRES_PER_RADIAN;
    e[4] = y * METRES_PER_RADIAN;
    e[5] = z * METRES_PER_RADIAN;
  } else {
    // Half a turn: the sine says nothing about the axis; the largest diagonal entry does.
    const axis = xx >= yy && xx >= zz ? 0 : yy >= zz ? 1 : 2;
    for (let k = 0; k < 3; k++) e[3 + k] = (k === axis ? angle : 0) * METRES_PER_RADIAN;
  }
  return e[0] * e[0] + e[1] * e[1] + e[2] * e[2] + e[3] * e[3] + e[4] * e[4] + e[5] * e[5];
}

/** One step inside the limits: joints that would leave them are put on the limit, and the others take over. */
function boundedStep(n: number, work: IkWork, damping: number): void {
  const { q, step, pull, locked, jacobian: j, error, rest } = work;
  locked.fill(0);
  for (let round = 0; round <= n; round++) {
    for (let row = 0; row < 6; row++) {
      let sum = error[row];
      for (let k = 0; k < n; k++) sum -= j[row * n + k] * (locked[k] === 1 ? step[k] : pull[k]);
      rest[row] = sum;
    }
    for (let row = 0; row < 6; row++) {
      for (let column = 0; column <= row; column++) {
        let sum = row === column ? damping : 0;
        for (let k = 0; k < n; k++) if (locked[k] === 0) sum += j[row * n + k] * j[column * n + k];
        work.normal[row * 6 + column] = sum;
      }
    }
    solveCholesky(work.normal, rest);
    let largest = 0;
    for (let k = 0; k < n; k++) {
      if (locked[k] === 1) continue;
      let sum = pull[k];
      for (let row = 0; row < 6; row++) sum += j[row * n + k] * rest[row];
      step[k] = sum;
      const size = sum < 0 ? -sum : sum;
      if (size > largest) largest = size;
    }
    const scale = largest > MAX_JOINT_STEP ? MAX_JOINT_STEP / largest : 1;
    let violated = false;
    for (let k = 0; k < n; k++) {
      if (locked[k] === 1) continue;
      step[k] *= scale;
      const next = q[k] + step[k];
      if (next > work.upper[k]) {
        step[k] = work.upper[k] - q[k];
        locked[k] = 1;
        violated = true;
      } else if (next < work.lower[k]) {
        step[k] = work.lower[k] - q[k];
        locked[k] = 1;
        violated = true;
      }
    }
    if (!violated) break;
  }
  for (let k = 0; k < n; k++) q[k] = Math.min(work.upper[k], Math.max(work.lower[k], q[k] + step[k]));
}

/** Solves the symmetric positive definite 6 x 6 system in place: lower triangle in `a`, right side and answer in `b`. */
function solveCholesky(a: Float64Array, b: Float64Array): void {
  for (let i = 0; i < 6; i++) {
    for (let k = 0; k <= i; k++) {
      let sum = a[i * 6 + k];
      for (let m = 0; m < k; m++) sum -= a[i * 6 + m] * a[k * 6 + m];
      a[i * 6 + k] = i === k ? Math.sqrt(sum > 1e-18 ? sum : 1e-18) : sum / a[k * 6 + k];
    }
  }
  for (let i = 0; i < 6; i++) {
    let sum = b[i];
    for (let k = 0; k < i; k++) sum -= a[i * 6 + k] * b[k];
    b[i] = sum / a[i * 6 + i];
  }
  for (let i = 5; i >= 0; i--) {
    let sum = b[i];
    for (let k = i + 1; k < 6; k++) sum -= a[k * 6 + i] * b[k];
    b[i] = sum / a[i * 6 + i];
  }
}
