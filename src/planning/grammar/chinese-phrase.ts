import type { Side } from "../lexicon/meaning.js";
import { ANYTHING, type ReferringExpression } from "../reference/referring-expression.js";
import { Unreadable, type Cursor } from "./cursor.js";
import type { Place } from "../program/program.js";
import { defaultRelation } from "../program/program.js";

/** Could a noun phrase begin here? */
export function startsPhrase(cursor: Cursor, ahead = 0): boolean {
  const { meaning } = cursor.peek(ahead);
  switch (meaning.type) {
    case "noun":
    case "color":
    case "size":
    case "state":
    case "extreme":
    case "ordinal":
    case "article":
    case "number":
    case "pronoun":
    case "nearest-to":
      return true;
    case "all":
      return cursor.is("noun", ahead + 1) || cursor.is("color", ahead + 1) || cursor.isParticle("de", ahead + 1);
    case "particle":
      return meaning.particle === "away-from" || meaning.particle === "except";
    case "filler":
    case "localizer":
    case "one":
    case "preposition":
    case "side":
    case "to":
    case "unknown":
    case "verb":
      return false;
  }
}

/** "从左边数第二个", "左起第二个": a count from a side. The cursor stands on the side word. */
function readCountedOrdinal(cursor: Cursor): ReferringExpression["ordinal"] {
  const start = cursor.position;
  cursor.skip("from-zh");
  const side = cursor.take("localizer")?.side;
  const counted = cursor.skip("count-from", "up");
  const ordinal = cursor.take("ordinal");
  if (side === undefined || ordinal === undefined) {
    cursor.rewind(start);
    return undefined;
  }
  if (!counted && start === cursor.position) return undefined;
  return { index: ordinal.index, from: side };
}

/** One modifier before the noun. Undefined when there is none. */
function readModifier(cursor: Cursor, e: ReferringExpression): ReferringExpression | undefined {
  const { meaning } = cursor.peek();
  switch (meaning.type) {
    case "article":
      cursor.next();
      return meaning.definite ? e : { ...e, quantifier: "any" };
    case "all":
      cursor.next();
      return { ...e, quantifier: "all" };
    case "number":
      cursor.next();
      cursor.skip("measure");
      return meaning.value === 1 ? { ...e, quantifier: "any" } : { ...e, quantifier: "all", count: meaning.value };
    case "color":
      cursor.next();
      cursor.skip("de");
      // "红色和绿色的积木"
      if (cursor.isParticle("and") && cursor.is("color", 1)) cursor.next();
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
    case "nearest-to": {
      cursor.next();
      // "最靠近碗的积木": the block that is nearest to the bowl, not what is nearest to the bowl's block.
      return { ...e, nearestTo: { extreme: meaning.extreme, anchor: parseChineseNoun(cursor, { owns: false }) } };
    }
    case "verb":
      if ((meaning.verb !== "open" && meaning.verb !== "close") || !cursor.isParticle("de", 1)) return undefined;
      cursor.next();
      return { ...e, state: meaning.verb === "open" ? "open" : "closed" };
    case "localizer": {
      const ordinal = readCountedOrdinal(cursor);
      if (ordinal !== undefined) return { ...e, ordinal };
      if (meaning.relation === "in" && cursor.isParticle("de", 1)) {
        // "里面的袋子": in what was named before
        cursor.next();
        const it: ReferringExpression = { ...ANYTHING, text: "它", pronoun: true };
        return { ...e, relations: [...e.relations, { relation: "in", anchors: [it] }] };
      }
      if (meaning.side === undefined) return undefined;
      cursor.next();
      return { ...e, side: meaning.side };
    }
    case "particle":
      return readParticleModifier(cursor, e);
    case "filler":
    case "noun":
    case "one":
    case "preposition":
    case "pronoun":
    case "to":
    case "unknown":
      return undefined;
  }
}

