import type { Placement } from "../domain/action.js";
import type { Detection, Extent } from "../domain/detection.js";
import type { Vec3 } from "../domain/geometry/vec3.js";
import { rotate } from "../domain/geometry/quaternion.js";
import type { RobotState } from "../domain/robot-state.js";
import type { HeldThing } from "../domain/scene.js";

/** A thing as it was last seen, to know it again by. */
export interface Thing {
  readonly label: string;
  readonly attributes?: Detection["attributes"];
  readonly sizeM: Vec3;
  readonly detectionId?: string;
}

/** What is in the gripper, and how: what placing it needs to know. */
export interface Grip {
  readonly thing: Thing;
  /** How far the thing's underside is below the tool centre point while the tool points down, metres. */
  readonly bottomBelowToolM: number;
  /** Radius of the thing's footprint around the tool axis, metres. */
  readonly footprintRadiusM: number;
  /** Direction of the finger opening at the grasp, in the base frame's xy plane. */
  readonly yawRad: number;
  /** Fingertip distance just after the grasp. */
  readonly widthM: number;
}

/** For something that was in the gripper before anybody looked: taken to be as long as a bottle, so that it is put down gently. */
export function unknownGrip({ gripper, toolPoseInBase }: RobotState): Grip {
  const widthM = gripper.widthM;
  const opening = rotate(toolPoseInBase.orientation, [0, 1, 0]);
  return {
    thing: { label: "something", sizeM: [widthM, widthM, 0.12] },
    bottomBelowToolM: 0.1,
    footprintRadiusM: 0.06,
    yawRad: Math.atan2(opening[1], opening[0]),
    widthM,
  };
}

export const toHeldThing = (grip: Grip): HeldThing => ({
  label: grip.thing.label,
  attributes: grip.thing.attributes,
  sizeM: grip.thing.sizeM,
});

/** What a moving action should have changed in the world: what verification looks for. Positions in base, metres. */
export type Effect =
  | {
      readonly kind: "held";
      readonly thing: Thing;
      /** Its box where it stood, and the point of it that was seen there. */
      readonly from: Extent;
      readonly seenAt: Vec3;
    }
  | {
      readonly kind: "placed";
      readonly thing: Thing;
      /** Where the thing's underside was let go. */
      readonly at: Vec3;
      readonly placement: Placement;
      /** Footprint and height of the container or surface, for `in` and `on`. */
      readonly destination?: Extent;
    }
  | { readonly kind: "released"; readonly thing?: Thing; readonly at: Vec3 }
  | {
      readonly kind: "opened" | "closed";
      readonly label: string;
      readonly detectionId: string;
      /** Where the handle was before, and the horizontal direction in which the drawer opens. */
      readonly handleAt: Vec3;
      readonly opening: Vec3;
      /** How far the tool went along (open) or against (close) the opening direction. */
      readonly travelledM: number;
      /** The hand felt the drawer come to an end. */
      readonly metEnd: boolean;
    }
  | {
      readonly kind: "pushed";
      readonly thing: Thing;
      readonly from: Vec3;
      readonly direction: Vec3;
      readonly distanceM: number;
    }
  | { readonly kind: "near"; readonly label: string; readonly toolAt: Vec3 };
