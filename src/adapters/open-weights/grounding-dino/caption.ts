import type { WordPieceTokenizer } from "../tokenizers/word-piece.js";

/** A phrase's tokens in a caption. */
export interface PhraseSpan {
  readonly phrase: string;
  readonly words: readonly string[];
  /** Somebody asked for it, as against the vocabulary. */
  readonly asked: boolean;
  /** Index of the first token, and of the one after the last. */
  readonly start: number;
  readonly end: number;
}

/** `[CLS] red cup . ball . [SEP]` as numbers. */
export interface Caption {
  readonly ids: readonly number[];
  readonly spans: readonly PhraseSpan[];
}

/** The logits of one caption are this wide. */
export const LONGEST_CAPTION = 256;

/** A full stop ends a phrase, so none may have one of its own. */
const clean = (phrase: string): string =>
  phrase
    .replace(/[.?!。？！]/gu, " ")
    .replace(/\s+/gu, " ")
    .trim();

/**
 * The phrases as captions in which each keeps its own tokens, as many captions as it takes. Phrases that are empty, unknown to
 * the vocabulary or too long for any caption are left out.
 */
export function writeCaptions(
  phrases: readonly string[],
  vocabulary: readonly string[],
  tokenizer: WordPieceTokenizer,
): readonly Caption[] {
  const [start, end, stop, unknown] = ["[CLS]", "[SEP]", ".", "[UNK]"].map((token) => tokenizer.special(token));
  const captions: Caption[] = [];
  let ids = [start];
  let spans: PhraseSpan[] = [];
  const finish = (): void => {
    if (spans.length > 0) captions.push({ ids: [...ids, end], spans });
    ids = [start];
    spans = [];
  };
  const asked = new Set(phrases.map(clean));
  for (const phrase of new Set([...asked, ...vocabulary.map(clean)])) {
    const tokens = tokenizer.encode(phrase);
    if (tokens.every((id) => id === unknown) || tokens.length + 3 > LONGEST_CAPTION) continue;
    if (ids.length + tokens.length + 2 > LONGEST_CAPTION) finish();
    spans.push({
      phrase,
      words: phrase.toLowerCase().split(" "),
      asked: asked.has(phrase),
      start: ids.length,
      end: ids.length + tokens.length,
    });
    ids = [...ids, ...tokens, stop];
  }
  finish();
  return captions;
}
