import { boxFromCenter, sigmoid } from "../boxes.js";
import type { FoundPhrase } from "../weights-messages.js";

export interface OwlOutputs {
  /** boxes x phrases. */
  readonly logits: Float32Array;
  /** boxes x 4: centre and size in parts of the padded square. */
  readonly boxes: Float32Array;
  /** One for each box, where the graph gives it: whether anything is there at all. */
  readonly objectness?: Float32Array;
}

/**
 * Boxes of the phrases. They count in the padded square, whose sides are the picture's longer one, so both axes are scaled by
 * it and not by the picture's own width and height.
 */
export function decodeOwl(
  { logits, boxes, objectness }: OwlOutputs,
  phrases: readonly string[],
  options: { readonly width: number; readonly height: number; readonly boxThreshold: number; readonly padded: boolean },
): readonly FoundPhrase[] {
  const { width, height, boxThreshold, padded } = options;
  const side = Math.max(width, height);
  const reach = padded ? { x: width / side, y: height / side } : { x: 1, y: 1 };
  const found: FoundPhrase[] = [];
  for (let i = 0; i * 4 < boxes.length; i++) {
    let best = -Infinity;
    let at = 0;
    for (let phrase = 0; phrase < phrases.length; phrase++) {
      const logit = logits[i * phrases.length + phrase];
      if (logit > best) [best, at] = [logit, phrase];
    }
    // What nothing says is an object cannot be the one that was asked for.
    const score = Math.min(sigmoid(best), objectness === undefined ? 1 : sigmoid(objectness[i]));
    if (!(score > boxThreshold)) continue;
    const [cx, cy, boxWidth, boxHeight] = boxes.subarray(i * 4, i * 4 + 4);
    const box = boxFromCenter(cx, cy, boxWidth, boxHeight, reach);
    if (box) found.push({ phrase: phrases[at], box, score });
  }
  return found;
}