function readParticleModifier(cursor: Cursor, e: ReferringExpression): ReferringExpression | undefined {
  if (cursor.isParticle("from-zh")) {
    const ordinal = readCountedOrdinal(cursor);
    return ordinal === undefined ? undefined : { ...e, ordinal };
  }
  if (cursor.skip("de", "measure")) return e;
  if (cursor.skip("by-color")) {
    cursor.sameColor = true;
    return e;
  }
  if (cursor.skip("away-from")) {
    // 离水槽最近的, 离水槽左边的杯子最远的
    const anchor = parseChineseNoun(cursor);
    const extreme = cursor.take("extreme")?.extreme;
    if (extreme !== "nearest" && extreme !== "farthest") throw cursor.refuse("最近 or 最远");
    return { ...e, nearestTo: { extreme, anchor } };
  }
  if (cursor.skip("except")) {
    const except = parseChineseNoun(cursor);
    cursor.skip("except-end");
    return { ...e, quantifier: e.quantifier === "one" ? "all" : e.quantifier, except };
  }
  return undefined;
}

/** After a noun: is what follows its place-word a further noun that it places ("抽屉里的袋子"), or the end of a place? */
function modifiesNext(cursor: Cursor, ahead: number): boolean {
  if (cursor.isParticle("de", ahead)) {
    return (
      startsPhrase(cursor, ahead + 1) || cursor.is("localizer", ahead + 1) || cursor.isParticle("from-zh", ahead + 1)
    );
  }
  return startsPhrase(cursor, ahead) && !cursor.is("all", ahead) && !cursor.isParticle("except", ahead);
}

/** Adjectives and the noun itself. */
function parseSimple(cursor: Cursor, start: ReferringExpression): ReferringExpression {
  const pronoun = cursor.take("pronoun");
  if (pronoun !== undefined) return { ...start, text: "它", pronoun: true, quantifier: pronoun.plural ? "all" : "one" };
  const from = cursor.position;
  let e = start;
  for (let more = readModifier(cursor, e); more !== undefined; more = readModifier(cursor, e)) e = more;
  const noun = cursor.take("noun");
  if (noun === undefined) {
    if (cursor.is("unknown") && !cursor.done) throw cursor.refuse("a thing");
    if (cursor.position === from && e.relations.length === 0) throw cursor.refuse("a thing");
    return { ...e, sameKind: true };
  }
  const named = cursor.tokens.slice(from, cursor.position);
  const definite = named.some(({ meaning }) =>
    ["article", "number", "ordinal", "extreme", "side"].includes(meaning.type),
  );
  // "桌上的东西" is everything there; Chinese leaves the plural to be understood.
  const understood = noun.kinds.length === 0 && noun.surface === undefined && !definite && e.quantifier === "one";
  return {
    ...e,
    kinds: noun.kinds,
    ...(noun.surface === undefined ? {} : { surface: noun.surface }),
    quantifier: understood ? "all" : e.quantifier,
  };
}

const STANDING = /^(?:(?:摆|摆放|放|放置)?在)$/u;

/** "放在架子上的杯子", "在盒子左边的苹果": the words before the place say nothing more than the place does. */
function skipStanding(cursor: Cursor): void {
  const place = STANDING.test(cursor.peek().text) && (cursor.is("verb") || cursor.isParticle("at-zh"));
  if (place && startsPhrase(cursor, 1)) cursor.next();
}

/**
 * "抽屉里的绿色包装袋", "左边数第二个积木": a noun with everything that Chinese puts before it. `owns`: a 的 after the noun makes
 * it the place of a further one ("水槽的苹果"), as it does unless the caller has use for that 的.
 */
