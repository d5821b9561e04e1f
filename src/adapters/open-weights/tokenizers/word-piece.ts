export interface WordPieceTable {
  readonly vocabulary: ReadonlyMap<string, number>;
  readonly lowerCase: boolean;
  /** Absent: where letters are lowered. */
  readonly stripAccents?: boolean;
  readonly continuation?: string;
  readonly unknown?: string;
}

export interface WordPieceTokenizer {
  /** Numbers of the pieces of a text, without marks around it. */
  encode(text: string): readonly number[];
  /** Number of a special token. Throws for one that the vocabulary has not. */
  special(token: string): number;
}

/** Longer words are unknown as a whole, as in BERT. */
const LONGEST_WORD = 100;
/** ASCII signs count as punctuation even where Unicode calls them symbols. */
const PUNCTUATION = /[\p{P}!-/:-@[-`{-~]/u;
const HAN = /\p{Script=Han}/u;

/** BERT's tokenizer: letters lowered, accents off, signs and Chinese characters apart, then the longest pieces from the left. */
export function createWordPiece(table: WordPieceTable): WordPieceTokenizer {
  const { vocabulary, lowerCase, continuation = "##", unknown = "[UNK]" } = table;
  const stripAccents = table.stripAccents ?? lowerCase;
  const special = (token: string): number => {
    const id = vocabulary.get(token);
    if (id === undefined) throw new RangeError(`The vocabulary has no "${token}".`);
    return id;
  };

  const words = (text: string): readonly string[] => {
    const kept = text.replace(/[\p{Cc}\p{Cf}\uFFFD]/gu, (sign) => (/\s/u.test(sign) ? " " : ""));
    const lowered = lowerCase ? kept.toLowerCase() : kept;
    const plain = stripAccents ? lowered.normalize("NFD").replace(/\p{Mn}/gu, "") : lowered;
    return Array.from(plain, (sign) => (PUNCTUATION.test(sign) || HAN.test(sign) ? ` ${sign} ` : sign))
      .join("")
      .split(/\s+/u)
      .filter((word) => word !== "");
  };
  const pieces = (word: string): readonly number[] => {
    const characters = Array.from(word);
    if (characters.length > LONGEST_WORD) return [special(unknown)];
    const ids: number[] = [];
    for (let start = 0; start < characters.length;) {
      let end = characters.length;
      let id: number | undefined;
      for (; end > start; end--) {
        id = vocabulary.get((start > 0 ? continuation : "") + characters.slice(start, end).join(""));
        if (id !== undefined) break;
      }
      if (id === undefined) return [special(unknown)];
      ids.push(id);
      start = end;
    }
    return ids;
  };
  return { encode: (text) => words(text).flatMap(pieces), special };
}
