import type { Vec3 } from "../../../src/domain/geometry/vec3.js";

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
export const AMBIENT_MEAN = 0.8;
export const AMBIENT_BY_HEIGHT = 0.2;
export const AMBIENT_FROM_FRONT = 0.07;
export const AMBIENT_FROM_LEFT = 0.04;
/** Depth below the surroundings' mean height at which crowding has its full effect, metres, and that effect. */
export const CROWDING_REACH_M = 0.075;
export const CROWDING_STRENGTH = 0.5;
