import type { Pose } from "../../src/domain/geometry/pose.js";
import type { Vec3 } from "../../src/domain/geometry/vec3.js";
import type { Color, Kind } from "../../src/domain/vocabulary.js";

/** A scene as data: everything that physics, pictures, tasks and labels are made from. Follows from layout and seed alone. */
export interface SceneSpec {
  readonly layout: "kitchen" | "tabletop";
  readonly seed: number;
  readonly statics: readonly StaticSpec[];
  readonly drawers: readonly DrawerSpec[];
  readonly regions: readonly RegionSpec[];
  readonly objects: readonly ObjectSpec[];
  readonly light: LightSpec;
  readonly headCamera: CameraSpec;
}

export type TextureKind =
  "plain" | "wood" | "marble" | "tiles" | "checker" | "stripes" | "speckle" | "brushed" | "label";

export interface MaterialSpec {
  /** sRGB, 0 to 1. */
  readonly rgb: Vec3;
  readonly texture: TextureKind;
  /** Repeats per metre. */
  readonly textureScale: number;
  /** 0 = no contrast, 1 = full. */
  readonly contrast: number;
  readonly seed: number;
  /** 0 = matt, 1 = mirror-like highlight. */
  readonly gloss: number;
}

/** A box that never moves: counter slabs, walls, the floor, shelf boards, the sink's basin, the cabinet around drawers. */
export interface StaticSpec {
  readonly name: string;
  /** Named place that its pixels belong to when labelled (sink, shelf, zone), by region id; absent = background. */
  readonly region?: string;
  readonly center: Vec3;
  readonly sizeM: Vec3;
  readonly yawRad: number;
  readonly material: MaterialSpec;
  /** False for things to look at only (wall, zone markings). */
  readonly collides: boolean;
}

/** A box-shaped drawer that slides along -x of its own frame (towards the robot), with a horizontal bar handle. */
export interface DrawerSpec {
  readonly id: string;
  /** Centre of the closed drawer's tray in the base frame; yaw turns its sliding direction. */
  readonly center: Vec3;
  readonly yawRad: number;
  /** Outer size: depth along x, width along y, height of the front. */
  readonly sizeM: Vec3;
  readonly wallM: number;
  readonly travelM: number;
  readonly openM: number;
  readonly handle: {
    readonly lengthM: number;
    readonly radiusM: number;
    readonly standoffM: number;
    readonly heightM: number;
  };
  readonly material: MaterialSpec;
  readonly handleMaterial: MaterialSpec;
}

/** A named place: sink, shelf, coloured zone. The volume is where a thing's centre must be to count as placed there. */
export interface RegionSpec {
  readonly id: string;
  readonly kind: Extract<Kind, "sink" | "shelf" | "zone">;
  readonly color?: Color;
  readonly center: Vec3;
  readonly sizeM: Vec3;
  readonly yawRad: number;
}

export interface ObjectSpec {
  readonly id: string;
  readonly kind: Kind;
  readonly color: Color;
  readonly size: "small" | "large";
  /** Full lengths of the bounding box in the object's own frame, origin at its centre, z up when it stands. */
  readonly sizeM: Vec3;
  readonly massKg: number;
  /** Pose at the start, in the base frame (the world frame while the base stands at its origin). */
  readonly pose: Pose;
  readonly material: MaterialSpec;
  /** Chooses between variants of one kind: where the label sits, how a bag is crumpled ... */
  readonly variantSeed: number;
  /** `counter`, `sink`, `shelf`, or a drawer's id: where it starts. */
  readonly startsIn: string;
}

export interface LightSpec {
  /** Unit vector towards the light, base frame. */
  readonly direction: Vec3;
  readonly ambient: number;
  readonly diffuse: number;
  /** Tint, multiplies colours. */
  readonly tint: Vec3;
  readonly shadowStrength: number;
}

export interface CameraSpec {
  /** Optical frame (x right, y down, z forward) in the base frame at pan = tilt = 0. */
  readonly poseInBase: Pose;
  readonly width: number;
  readonly height: number;
  readonly horizontalFovRad: number;
  /** Standard deviation of the picture's noise, 0..255 scale. */
  readonly noise: number;
}
