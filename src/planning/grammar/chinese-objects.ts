import type { Side, SpatialRelation } from "../lexicon/meaning.js";
import type { ReferringExpression } from "../reference/referring-expression.js";
import { parseChineseNoun, SIDES_OF_RELATION, startsPhrase } from "./chinese-phrase.js";
import type { Cursor } from "./cursor.js";

/** "从左边数第二个" counts; "从左边的抽屉里" does not. */
export const countsFromSide = (cursor: Cursor): boolean =>
  cursor.isParticle("from-zh") &&
  cursor.is("localizer", 1) &&
  (cursor.isParticle("count-from", 2) || cursor.isParticle("up", 2) || cursor.is("ordinal", 2));

/** "从抽屉里": where a thing is taken from. */
export function parseSource(cursor: Cursor): ReferringExpression["relations"] {
  if (!cursor.isParticle("from-zh") || countsFromSide(cursor)) return [];
  cursor.next();
  const anchor = parseChineseNoun(cursor);
  const localizer = cursor.take("localizer");
  const relation: SpatialRelation =
    localizer === undefined || localizer.relation === "in" || localizer.relation === "on" ? "from" : localizer.relation;
  return [{ relation, anchors: [anchor] }];
}

/** "苹果、香蕉和罐头(都)". */
export function parseList(cursor: Cursor): readonly ReferringExpression[] {
  const nouns = [parseChineseNoun(cursor)];
  for (;;) {
    const start = cursor.position;
    if (!cursor.skip("and", "comma") || !startsPhrase(cursor)) {
      cursor.rewind(start);
      break;
    }
    nouns.push(parseChineseNoun(cursor));
  }
  const all = cursor.take("all") !== undefined;
  // "抽屉里的苹果和柠檬": the place is said once for all of them.
  const shared = nouns[0].relations;
  for (let i = 1; i < nouns.length; i++)
    if (nouns[i].relations.length === 0) nouns[i] = { ...nouns[i], relations: shared };
  return all ? nouns.map((noun) => ({ ...noun, quantifier: nouns.length > 1 ? noun.quantifier : "all" })) : nouns;
}

export const withSource = (
  nouns: readonly ReferringExpression[],
  source: ReferringExpression["relations"],
): readonly ReferringExpression[] =>
  nouns.map((noun) => (source.length === 0 ? noun : { ...noun, relations: [...source, ...noun.relations] }));

/** A direction after 往, 向, 朝 or straight after the verb: "往左边", "左". */
export function parseDirection(cursor: Cursor): Side | undefined {
  const start = cursor.position;
  cursor.skip("at-zh");
  const localizer = cursor.take("localizer");
  const side = localizer === undefined ? undefined : SIDES_OF_RELATION[localizer.relation];
  if (side === undefined || startsPhrase(cursor) || cursor.isParticle("de")) {
    cursor.rewind(start);
    return undefined;
  }
  return side;
}

export function parseDistance(cursor: Cursor): number | undefined {
  const number = cursor.take("number");
  if (number === undefined) return undefined;
  if (cursor.skip("centimetre")) return number.value / 100;
  if (cursor.skip("metre")) return number.value;
  throw cursor.refuse("厘米 or 米");
}
