import type { Kind } from "../domain/vocabulary.js";

/**
 * Heights above the floor under the arm, metres, as whoever sets up the robot measures them once: of the work surface, of a
 * shelf's board, of the floors inside of a sink and of drawers, and of the middle of drawer handles. A camera without a depth
 * sensor needs them to tell how far away things are. What is not given is estimated from the picture, more roughly.
 */
export interface RoomHeights {
  readonly worktop?: number;
  readonly shelf?: number;
  readonly sink?: number;
  readonly drawer?: number;
  readonly handle?: number;
}

/** Places that things stand in or on, at a height of their own. */
export const LEVEL_PLACES = ["shelf", "sink", "drawer"] as const satisfies readonly Kind[];
export type LevelPlace = (typeof LEVEL_PLACES)[number];
