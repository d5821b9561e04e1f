import { z } from "zod";
import { ControllerError } from "../../domain/errors.js";

const languageSchema = z.object({
  /** English words as they are spelled. */
  english: z.array(z.string()),
  /** Chinese syllables in pinyin without tones. */
  syllables: z.array(z.string()),
  /** Times that each token was counted; tokens are the English words, then the syllables, then the two ends. */
  ones: z.array(z.number()),
  /** Rows of token, token, count; and of three tokens and a count. */
  twos: z.array(z.number()),
  threes: z.array(z.number()),
  /** Characters, the index of each one's syllable, and how often it was counted. */
  characters: z.string(),
  spoken: z.array(z.number()),
  seen: z.array(z.number()),
  /** Rows of character, character, count; -1 is a sentence's start. */
  pairs: z.array(z.number()),
});
export type LanguageCounts = z.infer<typeof languageSchema>;

export function parseLanguage(bytes: Uint8Array): LanguageCounts {
  let found: unknown;
  try {
    found = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    found = undefined;
  }
  const parsed = languageSchema.safeParse(found);
  if (parsed.success) return parsed.data;
  throw new ControllerError(
    "model-damaged",
    `The words that the ears know are not usable: ${z.prettifyError(parsed.error)} Use the weights that came with this version.`,
  );
}

/** Taken off every count, and given to what was never counted. */
const DISCOUNT = 0.7;

export interface Language {
  readonly tokens: readonly string[];
  /** Tokens from here on are Chinese syllables. */
  readonly firstSyllable: number;
  readonly start: number;
  readonly end: number;
  /** Natural logarithm of how likely `token` is after `before` and `last`. */
  score(before: number, last: number, token: number): number;
  /** The same without anything before. */
  alone(token: number): number;
}

interface Context {
  total: number;
  kinds: number;
}

/** Counts of one, two and three tokens in a row, each smoothed by the shorter. */
export function createLanguage(counts: LanguageCounts): Language {
  const tokens = [...counts.english, ...counts.syllables];
  const size = tokens.length + 2;
  const [start, end] = [tokens.length, tokens.length + 1];
  const all = counts.ones.reduce((sum, count) => sum + count, 0);
  const one = Float64Array.from({ length: size }, (_, i) => ((counts.ones[i] ?? 0) + 0.5) / (all + size * 0.5));

  const tally = (
    rows: readonly number[],
    width: number,
  ): { count: Map<number, number>; context: Map<number, Context> } => {
    const count = new Map<number, number>();
    const context = new Map<number, Context>();
    for (let row = 0; row + width <= rows.length; row += width) {
      let key = 0;
      for (let i = 0; i < width - 2; i++) key = key * size + rows[row + i];
      const times = rows[row + width - 1];
      count.set(key * size + rows[row + width - 2], times);
      const seen = context.get(key);
      if (seen === undefined) context.set(key, { total: times, kinds: 1 });
      else {
        seen.total += times;
        seen.kinds++;
      }
    }
    return { count, context };
  };
  const two = tally(counts.twos, 3);
  const three = tally(counts.threes, 4);
  const smooth = ({ count, context }: typeof two, key: number, token: number, shorter: number): number => {
    const seen = context.get(key);
    if (seen === undefined) return shorter;
    const times = count.get(key * size + token) ?? 0;
    return (Math.max(0, times - DISCOUNT) + DISCOUNT * seen.kinds * shorter) / seen.total;
  };
  return {
    tokens,
    firstSyllable: counts.english.length,
    start,
    end,
    alone: (token) => Math.log(one[token]),
    score: (before, last, token) =>
      Math.log(smooth(three, before * size + last, token, smooth(two, last, token, one[token]))),
  };
}
