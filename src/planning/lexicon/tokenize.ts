import { LEXICON, type Lexicon, type WordTable } from "./lexicon.js";
import type { Meaning } from "./meaning.js";
import type { Token } from "./token.js";

const COMMA: Meaning = { type: "particle", particle: "comma" };
const THEN: Meaning = { type: "particle", particle: "then" };
/** Sentence ends separate steps as "then" does; a comma may also stand inside a list. */
const PUNCTUATION: Readonly<Record<string, Meaning>> = {
  ",": COMMA,
  "，": COMMA,
  "、": { type: "particle", particle: "and" },
};

/** Ordinals (2nd), Chinese runs, English words (with hyphen or apostrophe), numbers, single other signs. */
const PIECES = /\d+(?:st|nd|rd|th)\b|\p{Script=Han}+|[a-z]+(?:['’-][a-z]+)*|\d+(?:\.\d+)?|[^\s]/gu;
const HAN = /^\p{Script=Han}/u;

interface Piece {
  readonly text: string;
  readonly kind: "han" | "word" | "number" | "sign";
}

function pieceOf(text: string): Piece {
  if (HAN.test(text)) return { text, kind: "han" };
  if (/^\d+(?:st|nd|rd|th)$/u.test(text) || /^[a-z]/u.test(text)) return { text, kind: "word" };
  return { text, kind: /^\d/u.test(text) ? "number" : "sign" };
}

/** Longest match of words from `start`; an unknown word stands alone. */
function englishToken(pieces: readonly Piece[], start: number, table: WordTable): [Token, number] {
  let end = start;
  while (end < pieces.length && end - start < table.longest && pieces[end].kind === "word") end++;
  for (let stop = end; stop > start; stop--) {
    const text = pieces
      .slice(start, stop)
      .map((piece) => piece.text.replaceAll("’", "'"))
      .join(" ");
    const meaning = table.meanings.get(text) ?? table.meanings.get(text.replaceAll("-", " "));
    if (meaning !== undefined) return [{ text, meaning }, stop];
  }
  return [{ text: pieces[start].text, meaning: { type: "unknown" } }, start + 1];
}

/** Longest match of characters; neighbouring unknown characters become one unknown word. */
function* chineseTokens(run: string, table: WordTable): Generator<Token> {
  let unknown = "";
  let at = 0;
  while (at < run.length) {
    let meaning: Meaning | undefined;
    let length = Math.min(table.longest, run.length - at);
    for (; length > 0; length--) {
      meaning = table.meanings.get(run.slice(at, at + length));
      if (meaning !== undefined) break;
    }
    if (meaning === undefined) {
      unknown += run[at];
      at++;
      continue;
    }
    if (unknown !== "") yield { text: unknown, meaning: { type: "unknown" } };
    unknown = "";
    yield { text: run.slice(at, at + length), meaning };
    at += length;
  }
  if (unknown !== "") yield { text: unknown, meaning: { type: "unknown" } };
}

/** 洗碗机 is one unknown word, although it has 碗 in its middle: single characters between unknown ones belong to them. */
function joinUnknown(tokens: readonly Token[]): readonly Token[] {
  const joined: Token[] = [];
  for (const [index, token] of tokens.entries()) {
    const last = joined.at(-1);
    const afterUnknown = last?.meaning.type === "unknown" && HAN.test(last.text);
    const next = tokens[index + 1];
    const between =
      token.text.length === 1 && HAN.test(token.text) && next?.meaning.type === "unknown" && HAN.test(next.text);
    const continues = token.meaning.type === "unknown" && HAN.test(token.text);
    if (afterUnknown && (between || continues))
      joined[joined.length - 1] = { text: last.text + token.text, meaning: { type: "unknown" } };
    else joined.push(token);
  }
  return joined;
}

/** Words of an instruction, fillers ("please", 请) left out. Never fails: what it does not know is an `unknown` token. */
export function tokenize(text: string, lexicon: Lexicon = LEXICON): readonly Token[] {
  // "第2个" must reach the Chinese table in one piece, so digits after 第 count as Chinese there.
  const prepared = text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/第(\d)/gu, (_, digit: string) => `第${"零一二三四五六七八九"[Number(digit)]}`);
  const pieces = (prepared.match(PIECES) ?? []).map(pieceOf);
  const tokens: Token[] = [];
  let at = 0;
  while (at < pieces.length) {
    const piece = pieces[at];
    switch (piece.kind) {
      case "word": {
        const [token, next] = englishToken(pieces, at, lexicon.english);
        tokens.push(token);
        at = next;
        continue;
      }
      case "han":
        tokens.push(...chineseTokens(piece.text, lexicon.chinese));
        break;
      case "number":
        tokens.push({ text: piece.text, meaning: { type: "number", value: Number(piece.text) } });
        break;
      case "sign": {
        if (/["'“”‘’«»()「」『』]/u.test(piece.text)) break;
        const meaning = PUNCTUATION[piece.text] ?? (/[.;!?。;:]/u.test(piece.text) ? THEN : undefined);
        tokens.push({ text: piece.text, meaning: meaning ?? { type: "unknown" } });
        break;
      }
    }
    at++;
  }
  return joinUnknown(tokens).filter((token) => token.meaning.type !== "filler");
}
