import { letterDecoder, type DecodeOptions } from "./decode-letters.js";
import { createLanguage, type Language, type LanguageCounts } from "./language.js";
import type { Decoded } from "./rank-paths.js";
import { chineseWriter } from "./write-chinese.js";

/** Words as they are written. */
export interface Written {
  /** English words with spaces between them, or Chinese characters. */
  readonly text: string;
  readonly language: "en" | "zh";
}

/** What was heard, written down. */
export interface Heard extends Decoded, Written {}

/** Writes tokens of the language down. */
export function tokenWriter(counts: LanguageCounts, language: Language): (tokens: readonly number[]) => Written {
  const write = chineseWriter(counts);
  return (tokens) => {
    const isChinese = tokens.length > 0 && tokens[0] >= language.firstSyllable;
    const text = isChinese
      ? write(tokens.filter((token) => token >= language.firstSyllable).map((token) => token - language.firstSyllable))
      : tokens.map((token) => language.tokens[token]).join(" ");
    return { text, language: isChinese ? "zh" : "en" };
  };
}

/**
 * Writes down what the hearing network heard at one speed, by what commands are like. The scores are log probabilities of the
 * symbols for each step of 20 ms, row by row; `wanted` is the only language that is considered.
 */
export function textDecoder(
  counts: LanguageCounts,
  symbols: readonly string[],
  options: DecodeOptions,
): (scores: Float32Array, wanted?: string) => Heard {
  const language = createLanguage(counts);
  const decode = letterDecoder(language, symbols, options);
  const write = tokenWriter(counts, language);

  return (scores, wanted) => {
    const decoded = decode(scores, wanted);
    return { ...decoded, ...write(decoded.tokens) };
  };
}
