import type { Side, SpatialRelation } from "../lexicon/meaning.js";
import type { ReferringExpression } from "../reference/referring-expression.js";
import type { Condition } from "./condition.js";

/** Where something is to go: "in the sink", "to the left of the mug", "on the counter". */
export interface Place {
  readonly text: string;
  readonly relation: Exclude<SpatialRelation, "from" | "under">;
  /** One, or two for `between`. */
  readonly anchors: readonly ReferringExpression[];
  /** "Move it to the left": the anchor is the thing itself, where it stands now. */
  readonly shift?: boolean;
}

type Deed =
  /** Ends with the thing in the hand. `handOver`: then offer it to the person. `out`: "take ... out". */
  | { readonly do: "take"; readonly what: ReferringExpression; readonly handOver: boolean; readonly out: boolean }
  /** Without `to` the person has to be asked where. */
  | { readonly do: "put"; readonly what: ReferringExpression; readonly to?: Place }
  | { readonly do: "open" | "close"; readonly what: ReferringExpression }
  | {
      readonly do: "push";
      readonly what: ReferringExpression;
      readonly side?: Side;
      readonly distanceM?: number;
      readonly to?: Place;
    }
  /** Each thing to the container of its own colour. */
  | { readonly do: "sort"; readonly what: ReferringExpression; readonly into: ReferringExpression }
  | { readonly do: "release" }
  | { readonly do: "look"; readonly at: "left" | "right" | "up" | "down" | "home" }
  | { readonly do: "wait"; readonly seconds: number };

/** One thing to be done, maybe under a condition. A program is these in order; lists and "all" are kept as they were said. */
export type Clause = Deed & { readonly when?: Condition };

export type InstructionProgram = readonly Clause[];

/** What several things go into or onto when only "to" was said. */
export function defaultRelation({ kinds, surface }: ReferringExpression): Place["relation"] {
  if (surface !== undefined || kinds.includes("shelf")) return "on";
  return kinds.some((kind) => ["drawer", "sink", "bowl", "zone", "box", "bag"].includes(kind)) ? "in" : "near";
}
