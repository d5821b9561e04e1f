import type { Color, Kind } from "../../../src/domain/vocabulary.js";

/**
 * Colours that these kinds never had when the on-board eyes were trained, as `models/train/generator/splits.ts` has them: what
 * is named rightly here was put together from words that were learnt apart.
 */
export const HELD_OUT_PAIRS = [
  { kind: "bowl", color: "purple" },
  { kind: "bag", color: "yellow" },
  { kind: "can", color: "green" },
  { kind: "block", color: "orange" },
  { kind: "mug", color: "white" },
] as const satisfies readonly { kind: Kind; color: Color }[];
