import { z } from "zod";
import { ControllerError } from "../../domain/errors.js";

const languageSchema = z.object({
  /** English words as they are spelled. */
  english: z.array(z.string()),
  /** Chinese syllables in pinyin without tones. */
  syllables: z.array(z.string()),
  /** How each English word sounds, in the symbols of the hearing network. */
  sounds: z.array(z.string()),
  /** How many tokens each one was seen after; tokens are the English words, then the syllables, then the two ends. */
  ones: z.array(z.number()),
  /** Rows of token, token, times counted, and how many tokens the pair was seen after. */
  twos: z.array(z.number()),
  /** Rows of three tokens and times counted; rare ones are left out. */
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
const DISCOUNT = 0.75;

export interface Language {
  readonly tokens: readonly string[];
  /** How each token sounds, in the symbols of the hearing network; syllables sound as they are spelled. */
  readonly sounds: readonly string[];
  /** Tokens from here on are Chinese syllables. */
  readonly firstSyllable: number;
  readonly start: number;
  readonly end: number;
  /** Natural logarithm of how likely `token` is after `before` and `last`. */
  score(before: number, last: number, token: number): number;
  /** The same of all words of a sentence and its end. */
  sentence(tokens: readonly number[]): number;
  /** Of a token without anything before. */
  alone(token: number): number;
}

interface Context {
  total: number;
  /** What is left of the total for tokens that were not counted here. */
  left: number;
}

/**
 * Counts of one, two and three tokens in a row, smoothed after Kneser and Ney: how likely a token is after what was never seen
 * is told by how many different tokens it follows, not by how often it is said.
 */
export function createLanguage(counts: LanguageCounts): Language {
  const tokens = [...counts.english, ...counts.syllables];
  const size = tokens.length + 2;
  const [start, end] = [tokens.length, tokens.length + 1];
  const all = counts.ones.reduce((sum, count) => sum + count, 0);
  const one = Float64Array.from({ length: size }, (_, i) => ((counts.ones[i] ?? 0) + 0.5) / (all + size * 0.5));

  const two = new Map<number, number>();
  const afterOne = new Map<number, Context>();
  const afterTwo = new Map<number, Context>();
  for (let row = 0; row + 4 <= counts.twos.length; row += 4) {
    const [first, second, times, before] = counts.twos.slice(row, row + 4);
    // Nothing stands before a sentence's start.
    const count = first === start ? times : before;
    two.set(first * size + second, count);
    const context = afterOne.get(first) ?? { total: 0, left: 0 };
    context.total += count;
    context.left += Math.min(DISCOUNT, count);
    afterOne.set(first, context);
    afterTwo.set(first * size + second, { total: times, left: times });
  }
  const three = new Map<number, number>();
  for (let row = 0; row + 4 <= counts.threes.length; row += 4) {
    const [first, second, third, times] = counts.threes.slice(row, row + 4);
    three.set((first * size + second) * size + third, times);
    const context = afterTwo.get(first * size + second);
    if (context !== undefined) context.left -= times - DISCOUNT;
  }
  const smooth = (count: number | undefined, context: Context | undefined, shorter: number): number =>
    context === undefined || context.total === 0
      ? shorter
      : (Math.max(0, (count ?? 0) - DISCOUNT) + context.left * shorter) / context.total;

  const score = (before: number, last: number, token: number): number => {
    const pair = before * size + last;
    const short = smooth(two.get(last * size + token), afterOne.get(last), one[token]);
    return Math.log(smooth(three.get(pair * size + token), afterTwo.get(pair), short));
  };

  return {
    tokens,
    sounds: [...counts.sounds, ...counts.syllables],
    firstSyllable: counts.english.length,
    start,
    end,
    alone: (token) => Math.log(one[token]),
    score,
    sentence: (said) => {
      const line = [start, start, ...said, end];
      return said.concat(end).reduce((sum, token, i) => sum + score(line[i], line[i + 1], token), 0);
    },
  };
}
