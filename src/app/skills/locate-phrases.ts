import { fail, ok, type Result } from "../../domain/result.js";
import type { Detection } from "../../domain/detection.js";
import type { Scene } from "../../domain/scene.js";
import type { LocatedPhrase, LocatedThing } from "../../ports/locator.js";
import type { BackendFailure } from "../../ports/skill-backends.js";
import { parsePhrase } from "../../planning/index.js";
import { candidates } from "../../planning/reference/resolve.js";

/** Below this a detection of the on-board eyes is not shown as what somebody asked for. */
const LEAST_SCORE = 0.3;

/** Whether one thing is meant, and all detections that fit the words. Same order as the phrases. */
export interface ResolvedPhrase extends Pick<LocatedPhrase, "phrase" | "status"> {
  readonly detections: readonly Detection[];
}

/**
 * What each phrase means in a scene: referring expressions are resolved in metres. A phrase with a word that the lexicon does not know
 * is found by its name where the grounder was asked for it, else it is `unsupported`.
 */
export function resolvePhrases(
  phrases: readonly string[],
  scene: Scene,
): Result<readonly ResolvedPhrase[], BackendFailure> {
  const seen = {
    ...scene,
    detections: scene.detections.filter(({ ageS, score }) => ageS === 0 && score >= LEAST_SCORE),
  };
  const resolved: ResolvedPhrase[] = [];
  for (const phrase of phrases) {
    const read = parsePhrase(phrase);
    if (read.ok) {
      const detections = candidates(read.value, seen, {});
      const isOne = read.value.quantifier === "one";
      const status = detections.length === 0 ? "absent" : detections.length > 1 && isOne ? "ambiguous" : "found";
      resolved.push({
        phrase,
        status,
        detections: read.value.quantifier === "any" ? detections.slice(0, 1) : detections,
      });
      continue;
    }
    const named = seen.detections.filter((each) => each.phrase !== undefined && sameWords(each.phrase, phrase));
    const isByPhrase = seen.detections.some((each) => each.phrase !== undefined) || scene.detections.length === 0;
    if (!isByPhrase) return fail("unsupported", read.message);
    const status = named.length === 0 ? "absent" : named.length > 1 ? "ambiguous" : "found";
    resolved.push({ phrase, status, detections: named });
  }
  return ok(resolved);
}

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/^(?:the|a|an) /u, "")
    .trim();
const sameWords = (a: string, b: string): boolean => plain(a) === plain(b);

export const toLocated = (detection: Detection, { masks }: { readonly masks: boolean }): LocatedThing => ({
  label: detection.label,
  box: detection.box,
  score: detection.score,
  point: detection.point,
  positionInBase: detection.positionInBase,
  sizeM: detection.extentInBase.sizeM,
  ...(masks && detection.mask !== undefined ? { mask: detection.mask } : {}),
});
