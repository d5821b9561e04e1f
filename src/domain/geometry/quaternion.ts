import { cross, normalize, type Vec3 } from "./vec3.js";

/** Unit quaternion, xyzw (REP 103, ROS geometry_msgs order). */
export type Quaternion = readonly [number, number, number, number];

/** Row-major 3x3 rotation matrix. Its columns are the axes of the rotated frame. */
export type Matrix3 = readonly [number, number, number, number, number, number, number, number, number];

export const IDENTITY_QUATERNION: Quaternion = [0, 0, 0, 1];

/** Hamilton product: the rotation `b` followed by the rotation `a`. */
export function multiplyQuaternions(a: Quaternion, b: Quaternion): Quaternion {
  const [ax, ay, az, aw] = a;
  const [bx, by, bz, bw] = b;
  return [
    aw * bx + ax * bw + ay * bz - az * by,
    aw * by - ax * bz + ay * bw + az * bx,
    aw * bz + ax * by - ay * bx + az * bw,
    aw * bw - ax * bx - ay * by - az * bz,
  ];
}

export const conjugate = (q: Quaternion): Quaternion => [-q[0], -q[1], -q[2], q[3]];

export function rotate(q: Quaternion, v: Vec3): Vec3 {
  const axis: Vec3 = [q[0], q[1], q[2]];
  const t = cross(axis, v);
  const u: Vec3 = [2 * t[0], 2 * t[1], 2 * t[2]];
  const w = cross(axis, u);
  return [v[0] + q[3] * u[0] + w[0], v[1] + q[3] * u[1] + w[1], v[2] + q[3] * u[2] + w[2]];
}

export function quaternionFromAxisAngle(axis: Vec3, angleRad: number): Quaternion {
  const [x, y, z] = normalize(axis);
  const s = Math.sin(angleRad / 2);
  return [x * s, y * s, z * s, Math.cos(angleRad / 2)];
}

export function quaternionToMatrix(q: Quaternion): Matrix3 {
  const [x, y, z, w] = q;
  return [
    1 - 2 * (y * y + z * z),
    2 * (x * y - z * w),
    2 * (x * z + y * w),
    2 * (x * y + z * w),
    1 - 2 * (x * x + z * z),
    2 * (y * z - x * w),
    2 * (x * z - y * w),
    2 * (y * z + x * w),
    1 - 2 * (x * x + y * y),
  ];
}

/** Shepperd's method: divides by the largest component, so it is stable for every rotation. */
export function quaternionFromMatrix(m: Matrix3): Quaternion {
  const trace = m[0] + m[4] + m[8];
  if (trace > 0) {
    const s = Math.sqrt(trace + 1) * 2;
    return [(m[7] - m[5]) / s, (m[2] - m[6]) / s, (m[3] - m[1]) / s, s / 4];
  }
  if (m[0] > m[4] && m[0] > m[8]) {
    const s = Math.sqrt(1 + m[0] - m[4] - m[8]) * 2;
    return [s / 4, (m[1] + m[3]) / s, (m[2] + m[6]) / s, (m[7] - m[5]) / s];
  }
  if (m[4] > m[8]) {
    const s = Math.sqrt(1 + m[4] - m[0] - m[8]) * 2;
    return [(m[1] + m[3]) / s, s / 4, (m[5] + m[7]) / s, (m[2] - m[6]) / s];
  }
  const s = Math.sqrt(1 + m[8] - m[0] - m[4]) * 2;
  return [(m[2] + m[6]) / s, (m[5] + m[7]) / s, s / 4, (m[3] - m[1]) / s];
}

/** Rotation whose axes are the given orthonormal vectors. */
export function quaternionFromAxes(x: Vec3, y: Vec3, z: Vec3): Quaternion {
  return quaternionFromMatrix([x[0], y[0], z[0], x[1], y[1], z[1], x[2], y[2], z[2]]);
}

/** Angle in radians (0 to pi) of the rotation that takes `a` to `b`. */
export function angleBetween(a: Quaternion, b: Quaternion): number {
  const cosine = Math.abs(a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3]);
  return 2 * Math.acos(Math.min(1, cosine));
}

/** Spherical interpolation along the shorter arc. */
export function slerp(a: Quaternion, b: Quaternion, fraction: number): Quaternion {
  let cosine = a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3];
  const sign = cosine < 0 ? -1 : 1;
  cosine = Math.min(1, cosine * sign);
  const angle = Math.acos(cosine);
  const near = angle < 1e-6;
  const wa = near ? 1 - fraction : Math.sin((1 - fraction) * angle) / Math.sin(angle);
  const wb = (near ? fraction : Math.sin(fraction * angle) / Math.sin(angle)) * sign;
  const q: Quaternion = [wa * a[0] + wb * b[0], wa * a[1] + wb * b[1], wa * a[2] + wb * b[2], wa * a[3] + wb * b[3]];
  const length = Math.hypot(...q);
  return [q[0] / length, q[1] / length, q[2] / length, q[3] / length];
}
