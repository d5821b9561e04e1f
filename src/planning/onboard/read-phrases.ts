import type { Color, DrawerState } from "../../domain/vocabulary.js";
import type { PieceRole, WordPiece } from "../../ports/words-reader.js";
import { tokenize } from "../lexicon/tokenize.js";
import { LEXICON } from "../lexicon/lexicon.js";
import type { Extreme, Side, Size, SpatialRelation } from "../lexicon/meaning.js";
import { CHINESE_DIGITS, NUMBER_WORDS } from "../lexicon/qualities.js";
import { ANYTHING, type ReferringExpression, type RelationClause } from "../reference/referring-expression.js";
import { isNearColor, readNoun } from "./read-noun.js";
import { Unclear } from "./unclear.js";

const HAN = /\p{Script=Han}/u;

/** 3, "three", 三, 十五, 二十. */
export function readNumber(span: string): number {
  const text = span.trim();
  if (/^\d+(?:\.\d+)?$/u.test(text)) return Number(text);
  const word =
    NUMBER_WORDS[text] ?? { one: 1, fifteen: 15, twenty: 20, thirty: 30, half: 0.5 }[text] ?? CHINESE_DIGITS[text];
  if (word !== undefined) return word;
  const tens = /^(.?)十(.?)$/u.exec(text);
  const value = tens === null ? Number.NaN : (CHINESE_DIGITS[tens[1]] ?? 1) * 10 + (CHINESE_DIGITS[tens[2]] ?? 0);
  if (Number.isNaN(value)) throw new Unclear("bad-instruction", `I cannot read the number "${span}".`);
  return value;
}

/** The whole of a word of which the reader may have found a part: 磁铁 where it found 磁. */
const unknownWordAround = (span: string, text: string): string =>
  tokenize(text).find((token) => token.meaning.type === "unknown" && token.text.includes(span))?.text ?? span;

