import type { SpatialRelation } from "../lexicon/meaning.js";
import { ANYTHING, type ReferringExpression, type RelationClause } from "../reference/referring-expression.js";
import type { Cursor } from "./cursor.js";

/** A prepositional phrase whose noun has not been attached to anything yet. */
export interface LoosePhrase {
  readonly relation: SpatialRelation | "to";
  /** "into" and "onto" always say where something goes. */
  readonly goal: boolean;
  readonly text: string;
  readonly anchors: readonly ReferringExpression[];
}

/** Adjectives, numbers and articles before the noun; undefined when the next token is none of them. */
function readModifier(cursor: Cursor, e: ReferringExpression): ReferringExpression | undefined {
  const { meaning } = cursor.peek();
  switch (meaning.type) {
    case "article":
      cursor.next();
      return meaning.definite || e.quantifier !== "one" ? e : { ...e, quantifier: "any" };
    case "all":
      if (meaning.alone) return undefined;
      cursor.next();
      return { ...e, quantifier: "all", count: meaning.count ?? e.count };
    case "number":
      cursor.next();
      return meaning.value === 1 ? { ...e, quantifier: "any" } : { ...e, quantifier: "all", count: meaning.value };
    case "color":
      cursor.next();
      // "the red or green apple", "the red and green blocks"
      if ((cursor.isParticle("and") || cursor.peek().text === "or") && cursor.is("color", 1)) cursor.next();
      return { ...e, colors: [...e.colors, meaning.color] };
    case "size":
      cursor.next();
      return { ...e, size: meaning.size };
    case "state":
      cursor.next();
      return { ...e, state: meaning.state };
    case "side":
      cursor.next();
      return { ...e, side: meaning.side };
    case "extreme":
      cursor.next();
      return { ...e, extreme: meaning.extreme };
    case "ordinal":
      cursor.next();
      return { ...e, ordinal: { index: meaning.index, from: "left" } };
    case "verb":
      // "the open drawer": a verb in the place of an adjective
      if ((meaning.verb !== "open" && meaning.verb !== "close") || !cursor.is("noun", 1)) return undefined;
      cursor.next();
      return { ...e, state: meaning.verb === "open" ? "open" : "closed" };
    case "filler":
    case "localizer":
    case "nearest-to":
    case "noun":
    case "one":
    case "particle":
    case "preposition":
    case "pronoun":
    case "to":
    case "unknown":
      return undefined;
  }
}

function readHead(cursor: Cursor, e: ReferringExpression, hasModifier: boolean): ReferringExpression {
  const noun = cursor.take("noun");
  if (noun !== undefined) {
    // "the drawer handle" and "the drawer" are opened alike.
    if (noun.kinds[0] === "drawer" && cursor.is("noun")) {
      const { meaning } = cursor.peek();
      if (meaning.type === "noun" && meaning.kinds[0] === "handle") cursor.next();
    }
    const plural = noun.plural && e.quantifier === "one" && e.ordinal === undefined && e.extreme === undefined;
    return {
      ...e,
      kinds: noun.kinds,
      ...(noun.surface === undefined ? {} : { surface: noun.surface }),
      quantifier: plural ? "all" : e.quantifier,
    };
  }
  const one = cursor.take("one");
  if (one !== undefined) return { ...e, sameKind: true, quantifier: one.plural ? "all" : e.quantifier };
  const all = cursor.take("all");
  if (all !== undefined) return { ...e, quantifier: "all" };
  if (!cursor.is("unknown") && hasModifier) return { ...e, sameKind: true };
  throw cursor.refuse("a thing");
}

