import type { Detection, WordScores } from "../domain/detection.js";
import type { Scene } from "../domain/scene.js";
import type { Thing } from "./effect.js";

/** A word with less probability than this does not count as a reading of a thing. */
const POSSIBLE = 0.2;

/** Whether a detection may be the thing: one's best word for kind and for colour is a possible reading of the other. */
export function mayBeThing(thing: Pick<Thing, "label" | "attributes">, detection: Detection): boolean {
  if (thing.attributes === undefined || detection.attributes === undefined) {
    return sameWords(thing.label, detection.label);
  }
  return (
    agree(thing.attributes.kind, detection.attributes.kind) && agree(thing.attributes.color, detection.attributes.color)
  );
}

function agree(a: WordScores, b: WordScores): boolean {
  if (a.length === 0 || b.length === 0) return true;
  return possible(a[0][0], b) || possible(b[0][0], a);
}

const possible = (word: string, scores: WordScores): boolean => scores.some(([w, p]) => w === word && p >= POSSIBLE);

/** Labels are equal, or one has all the words of the other: "bag" and "green bag". */
function sameWords(a: string, b: string): boolean {
  const [few, many] = [words(a), words(b)].sort((x, y) => x.size - y.size);
  return few.size > 0 && [...few].every((word) => many.has(word));
}

const words = (label: string): Set<string> => new Set(label.toLowerCase().split(/\s+/).filter(Boolean));

/** What is seen standing somewhere in the scene's own frame. A remembered track proves nothing about now; what is in the hand stands nowhere. */
export const freshDetections = (scene: Scene): readonly Detection[] =>
  scene.detections.filter((d) => d.seenInFrame === scene.view.sequence && d.held !== true);

/** The best word, or the last word of the label where no words were scored. */
export function kindOf(detection: Detection): string {
  return detection.attributes?.kind[0]?.[0] ?? detection.label.toLowerCase().split(/\s+/).at(-1) ?? "";
}

export const toThing = (detection: Detection): Thing => ({
  label: detection.label,
  attributes: detection.attributes,
  sizeM: detection.extentInBase.sizeM,
  detectionId: detection.id,
});
