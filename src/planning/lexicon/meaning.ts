import type { Color, DrawerState, Kind } from "../../domain/vocabulary.js";

/** How one thing lies to another, as seen from the robot. `from` = wherever "out of" and "from" point: in or on. */
export type SpatialRelation =
  "in" | "on" | "from" | "left-of" | "right-of" | "front-of" | "behind" | "under" | "near" | "between";

export type Side = "left" | "right" | "front" | "back" | "top" | "bottom" | "middle";

export type Extreme =
  | "leftmost"
  | "rightmost"
  | "nearest"
  | "farthest"
  | "biggest"
  | "smallest"
  | "tallest"
  | "shortest"
  | "highest"
  | "lowest";

export type Size = "small" | "large";

export type Verb =
  | "take"
  | "put"
  | "open"
  | "close"
  | "push"
  | "pull"
  | "give"
  | "clear"
  | "empty"
  | "sort"
  | "release"
  | "look"
  | "wait";

/** Small words that only steer the parser. */
export type Particle =
  | "and"
  | "then"
  | "comma"
  | "out"
  | "up"
  | "down"
  | "back"
  | "shut"
  | "me"
  | "of"
  | "that-is"
  | "by-color"
  | "centimetre"
  | "metre"
  | "second"
  | "except"
  | "except-end"
  | "towards"
  | "de"
  | "ba"
  | "from-zh"
  | "away-from"
  | "count-from"
  | "measure"
  | "if"
  | "if-end"
  | "else"
  | "there-is"
  | "is-zh"
  | "not"
  | "at-zh";

/** What a word or fixed phrase can mean. A surface form has exactly one; the parsers settle double roles by position. */
export type Meaning =
  /** `kinds` empty: any movable thing. `surface`: the counter or table top itself, which has no detection. */
  | { readonly type: "noun"; readonly kinds: readonly Kind[]; readonly plural: boolean; readonly surface?: string }
  | { readonly type: "color"; readonly color: Color }
  | { readonly type: "size"; readonly size: Size }
  | { readonly type: "state"; readonly state: DrawerState }
  | { readonly type: "side"; readonly side: Side }
  | { readonly type: "extreme"; readonly extreme: Extreme }
  | { readonly type: "ordinal"; readonly index: number }
  | { readonly type: "number"; readonly value: number }
  | { readonly type: "all"; readonly alone: boolean; readonly count?: number }
  | { readonly type: "article"; readonly definite: boolean }
  | { readonly type: "pronoun"; readonly plural: boolean }
  | { readonly type: "one"; readonly plural: boolean }
  | { readonly type: "verb"; readonly verb: Verb; readonly out?: boolean; readonly relation?: SpatialRelation }
  | { readonly type: "preposition"; readonly relation: SpatialRelation; readonly goal: boolean }
  | { readonly type: "to" }
  | { readonly type: "nearest-to"; readonly extreme: "nearest" | "farthest" }
  | { readonly type: "localizer"; readonly relation: SpatialRelation; readonly side?: Side }
  | { readonly type: "particle"; readonly particle: Particle }
  | { readonly type: "filler" };
