import type { Pose } from "../../src/domain/geometry/pose.js";
import { quaternionFromAxes } from "../../src/domain/geometry/quaternion.js";
import { cross, normalize, type Vec3 } from "../../src/domain/geometry/vec3.js";
import type { Random } from "../../src/domain/random.js";
import type { CameraSpec, LightSpec } from "./scene-spec.js";

export function drawLight(random: Random): LightSpec {
  const azimuth = random.between(-Math.PI, Math.PI);
  const elevation = random.between(0.75, 1.4);
  const warmth = random.between(-1, 1);
  const strength = random.between(0.92, 1.05);
  return {
    direction: [Math.cos(elevation) * Math.cos(azimuth), Math.cos(elevation) * Math.sin(azimuth), Math.sin(elevation)],
    ambient: random.between(0.38, 0.58),
    diffuse: random.between(0.48, 0.72),
    tint: [strength * (1 + 0.06 * warmth), strength, strength * (1 - 0.08 * warmth)],
    shadowStrength: random.between(0.4, 0.85),
  };
}

/** Optical frame that looks along the given yaw (left positive), pitch (down positive) and roll. */
function lookingPose(position: Vec3, angles: { yawRad: number; pitchRad: number; rollRad: number }): Pose {
  const { yawRad, pitchRad, rollRad } = angles;
  const forward: Vec3 = [
    Math.cos(pitchRad) * Math.cos(yawRad),
    Math.cos(pitchRad) * Math.sin(yawRad),
    -Math.sin(pitchRad),
  ];
  const level = normalize(cross(forward, [0, 0, 1]));
  const down = cross(forward, level);
  const [c, s] = [Math.cos(rollRad), Math.sin(rollRad)];
  const right: Vec3 = [c * level[0] + s * down[0], c * level[1] + s * down[1], c * level[2] + s * down[2]];
  return { position, orientation: quaternionFromAxes(right, cross(forward, right), forward) };
}

export function drawHeadCamera(random: Random): CameraSpec {
  const jitter = (amount: number): number => random.between(-amount, amount);
  const position: Vec3 = [-0.1 + jitter(0.03), jitter(0.03), 1.58 + jitter(0.03)];
  const angles = { yawRad: jitter(0.035), pitchRad: 0.82 + jitter(0.045), rollRad: jitter(0.025) };
  return {
    poseInBase: lookingPose(position, angles),
    width: 640,
    height: 480,
    horizontalFovRad: 1.36 + jitter(0.07),
    noise: random.between(1, 4),
  };
}