/** "The brown tweezers" must not become "the brown one" because the reader passed over a word that it never saw. */
function refuseMissedNoun(text: string, end: number): void {
  const word = /^ ([a-z]+(?:'[a-z]+)*)/u.exec(text.slice(end))?.[1];
  if (word === undefined || LEXICON.english.meanings.has(word)) return;
  // The lexicon has most small words only as parts of longer ones.
  if ([...LEXICON.english.meanings.keys()].some((form) => form.split(" ").includes(word))) return;
  throw new Unclear("unknown-word", `I do not know the word "${word}".`, { word });
}

/** A phrase and the characters that it covers. */
export interface Phrase {
  readonly expression: ReferringExpression;
  readonly start: number;
  readonly end: number;
}

/** The pieces of one noun phrase, in any order, to what they ask for. */
export function readPhrase(pieces: readonly WordPiece[], text: string): Phrase {
  const start = pieces[0].start;
  const end = pieces[pieces.length - 1].end;
  let e: ReferringExpression = ANYTHING;
  let plural = false;
  let definite = false;
  let hasNoun = false;
  let from: Side = "left";
  for (const piece of pieces) {
    const span = text.slice(piece.start, piece.end);
    const [type, value = ""] = piece.label.split(":");
    switch (type) {
      case "noun": {
        // "the drawer handle" is opened as the drawer is.
        if (hasNoun && (e.kinds[0] === "drawer" || e.kinds[0] === "handle")) break;
        const noun = readNoun(span, value);
        if (noun === undefined) {
          const word = unknownWordAround(span, text);
          throw new Unclear("unknown-word", `I do not know the word "${word}".`, { word });
        }
        hasNoun = true;
        plural = noun.plural;
        e = { ...e, kinds: noun.kinds, ...(noun.surface === undefined ? {} : { surface: noun.surface }) };
        break;
      }
      case "pronoun": {
        const many = /^(?:them|these|those|它们|他们)/u.test(span);
        return { expression: { ...ANYTHING, text: "it", pronoun: true, quantifier: many ? "all" : "one" }, start, end };
      }
      case "one":
        plural = span === "ones";
        break;
      case "color":
        if (!isNearColor(span, value as Color))
          throw new Unclear("unknown-word", `I do not know the word "${span}".`, { word: span });
        e = { ...e, colors: [...e.colors.filter((color) => color !== value), value as Color] };
        break;
      case "size":
        e = { ...e, size: value as Size };
        break;
      case "state":
        e = { ...e, state: value as DrawerState };
        break;
      case "side":
        e = { ...e, side: value as Side };
        break;
      case "extreme":
        e = { ...e, extreme: value as Extreme };
        break;
      case "ordinal":
        e = { ...e, ordinal: { index: Number(value), from } };
        break;
      case "from":
        from = value as Side;
        break;
      case "all":
        e = { ...e, quantifier: "all" };
        break;
      case "both":
        e = { ...e, quantifier: "all", count: 2 };
        break;
      case "any":
        e = { ...e, quantifier: "any" };
        break;
      case "number": {
        const count = readNumber(span);
        e = count === 1 ? { ...e, quantifier: "any" } : { ...e, quantifier: "all", count };
        break;
      }
      case "definite":
        definite = true;
        break;
    }
  }
  if (e.ordinal !== undefined) e = { ...e, ordinal: { ...e.ordinal, from } };
  const toldApart = definite || e.ordinal !== undefined || e.extreme !== undefined || e.side !== undefined;
  if (e.quantifier === "one") {
    // 桌上的东西 is everything there; Chinese leaves the plural to be understood.
    const understood = hasNoun && HAN.test(text) && e.kinds.length === 0 && e.surface === undefined && !toldApart;
    const many = plural && e.ordinal === undefined && e.extreme === undefined;
    if (understood || many) e = { ...e, quantifier: "all" };
  }
  if (!hasNoun && !pieces.some(({ label }) => label === "one" || label === "all" || label === "both"))
    refuseMissedNoun(text, end);
  if (!hasNoun && e.quantifier !== "all") e = { ...e, sameKind: true };
  return { expression: { ...e, text: text.slice(start, end) }, start, end };
}

/** A place phrase: one relation and the one or two phrases that it is to. */
export interface Placing {
  readonly role: PieceRole;
  readonly relation: SpatialRelation | "to" | "nearest-to" | "farthest-from" | undefined;
  readonly phrases: readonly Phrase[];
  readonly start: number;
  readonly end: number;
}

const isRelation = ({ label }: WordPiece): boolean => label.startsWith("rel:");

/**
 * Divides the pieces of one place role into place phrases. English says the relation first, so a second one begins a new
 * phrase; Chinese says it last, so it ends the phrase (放进水槽里 says it twice: the last counts).
 */
export function readPlacings(pieces: readonly WordPiece[], text: string): readonly Placing[] {
  const chinese = HAN.test(text);
  const groups: { relation: Placing["relation"]; phrases: WordPiece[][]; closed: boolean }[] = [];
  for (const [index, piece] of pieces.entries()) {
    let group = groups.at(-1);
    const full = group !== undefined && group.phrases.length > 0;
    if (isRelation(piece)) {
      const relation = piece.label.slice(4) as Placing["relation"];
      if (group === undefined || group.closed || (full && !chinese) || (!full && group.relation !== undefined)) {
        group = { relation, phrases: [], closed: false };
        groups.push(group);
      } else group.relation = relation;
      if (chinese && group.phrases.length > 0) group.closed = true;
      continue;
    }
    if (group === undefined || group.closed) {
      group = { relation: undefined, phrases: [], closed: false };
      groups.push(group);
    }
    const fresh =
      piece.begins !== "piece" || group.phrases.length === 0 || (index > 0 && isRelation(pieces[index - 1]));
    if (fresh) group.phrases.push([piece]);
    else group.phrases[group.phrases.length - 1].push(piece);
  }
  if (groups.some(({ phrases }) => phrases.length === 0)) {
    const said = text.slice(pieces[0].start, pieces[pieces.length - 1].end);
    throw new Unclear("bad-instruction", `I do not see what "${said}" is said of. Name the thing or the place.`);
  }
  return groups.map(({ relation, phrases }) => {
    const read = phrases.map((phrase) => readPhrase(phrase, text));
    return {
      role: pieces[0].role,
      relation,
      phrases: relation === "between" ? read.slice(0, 2) : read.slice(0, 1),
      start: read[0].start,
      end: read[read.length - 1].end,
    };
  });
}

/** A place that tells a thing apart, put to its expression. */
export function narrow(e: ReferringExpression, { relation, phrases }: Placing): ReferringExpression {
  const anchors = phrases.map(({ expression }) => expression);
  if (relation === "nearest-to" || relation === "farthest-from") {
    const extreme = relation === "nearest-to" ? "nearest" : "farthest";
    return { ...e, nearestTo: { extreme, anchor: anchors[0] } };
  }
  const clause: RelationClause = { relation: relation === undefined || relation === "to" ? "from" : relation, anchors };
  return { ...e, relations: [...e.relations, clause] };
}
