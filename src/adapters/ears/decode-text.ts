import { letterDecoder, type Decoded, type DecodeOptions } from "./decode-letters.js";
import { createLanguage, type LanguageCounts } from "./language.js";
import { chineseWriter } from "./write-chinese.js";

/** What was heard, written down. */
export interface Heard extends Decoded {
  /** English words with spaces between them, or Chinese characters. */
  readonly text: string;
  readonly language: "en" | "zh";
}

/**
 * Writes down what the hearing network heard, by what commands are like. The scores are log probabilities of the symbols for
 * each step of 20 ms, row by row; `wanted` is the only language that is considered.
 */
export function textDecoder(
  counts: LanguageCounts,
  symbols: readonly string[],
  options: DecodeOptions,
): (scores: Float32Array, wanted?: string) => Heard {
  const language = createLanguage(counts);
  const decode = letterDecoder(language, symbols, options);
  const write = chineseWriter(counts);

  return (scores, wanted) => {
    const decoded = decode(scores, wanted);
    const { tokens } = decoded;
    const isChinese = tokens.length > 0 && tokens[0] >= language.firstSyllable;
    const text = isChinese
      ? write(tokens.filter((token) => token >= language.firstSyllable).map((token) => token - language.firstSyllable))
      : tokens.map((token) => language.tokens[token]).join(" ");
    return { ...decoded, text, language: isChinese ? "zh" : "en" };
  };
}
