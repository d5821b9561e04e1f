/**
 * Canonical words of the built-in world: what the on-board models answer with and what the lexicon's synonyms, in English
 * and Chinese, lead to. Order is part of the weights' contract: only ever append.
 */
export const KINDS = [
  "bag",
  "mug",
  "can",
  "bottle",
  "apple",
  "banana",
  "lemon",
  "sponge",
  "box",
  "block",
  "bowl",
  "drawer",
  "sink",
  "shelf",
  "zone",
  "handle",
] as const;
export type Kind = (typeof KINDS)[number];

export const COLORS = [
  "red",
  "orange",
  "yellow",
  "green",
  "cyan",
  "blue",
  "purple",
  "pink",
  "brown",
  "white",
  "gray",
  "black",
] as const;
export type Color = (typeof COLORS)[number];

export const DRAWER_STATES = ["open", "ajar", "closed"] as const;
export type DrawerState = (typeof DRAWER_STATES)[number];

/** A drawer counts as closed below, and as open above, these openings; between them it is ajar. */
export const CLOSED_BELOW_M = 0.02;
export const OPEN_ABOVE_M = 0.12;

/** Things that can be picked up, as against places. */
export const MOVABLE_KINDS: readonly Kind[] = KINDS.slice(0, KINDS.indexOf("drawer"));
