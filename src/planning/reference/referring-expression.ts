import type { Color, DrawerState, Kind } from "../../domain/vocabulary.js";
import type { Extreme, Side, Size, SpatialRelation } from "../lexicon/meaning.js";

/** How the thing lies to other things: "in the drawer", "between the mug and the can". */
export interface RelationClause {
  readonly relation: SpatialRelation;
  /** One, or two for `between`. */
  readonly anchors: readonly ReferringExpression[];
}

/** What words ask for, before looking at a scene. Every field narrows; an empty expression fits any movable thing. */
export interface ReferringExpression {
  /** As it was said, for messages. */
  readonly text: string;
  /** Empty = any movable thing. */
  readonly kinds: readonly Kind[];
  /** Empty = any colour; several = one of them. */
  readonly colors: readonly Color[];
  readonly size?: Size;
  readonly state?: DrawerState;
  /** "the left drawer", "the mug on the right": the outermost of those that fit. */
  readonly side?: Side;
  readonly extreme?: Extreme;
  /** "closest to the sink". */
  readonly nearestTo?: { readonly extreme: "nearest" | "farthest"; readonly anchor: ReferringExpression };
  /** 1-based, -1 = last, counted from `from` (left unless said). */
  readonly ordinal?: { readonly index: number; readonly from: Side };
  readonly relations: readonly RelationClause[];
  /** `one`: exactly one thing is meant; `any`: whichever fits; `all`: every one. */
  readonly quantifier: "one" | "any" | "all";
  /** "two apples": how many of them. */
  readonly count?: number;
  readonly except?: ReferringExpression;
  /** "it": what was named before, or what is held. */
  readonly pronoun?: boolean;
  /** "the red one": of the kind that was named before. */
  readonly sameKind?: boolean;
  /** "counter" or "table": the ground of the world, which is not a detection. */
  readonly surface?: string;
}

export const ANYTHING: ReferringExpression = {
  text: "anything",
  kinds: [],
  colors: [],
  relations: [],
  quantifier: "one",
};
