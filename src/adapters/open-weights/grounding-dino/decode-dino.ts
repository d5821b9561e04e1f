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

/** By so much a name that was asked for may score less than one of the vocabulary and still be the thing's. */
const ASKED_BONUS = 1.4;

/**
 * The reading of one query. Of "bag" and "green bag", which fire on the same things, the longer only where its other words do,
 * too, and then not the shorter. Of "red cup" and "mug" the one that was asked for, where all its words fire.
 */
function choose(readings: readonly Reading[], row: Float32Array, textThreshold: number): Reading {
  const fires = (start: number, end: number): boolean =>
    row.subarray(start, end).some((logit) => sigmoid(logit) > textThreshold);
  const firesWhole = ({ start, end }: PhraseSpan): boolean =>
    row.subarray(start, end).every((logit) => sigmoid(logit) > textThreshold);

  /** Words and tokens can differ in number; the tokens that the shorter phrase does not have stand for the longer's own words. */
  const ownWordsFire = (longer: PhraseSpan, shorter: PhraseSpan): boolean => {
    const shared = shorter.end - shorter.start;
    return endsWith(longer, shorter)
      ? fires(longer.start, longer.end - shared)
      : fires(longer.start + shared, longer.end);
  };
  const tenable = readings.filter(({ span }) =>
    readings.every((other) => !contains(span, other.span) || ownWordsFire(span, other.span)),
  );
  const weight = ({ span, score }: Reading): number => (span.asked && firesWhole(span) ? score * ASKED_BONUS : score);
  return tenable
    .filter(({ span }) => !tenable.some((other) => contains(other.span, span)))
    .reduce((a, b) => (weight(b) > weight(a) ? b : a));
}

const endsWith = (longer: PhraseSpan, shorter: PhraseSpan): boolean =>
  longer.words.slice(-shorter.words.length).join(" ") === shorter.words.join(" ");

/** Whether one phrase begins or ends with the whole of a shorter one. */
function contains(longer: PhraseSpan, shorter: PhraseSpan): boolean {
  if (longer.words.length <= shorter.words.length) return false;
  const begins = longer.words.slice(0, shorter.words.length).join(" ") === shorter.words.join(" ");
  return begins || endsWith(longer, shorter);
}