/** What follows the noun without being a place: "on the left", "closest to the sink", "second from the left". */
function readPostModifiers(cursor: Cursor, start: ReferringExpression): ReferringExpression {
  let e = start;
  for (;;) {
    if (cursor.isParticle("that-is")) cursor.next();
    const { meaning } = cursor.peek();
    const fromSide =
      meaning.type === "preposition" && meaning.relation === "from" && cursor.is("article", 1) && cursor.is("side", 2);
    if (fromSide && e.ordinal !== undefined) {
      cursor.rewind(cursor.position + 2);
      const side = cursor.take("side");
      e = { ...e, ordinal: { ...e.ordinal, from: side?.side ?? "left" } };
    } else if (meaning.type === "side" && !cursor.is("noun", 1)) {
      cursor.next();
      e = { ...e, side: meaning.side };
    } else if (meaning.type === "nearest-to") {
      cursor.next();
      e = { ...e, nearestTo: { extreme: meaning.extreme, anchor: parseEnglishNoun(cursor) } };
    } else if (meaning.type === "extreme" && cursor.is("article", 1)) {
      cursor.next();
      e = {
        ...e,
        nearestTo: {
          extreme: meaning.extreme === "farthest" ? "farthest" : "nearest",
          anchor: parseEnglishNoun(cursor),
        },
      };
    } else if (meaning.type === "extreme" || meaning.type === "state") {
      cursor.next();
      e = meaning.type === "extreme" ? { ...e, extreme: meaning.extreme } : { ...e, state: meaning.state };
    } else if (cursor.isParticle("of") && e.kinds[0] === "handle") {
      cursor.next();
      e = parseEnglishNoun(cursor);
    } else if (cursor.isParticle("except")) {
      cursor.next();
      e = { ...e, quantifier: e.quantifier === "one" ? "all" : e.quantifier, except: parseEnglishNoun(cursor) };
    } else if (cursor.isParticle("by-color")) {
      cursor.next();
      cursor.sameColor = true;
    } else {
      return e;
    }
  }
}

/** "the second red block from the left", "it", "everything": a noun with all but its places. */
export function parseEnglishNoun(cursor: Cursor): ReferringExpression {
  const start = cursor.position;
  const pronoun = cursor.take("pronoun");
  if (pronoun !== undefined)
    return { ...ANYTHING, text: "it", pronoun: true, quantifier: pronoun.plural ? "all" : "one" };

  let e: ReferringExpression = ANYTHING;
  for (let more = readModifier(cursor, e); more !== undefined; more = readModifier(cursor, e)) e = more;
  e = readHead(cursor, e, cursor.position > start);
  e = readPostModifiers(cursor, e);
  return { ...e, text: cursor.textFrom(start).replace(/^(?:the|a|an|this|that|my) /u, "") };
}

const isPlaceLike = (e: ReferringExpression): boolean =>
  e.surface !== undefined || e.kinds.some((kind) => kind === "drawer" || kind === "sink" || kind === "shelf");

/** Places said after a noun. A place after a place belongs to the thing; after a movable thing, to that one. */
export function attach(e: ReferringExpression, phrases: readonly LoosePhrase[]): ReferringExpression {
  const relations: RelationClause[] = [...e.relations];
  for (const phrase of phrases) {
    const relation = phrase.relation === "to" ? "in" : phrase.relation;
    const last = relations.at(-1);
    const lastAnchor = last?.anchors.at(-1);
    if (last === undefined || lastAnchor === undefined || isPlaceLike(lastAnchor)) {
      relations.push({ relation, anchors: phrase.anchors });
    } else {
      const nested = { ...lastAnchor, relations: [...lastAnchor.relations, { relation, anchors: phrase.anchors }] };
      relations[relations.length - 1] = { ...last, anchors: [...last.anchors.slice(0, -1), nested] };
    }
  }
  const places = phrases.map((phrase) => ` ${phrase.text}`).join("");
  return { ...e, relations, text: e.text + places };
}

/** The places that follow a noun, as far as they go. */
export function parseLoosePhrases(cursor: Cursor): readonly LoosePhrase[] {
  const phrases: LoosePhrase[] = [];
  for (;;) {
    const start = cursor.position;
    cursor.skip("that-is");
    const { meaning } = cursor.peek();
    if (meaning.type !== "preposition" && meaning.type !== "to") {
      cursor.rewind(start);
      return phrases;
    }
    // "push the drawer in", "push it by 10 cm": not the start of a place
    if (
      cursor.peek(1).text === "" ||
      cursor.is("number", 1) ||
      (cursor.is("particle", 1) && !cursor.isParticle("that-is", 1))
    ) {
      cursor.rewind(start);
      return phrases;
    }
    cursor.next();
    const first = parseEnglishNoun(cursor);
    const anchors = [first];
    if (meaning.type === "preposition" && meaning.relation === "between") {
      if (cursor.skip("and")) anchors.push(parseEnglishNoun(cursor));
      else if (first.quantifier === "all") anchors.push(first);
      else throw cursor.refuse('"and" and a second thing after "between"');
    }
    phrases.push({
      relation: meaning.type === "to" ? "to" : meaning.relation,
      goal: meaning.type === "to" || meaning.goal,
      text: cursor.textFrom(start),
      anchors,
    });
  }
}

/** A noun with its places: what an answer or a label is read with. */
export const parseEnglishPhrase = (cursor: Cursor): ReferringExpression => {
  const noun = parseEnglishNoun(cursor);
  return attach(noun, parseLoosePhrases(cursor));
};
