import { boxFromCenter, sigmoid } from "../boxes.js";
import type { FoundPhrase } from "../weights-messages.js";
import { LONGEST_CAPTION, type PhraseSpan } from "./caption.js";

export interface DinoOutputs {
  /** queries x 256, -Infinity beyond the caption's tokens. */
  readonly logits: Float32Array;
  /** queries x 4: centre and size, 0..1. */
  readonly boxes: Float32Array;
}

interface Reading {
  readonly span: PhraseSpan;
  /** Of the span's tokens, the best. */
  readonly score: number;
}

/**
 * Boxes of a caption's phrases. A query belongs to the phrase whose tokens fire most, and its score is that of the best token.
 * Reading the text off the tokens, as the original does, would give "red cup ball" where two phrases fire.
 */
export function decodeDino(
  { logits, boxes }: DinoOutputs,
  spans: readonly PhraseSpan[],
  { boxThreshold, textThreshold }: { readonly boxThreshold: number; readonly textThreshold: number },
): readonly FoundPhrase[] {
  const found: FoundPhrase[] = [];
  const lowestLogit = -Math.log(1 / boxThreshold - 1);
  for (let query = 0; query * 4 < boxes.length; query++) {
    const row = logits.subarray(query * LONGEST_CAPTION, (query + 1) * LONGEST_CAPTION);
    const readings: Reading[] = [];
    for (const span of spans) {
      let best = -Infinity;
      for (let token = span.start; token < span.end; token++) if (row[token] > best) best = row[token];
      if (best > lowestLogit) readings.push({ span, score: sigmoid(best) });
    }
    if (readings.length === 0) continue;
    const { span, score } = choose(readings, row, textThreshold);
    const [cx, cy, width, height] = boxes.subarray(query * 4, query * 4 + 4);
    const box = boxFromCenter(cx, cy, width, height);
    if (box) found.push({ phrase: span.phrase, box, score });
  }
  return found;
}

/** The best reading. Of "bag" and "green bag", which fire on the same things, the longer only where its other words do, too. */
function choose(readings: readonly Reading[], row: Float32Array, textThreshold: number): Reading {
  const best = readings.reduce((a, b) => (b.score > a.score ? b : a));
  const related = readings.filter(
    ({ span }) => contains(span, best.span) || contains(best.span, span) || span === best.span,
  );
  const said = related
    .filter((reading) =>
      related.every(
        (shorter) => shorter === reading || !contains(reading.span, shorter.span) || ownWordsFire(reading, shorter),
      ),
    )
    .sort((a, b) => b.span.words.length - a.span.words.length || b.score - a.score);
  return said[0] ?? best;

  function ownWordsFire(longer: Reading, shorter: Reading): boolean {
    // Words and tokens can differ in number; the part of the tokens that the shorter phrase does not have stands for them.
    const { start, end, words } = longer.span;
    const shared = shorter.span.end - shorter.span.start;
    const endsAlike = words.slice(-shorter.span.words.length).join(" ") === shorter.span.words.join(" ");
    const own = endsAlike ? row.subarray(start, end - shared) : row.subarray(start + shared, end);
    return own.some((logit) => sigmoid(logit) > textThreshold);
  }
}

/** Whether one phrase begins or ends with the whole of a shorter one. */
function contains(longer: PhraseSpan, shorter: PhraseSpan): boolean {
  if (longer.words.length <= shorter.words.length) return false;
  const short = shorter.words.join(" ");
  const count = shorter.words.length;
  return longer.words.slice(-count).join(" ") === short || longer.words.slice(0, count).join(" ") === short;
}