export function parseChineseNoun(cursor: Cursor, { owns = true } = {}): ReferringExpression {
  skipStanding(cursor);
  const start = cursor.position;
  let e = parseSimple(cursor, ANYTHING);
  for (;;) {
    const { meaning } = cursor.peek();
    if (meaning.type === "localizer" && meaning.relation !== "between" && modifiesNext(cursor, 1)) {
      cursor.next();
      cursor.skip("de");
      e = parseSimple(cursor, {
        ...ANYTHING,
        relations: [{ relation: meaning.relation, anchors: [named(e, cursor, start)] }],
      });
    } else if (cursor.isParticle("and")) {
      const pair = readBetween(cursor, e, start);
      if (pair === undefined) break;
      cursor.skip("de");
      e = parseSimple(cursor, { ...ANYTHING, relations: [{ relation: "between", anchors: pair }] });
    } else if (owns && cursor.isParticle("de") && modifiesNext(cursor, 0) && e.sameKind !== true) {
      // "抽屉的把手" is opened as the drawer is; "水槽的苹果" lies in it.
      cursor.next();
      const owner = e;
      e = parseSimple(cursor, {
        ...ANYTHING,
        relations: [{ relation: "from", anchors: [named(owner, cursor, start)] }],
      });
      if (e.kinds[0] === "handle") e = owner;
    } else if (cursor.is("noun") && e.kinds[0] === "drawer") {
      const next = cursor.peek().meaning;
      if (next.type !== "noun" || next.kinds[0] !== "handle") break;
      cursor.next();
    } else {
      break;
    }
  }
  return named(e, cursor, start);
}

const named = (e: ReferringExpression, cursor: Cursor, start: number): ReferringExpression => ({
  ...e,
  text: e.pronoun === true ? "它" : cursor.textFrom(start).replace(/的$/u, ""),
});

/** "杯子和罐头之间的 ...": only when a noun follows; else the words are left for the caller. */
function readBetween(
  cursor: Cursor,
  first: ReferringExpression,
  start: number,
): readonly ReferringExpression[] | undefined {
  const back = cursor.position;
  const firstNamed = named(first, cursor, start);
  cursor.skip("and");
  if (startsPhrase(cursor)) {
    const from = cursor.position;
    const second = named(parseSimple(cursor, ANYTHING), cursor, from);
    const { meaning } = cursor.peek();
    if (meaning.type === "localizer" && meaning.relation === "between" && modifiesNext(cursor, 1)) {
      cursor.next();
      return [firstNamed, second];
    }
  }
  cursor.rewind(back);
  return undefined;
}

/** A place to put things: "水槽里", "架子上", "杯子和罐头之间". `relation` is what the verb already said (放进 = in). */
export function parseChinesePlace(cursor: Cursor, relation?: Place["relation"]): Place {
  const start = cursor.position;
  cursor.skip("at-zh");
  const bareSide = cursor.peek().meaning;
  if (bareSide.type === "localizer" && bareSide.side !== undefined && !modifiesNext(cursor, 1)) {
    throw new Unreadable("bad-instruction", `"${cursor.peek().text}" of what? Say 水槽左边, 杯子旁边 ...`);
  }
  const first = parseChineseNoun(cursor);
  const anchors = [first];
  const afterFirst = cursor.position;
  if (cursor.skip("and") && startsPhrase(cursor)) {
    anchors.push(parseChineseNoun(cursor));
    const { meaning } = cursor.peek();
    if (meaning.type !== "localizer" || meaning.relation !== "between") {
      anchors.pop();
      cursor.rewind(afterFirst);
    }
  } else {
    cursor.rewind(afterFirst);
  }
  const localizer = cursor.take("localizer");
  cursor.skip("at-zh");
  const said = localizer?.relation ?? relation ?? defaultRelation(first);
  if (said === "from" || said === "under")
    throw new Unreadable(
      "bad-instruction",
      `I cannot put things "${cursor.textFrom(start)}". Say 里, 上, 旁边, 左边 ...`,
    );
  return { text: cursor.textFrom(start), relation: said, anchors };
}

export const SIDES_OF_RELATION: Readonly<Record<string, Side | undefined>> = {
  "left-of": "left",
  "right-of": "right",
  "front-of": "front",
  behind: "back",
};
