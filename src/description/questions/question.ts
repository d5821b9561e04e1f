import type { Color, DrawerState, Kind } from "../../domain/vocabulary.js";
import type { SpatialRelation } from "../../planning/lexicon/meaning.js";
import type { ReferringExpression } from "../../planning/reference/referring-expression.js";

/** By what two things can be compared, in the lexicon's words. */
export type Comparison = "biggest" | "smallest" | "tallest" | "shortest" | "nearest" | "farthest";

export type Measure = "size" | "height" | "width" | "length";

/** What a question asks for, before looking at a scene. */
export type Question =
  /** "Is there a red mug?" */
  | { readonly ask: "presence"; readonly what: ReferringExpression }
  | { readonly ask: "count"; readonly what: ReferringExpression }
  | { readonly ask: "color"; readonly what: ReferringExpression }
  /** "Is the mug red?", with several colours "red or blue?" */
  | { readonly ask: "is-color"; readonly what: ReferringExpression; readonly colors: readonly Color[] }
  /** "Is the red thing an apple?" */
  | { readonly ask: "is-kind"; readonly what: ReferringExpression; readonly kinds: readonly Kind[] }
  /** "Which is the biggest block?", "What is the red thing?" */
  | { readonly ask: "which"; readonly what: ReferringExpression }
  | { readonly ask: "where"; readonly what: ReferringExpression }
  /** "What is next to the sink?" */
  | {
      readonly ask: "related";
      readonly relation: SpatialRelation;
      readonly what: ReferringExpression;
      readonly other?: ReferringExpression;
    }
  /** "Is the mug left of the can?"; with several relations "left or right of". */
  | {
      readonly ask: "holds";
      readonly what: ReferringExpression;
      readonly relations: readonly SpatialRelation[];
      readonly anchor: ReferringExpression;
      readonly other?: ReferringExpression;
    }
  | { readonly ask: "size"; readonly what: ReferringExpression; readonly measure: Measure }
  /** Without `to`: from the robot. */
  | { readonly ask: "distance"; readonly what: ReferringExpression; readonly to?: ReferringExpression }
  /** Without `said`: "open or closed?" */
  | { readonly ask: "state"; readonly what: ReferringExpression; readonly said?: DrawerState }
  | { readonly ask: "empty"; readonly what: ReferringExpression }
  /** "Is the mug bigger than the can?" */
  | {
      readonly ask: "compare";
      readonly what: ReferringExpression;
      readonly to: ReferringExpression;
      readonly by: Comparison;
    }
  /** "Which is bigger, the mug or the can?" */
  | {
      readonly ask: "which-of";
      readonly what: ReferringExpression;
      readonly to: ReferringExpression;
      readonly by: Comparison;
    }
  /** "What do you see?" */
  | { readonly ask: "scene" };

/** The question about something else: "and the blue one?" */
export function aboutAnother(question: Question, what: ReferringExpression): Question {
  return question.ask === "scene" ? { ask: "which", what } : { ...question, what };
}
