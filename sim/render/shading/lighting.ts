import { normalize, type Vec3 } from "../../../src/domain/geometry/vec3.js";
import type { LightSpec } from "../../scenes/scene-spec.js";

/** Light as the shader uses it; see LightSpec. */
export interface Lighting {
  /** Unit vector towards the light, world frame. */
  readonly toward: Vec3;
  readonly ambient: number;
  readonly diffuse: number;
  readonly tint: Vec3;
  readonly shadowStrength: number;
}

/** What is seen where nothing stands: the far side of the room, linear light. */
export const ROOM_HIGH: Vec3 = [0.62, 0.63, 0.64];
export const ROOM_LOW: Vec3 = [0.2, 0.19, 0.18];

/** Share of the all-around light on surfaces that look up, sideways and down, and the little that comes from the robot's side. */
export const AMBIENT_MEAN = 0.92;
export const AMBIENT_BY_HEIGHT = 0.1;
export const AMBIENT_FROM_FRONT = 0.14;
export const AMBIENT_FROM_LEFT = 0.04;
/** Depth below the surroundings' mean height at which crowding has its full effect, metres, and that effect. */
export const CROWDING_REACH_M = 0.075;
export const CROWDING_STRENGTH = 0.5;

/** Brightness of a white surface that looks up, unshadowed; rooms brighter or darker than this are pulled most of the way to it. */
const USUAL_BRIGHTNESS = 0.9;
/** 0 = a camera with fixed exposure, 1 = one that evens out everything. */
const AUTO_EXPOSURE = 0.65;

/** The scene's light as the camera records it, its automatic exposure included. */
export function exposedLight(light: LightSpec): Lighting {
  const toward = normalize(light.direction);
  const bright = light.ambient * (AMBIENT_MEAN + AMBIENT_BY_HEIGHT) + light.diffuse * Math.max(0, toward[2]);
  const exposure = Math.pow(USUAL_BRIGHTNESS / Math.max(0.05, bright), AUTO_EXPOSURE);
  const { tint, shadowStrength } = light;
  return { toward, ambient: light.ambient * exposure, diffuse: light.diffuse * exposure, tint, shadowStrength };
}
