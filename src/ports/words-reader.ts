import { COLORS, KINDS } from "../domain/vocabulary.js";

/**
 * What a piece of an instruction is: `none` steers nothing. Nouns of no known group are `noun:other`. `if:next` begins a
 * condition of what follows, `if:last` of what went before; in it, a `state` without a role, `empty` and `not` say what of.
 */
export const PIECE_LABELS = [
  "none",
  ...["take", "out", "give", "put", "open", "close", "push", "sort", "clear", "release", "look", "wait"].map(
    (verb) => `verb:${verb}`,
  ),
  ...["in", "on", "from", "left-of", "right-of", "front-of", "behind", "under", "near", "between"].map(
    (relation) => `rel:${relation}`,
  ),
  "rel:to",
  "rel:nearest-to",
  "rel:farthest-from",
  ...[...KINDS, "thing", "fruit", "dishes", "food", "container", "counter", "table", "other"].map(
    (group) => `noun:${group}`,
  ),
  "one",
  "pronoun",
  ...COLORS.map((color) => `color:${color}`),
  "size:small",
  "size:large",
  "state:open",
  "state:ajar",
  "state:closed",
  ...["left", "right", "front", "back", "top", "bottom", "middle"].map((side) => `side:${side}`),
  ...[
    "leftmost",
    "rightmost",
    "nearest",
    "farthest",
    "biggest",
    "smallest",
    "tallest",
    "shortest",
    "highest",
    "lowest",
  ].map((extreme) => `extreme:${extreme}`),
  ...["1", "2", "3", "4", "5", "6", "-1"].map((index) => `ordinal:${index}`),
  "from:left",
  "from:right",
  "all",
  "both",
  "any",
  "definite",
  "number",
  "unit:cm",
  "unit:m",
  ...["left", "right", "front", "back"].map((side) => `way:${side}`),
  ...["left", "right", "up", "down", "home"].map((at) => `look:${at}`),
  "by-color",
  "out",
  "me",
  "if:next",
  "if:last",
  "else",
  "not",
  "empty",
] as readonly string[];

/**
 * Whose piece it is: the thing that is acted on, the place it goes to, a place that tells the head before it (`before`) or
 * behind it (`after`) apart, or what is left out of "all".
 */
export const PIECE_ROLES = ["none", "object", "goal", "before", "after", "except"] as const;
export type PieceRole = (typeof PIECE_ROLES)[number];

/** What begins with a piece. A clause's first piece begins a phrase too if it is one of a phrase. */
export const PIECE_STARTS = ["inside", "piece", "phrase", "clause"] as const;
export type PieceStart = (typeof PIECE_STARTS)[number];

/** A span of the instruction that means something. */
export interface WordPiece {
  /** Characters (UTF-16 units) of the text that was read; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  /** One of `PIECE_LABELS`, never `none`. */
  readonly label: string;
  readonly role: PieceRole;
  readonly begins: Exclude<PieceStart, "inside">;
}

export interface WordsReading {
  /** In the order of the text, not overlapping. */
  readonly pieces: readonly WordPiece[];
  /** Probability that this is an instruction for a robot like this at all, 0..1. */
  readonly readable: number;
  /** Probability of the least certain decision, 0..1. */
  readonly confidence: number;
}

/** Most characters that a reader takes. */
export const MAX_READER_CHARACTERS = 256;

/** Learnt reading of instructions: finds and names the pieces. Knows nothing of scenes. */
export interface WordsReader {
  readonly name: string;
  /** Readings below either of these are not to be acted on. */
  readonly thresholds: { readonly confidence: number; readonly readable: number };
  /**
   * `text`: prepared (lower case, single spaces), at most `MAX_READER_CHARACTERS`. Rejects with `aborted`, `worker-died` or
   * `model-failed`. Equal texts give equal readings.
   */
  read(text: string, options: { signal: AbortSignal }): Promise<WordsReading>;
  close(): Promise<void>;
}
