import type { Language } from "../../tasks/episode.js";

/** A suite of its own kind: one picture, questions about it and captions of it, no motion. */
export const DESCRIBE_SUITE = "describe";

/** What is asked about a picture. */
export const ASPECTS = ["presence", "count", "color", "relation"] as const;
export type Aspect = (typeof ASPECTS)[number];

/** One question and whether its answer was right. */
export interface AskedDetail {
  readonly aspect: Aspect;
  readonly language: Language;
  readonly right: boolean;
  /** For wrong ones: the question, what was said, and what is so. */
  readonly wrong?: string;
}

/** What a row of the suite `describe` says beyond the others' rows. */
export interface DescribeDetail {
  readonly asked: readonly AskedDetail[];
  readonly captions: readonly {
    readonly language: Language;
    readonly text: string;
    /** Kinds, or colours with kinds, that the caption names and the picture does not show. */
    readonly notThere: readonly string[];
  }[];
  /** Things that are clearly seen, and how many of them the English caption leaves out. */
  readonly clear: number;
  readonly leftOut: number;
}
