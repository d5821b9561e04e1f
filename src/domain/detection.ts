import type { Vec3 } from "./geometry/vec3.js";

/** x right and y down, 0 to 1 over the frame as the camera delivered it; z metres along the optical axis. */
export interface ImagePoint {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** Corners in 0..1 over the frame: (x0, y0) top left, (x1, y1) bottom right. */
export interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** Binary mask over `box` only: height x width, 1 = the thing. */
export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Words with probabilities, best first: `[["mug", 0.91], ["can", 0.06]]`. */
export type WordScores = readonly (readonly [word: string, probability: number])[];

/** What was recognised about a thing, in the canonical English words of the lexicon. */
export interface Attributes {
  readonly kind: WordScores;
  readonly color: WordScores;
  /** open, ajar or closed, for drawers. */
  readonly state?: WordScores;
}

/** One thing found in a picture, before geometry: what a `Grounder` returns. */
export interface Grounding {
  /** Best reading in words, for example "green bag". */
  readonly label: string;
  /** The phrase that was asked for, where the grounder works by phrase. */
  readonly phrase?: string;
  readonly box: Box;
  /** Calibrated probability, 0 to 1, that something is there. */
  readonly score: number;
  readonly mask?: Mask;
  readonly attributes?: Attributes;
}

/** Upright oriented box in the base frame. */
export interface Extent {
  readonly center: Vec3;
  /** Full lengths in metres along the box's own x, y and the base frame's z. */
  readonly sizeM: Vec3;
  /** Direction of the box's x axis in the base frame's xy plane. */
  readonly yawRad: number;
}

/** A thing with a place in metres. */
export interface Detection extends Grounding {
  /** Stable while the thing is tracked: `d1`, `d2` ... */
  readonly id: string;
  /** A point on the thing that can be seen, with its depth. */
  readonly point: ImagePoint;
  /** The same point in the base frame. */
  readonly positionInBase: Vec3;
  /** Measured from the mask's depth, completed downwards to the supporting surface. */
  readonly extentInBase: Extent;
  /** Frame sequence in which the thing was last seen. */
  readonly seenInFrame: number;
  /** Seconds since it was last seen; 0 = in this scene's frame. */
  readonly ageS: number;
  /** True for the thing between the robot's fingers. */
  readonly held?: true;
}
