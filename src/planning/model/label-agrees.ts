import type { Detection, WordScores } from "../../domain/detection.js";
import { attributesOf, probabilityOf } from "../reference/match-attributes.js";

/** What was recognised counts against a word only when it is this sure of something else ... */
const SURE = 0.6;
/** ... and gives the word itself less than this. */
const HARDLY = 0.05;

/**
 * False when a label calls a detection something that perception is sure it is not: a "green bag" where a red mug was seen.
 * Words outside the lexicon ("gift", "Tasse") agree with anything: a model may know more words than perception.
 */
export function labelAgrees(label: string, detection: Detection): boolean {
  const seen = attributesOf(detection);
  const said = attributesOf({ label });
  return agrees(said.kind, seen.kind) && agrees(said.color, seen.color);
}

function agrees(said: WordScores, seen: WordScores): boolean {
  if (said.length === 0 || seen.length === 0) return true;
  const words = said.map(([word]) => word);
  const surest = Math.max(...seen.map(([, probability]) => probability));
  return surest < SURE || probabilityOf(seen, words) >= HARDLY;
}
