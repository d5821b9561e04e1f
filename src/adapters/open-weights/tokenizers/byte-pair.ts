export interface BytePairTable {
  readonly vocabulary: ReadonlyMap<string, number>;
  /** Pairs in the order in which they are joined. */
  readonly merges: readonly (readonly [string, string])[];
}

export interface BytePairTokenizer {
  /** Numbers of the pieces of a text between the marks of start and end, cut to `longest`. */
  encode(text: string, longest: number): readonly number[];
}

const START = "<|startoftext|>";
const END = "<|endoftext|>";
const END_OF_WORD = "</w>";
const WORDS = /'s|'t|'re|'ve|'m|'ll|'d|\p{L}+|\p{N}|[^\s\p{L}\p{N}]+/gu;

/** Bytes as characters that can be seen, as GPT-2 and CLIP write them in their vocabularies. */
function byteCharacters(): readonly string[] {
  const printable = (byte: number): boolean =>
    (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || (byte >= 174 && byte <= 255);
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(printable(byte) ? byte : next++));
}

/** CLIP's tokenizer: letters lowered, words apart, bytes joined pair by pair. Throws for a vocabulary that is not CLIP's. */
export function createBytePair({ vocabulary, merges }: BytePairTable): BytePairTokenizer {
  const ranks = new Map(merges.map((pair, rank) => [pair.join(" "), rank]));
  const characters = byteCharacters();
  const known = new Map<string, readonly number[]>();
  const idOf = (piece: string): number => {
    const id = vocabulary.get(piece);
    if (id === undefined) throw new RangeError(`The vocabulary has no "${piece}".`);
    return id;
  };
  const [start, end] = [idOf(START), idOf(END)];

  const join = (word: string): readonly number[] => {
    let pieces = Array.from(Buffer.from(word, "utf8"), (byte) => characters[byte]);
    pieces[pieces.length - 1] += END_OF_WORD;
    for (;;) {
      let best = Infinity;
      for (let i = 0; i + 1 < pieces.length; i++) {
        best = Math.min(best, ranks.get(`${pieces[i]} ${pieces[i + 1]}`) ?? Infinity);
      }
      if (best === Infinity) return pieces.map(idOf);
      const [left, right] = merges[best];
      const joined: string[] = [];
      for (let i = 0; i < pieces.length; i++) {
        const fits = pieces[i] === left && pieces[i + 1] === right;
        joined.push(fits ? left + right : pieces[i]);
        if (fits) i++;
      }
      pieces = joined;
    }
  };
  return {
    encode(text, longest) {
      const cleaned = text.normalize("NFC").replace(/\s+/gu, " ").trim().toLowerCase();
      const ids = (cleaned.match(WORDS) ?? []).flatMap((word) => {
        const pieces = known.get(word) ?? join(word);
        known.set(word, pieces);
        return pieces;
      });
      return [start, ...ids.slice(0, longest - 2), end];
    },
  };
}
