import { quaternionFromMatrix, quaternionToMatrix } from "../geometry/quaternion.js";
import type { Pose } from "../geometry/pose.js";
import type { RobotModel } from "./robot-model.js";

/** Numbers per frame: nine of the row-major rotation matrix, then three of the position. */
export const FRAME_STRIDE = 12;

/**
 * A robot model laid out in flat arrays, with room for one set of joint positions at a time. Everything that is called
 * thousands of times per motion works on it without allocating.
 */
export interface Chain {
  readonly jointCount: number;
  readonly revolute: Uint8Array;
  /** Joint origins in the parent link, and the tool in the last link at the end: `FRAME_STRIDE` numbers each. */
  readonly origins: Float64Array;
  /** Joint axes in their own frames, three numbers each. */
  readonly localAxes: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Frames in the base frame as `updateChain` left them: mount, each link, tool. */
  readonly frames: Float64Array;
  /** Joint axes in the base frame as `updateChain` left them. */
  readonly axes: Float64Array;
}

const chains = new WeakMap<RobotModel, Chain>();

/** The compiled form of a model, made once per model object. The arrays are scratch memory: use them before the next call. */
export function chainOf(model: RobotModel): Chain {
  const known = chains.get(model);
  if (known !== undefined) return known;
  const n = model.joints.length;
  const chain: Chain = {
    jointCount: n,
    revolute: Uint8Array.from(model.joints, (joint) => (joint.type === "revolute" ? 1 : 0)),
    origins: new Float64Array((n + 1) * FRAME_STRIDE),
    localAxes: Float64Array.from(model.joints.flatMap((joint) => joint.axis)),
    lower: Float64Array.from(model.joints, (joint) => joint.lower),
    upper: Float64Array.from(model.joints, (joint) => joint.upper),
    frames: new Float64Array((n + 2) * FRAME_STRIDE),
    axes: new Float64Array(n * 3),
  };
  model.joints.forEach((joint, i) => writeFrame(joint.originInParent, chain.origins, i * FRAME_STRIDE));
  writeFrame(model.toolInFlange, chain.origins, n * FRAME_STRIDE);
  writeFrame(model.mountInBase, chain.frames, 0);
  chains.set(model, chain);
  return chain;
}

/** Writes a pose as a frame. Quaternions that come from outside may be off unit length, so they are normalised. */
export function writeFrame(pose: Pose, out: Float64Array, at: number): void {
  const [x, y, z, w] = pose.orientation;
  const length = Math.hypot(x, y, z, w);
  out.set(quaternionToMatrix([x / length, y / length, z / length, w / length]), at);
  out.set(pose.position, at + 9);
}

export function readPose(frames: Float64Array, at: number): Pose {
  const f = frames.subarray(at, at + FRAME_STRIDE);
  return {
    position: [f[9], f[10], f[11]],
    orientation: quaternionFromMatrix([f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7], f[8]]),
  };
}

/** out = a * b for frames in flat arrays. `out` must not overlap `a` or `b`. */
export function multiplyFrames(
  a: Float64Array,
  ai: number,
  b: Float64Array,
  bi: number,
  out: Float64Array,
  oi: number,
): void {
  for (let r = 0; r < 3; r++) {
    const a0 = a[ai + 3 * r];
    const a1 = a[ai + 3 * r + 1];
    const a2 = a[ai + 3 * r + 2];
    out[oi + 3 * r] = a0 * b[bi] + a1 * b[bi + 3] + a2 * b[bi + 6];
    out[oi + 3 * r + 1] = a0 * b[bi + 1] + a1 * b[bi + 4] + a2 * b[bi + 7];
    out[oi + 3 * r + 2] = a0 * b[bi + 2] + a1 * b[bi + 5] + a2 * b[bi + 8];
    out[oi + 9 + r] = a0 * b[bi + 9] + a1 * b[bi + 10] + a2 * b[bi + 11] + a[ai + 9 + r];
  }
}

const joined = new Float64Array(FRAME_STRIDE);

/** Places every link and the tool for joint positions `q`. */
export function updateChain(chain: Chain, q: ArrayLike<number>): void {
  const { frames, axes, localAxes, origins, jointCount } = chain;
  for (let i = 0; i < jointCount; i++) {
    const out = (i + 1) * FRAME_STRIDE;
    multiplyFrames(frames, i * FRAME_STRIDE, origins, i * FRAME_STRIDE, joined, 0);
    const x = localAxes[3 * i];
    const y = localAxes[3 * i + 1];
    const z = localAxes[3 * i + 2];
    const ax = joined[0] * x + joined[1] * y + joined[2] * z;
    const ay = joined[3] * x + joined[4] * y + joined[5] * z;
    const az = joined[6] * x + joined[7] * y + joined[8] * z;
    axes[3 * i] = ax;
    axes[3 * i + 1] = ay;
    axes[3 * i + 2] = az;
    if (chain.revolute[i] === 1) {
      rotateAxes(joined, ax, ay, az, q[i], frames, out);
      frames[out + 9] = joined[9];
      frames[out + 10] = joined[10];
      frames[out + 11] = joined[11];
    } else {
      for (let k = 0; k < 9; k++) frames[out + k] = joined[k];
      frames[out + 9] = joined[9] + ax * q[i];
      frames[out + 10] = joined[10] + ay * q[i];
      frames[out + 11] = joined[11] + az * q[i];
    }
  }
  const last = jointCount * FRAME_STRIDE;
  multiplyFrames(frames, last, origins, last, frames, last + FRAME_STRIDE);
}

/** Rodrigues' formula on the three columns of `m`, about a unit axis given in the outer frame. */
function rotateAxes(
  m: Float64Array,
  x: number,
  y: number,
  z: number,
  angle: number,
  out: Float64Array,
  at: number,
): void {
  const s = Math.sin(angle);
  const c = Math.cos(angle);
  for (let k = 0; k < 3; k++) {
    const vx = m[k];
    const vy = m[3 + k];
    const vz = m[6 + k];
    const along = (x * vx + y * vy + z * vz) * (1 - c);
    out[at + k] = vx * c + (y * vz - z * vy) * s + x * along;
    out[at + 3 + k] = vy * c + (z * vx - x * vz) * s + y * along;
    out[at + 6 + k] = vz * c + (x * vy - y * vx) * s + z * along;
  }
}

/** Writes the geometric Jacobian of the tool centre point, 6 x n row-major: metres, then radians, per unit of joint motion. */
export function writeJacobian(chain: Chain, out: Float64Array): void {
  const { frames, axes, jointCount: n } = chain;
  const tool = (n + 1) * FRAME_STRIDE + 9;
  for (let i = 0; i < n; i++) {
    const ax = axes[3 * i];
    const ay = axes[3 * i + 1];
    const az = axes[3 * i + 2];
    if (chain.revolute[i] === 1) {
      const at = (i + 1) * FRAME_STRIDE + 9;
      const rx = frames[tool] - frames[at];
      const ry = frames[tool + 1] - frames[at + 1];
      const rz = frames[tool + 2] - frames[at + 2];
      out[i] = ay * rz - az * ry;
      out[n + i] = az * rx - ax * rz;
      out[2 * n + i] = ax * ry - ay * rx;
      out[3 * n + i] = ax;
      out[4 * n + i] = ay;
      out[5 * n + i] = az;
    } else {
      out[i] = ax;
      out[n + i] = ay;
      out[2 * n + i] = az;
      out[3 * n + i] = 0;
      out[4 * n + i] = 0;
      out[5 * n + i] = 0;
    }
  }
}
