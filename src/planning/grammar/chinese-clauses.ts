import type { Side, SpatialRelation, Verb } from "../lexicon/meaning.js";
import { ANYTHING, type ReferringExpression } from "../reference/referring-expression.js";
import { parseChinesePlace, startsPhrase } from "./chinese-phrase.js";
import {
  countsFromSide,
  parseDirection,
  parseDistance,
  parseList,
  parseSource,
  withSource,
} from "./chinese-objects.js";
import { Unreadable, type Cursor } from "./cursor.js";
import { contentsOf, putDown, SORTING_PLACES } from "./english-clauses.js";
import type { Clause, Place } from "../program/program.js";

const IT: ReferringExpression = { ...ANYTHING, text: "它", pronoun: true };

/** What may follow a verb without saying more: 起来, 出来, 去. */
const skipComplement = (cursor: Cursor): boolean => {
  const out = cursor.isParticle("out");
  cursor.skip("out", "up", "down", "at-zh");
  return out;
};

function parsePut(
  cursor: Cursor,
  nouns: readonly ReferringExpression[],
  relation?: Place["relation"],
): readonly Clause[] {
  const start = cursor.position;
  cursor.skip("at-zh");
  if (cursor.is("unknown")) throw cursor.refuse("a place");
  if (cursor.isParticle("by-color") && !cursor.isParticle("de", 1)) cursor.skip("by-color");
  if (!startsPhrase(cursor) && !cursor.is("localizer") && !cursor.isParticle("by-color")) {
    skipComplement(cursor);
    // 放进去: into what was named before
    const to = relation === undefined ? {} : { to: { text: "里面", relation, anchors: [IT] } };
    return nouns.map((what) => ({ do: "put", what, ...to }));
  }
  cursor.rewind(start);
  const side = parseDirection(cursor);
  if (side !== undefined) return nouns.map((what) => sideways(what, side));
  const to = parseChinesePlace(cursor, relation);
  skipComplement(cursor);
  if (cursor.sameColor)
    return nouns.map((what) => ({
      do: "sort",
      what: { ...what, quantifier: "all" },
      into: { ...to.anchors[0], colors: [] },
    }));
  return nouns.map((what) => ({ do: "put", what, to }));
}

function sideways(what: ReferringExpression, side: Side): Clause {
  const relations = { left: "left-of", right: "right-of", front: "front-of", back: "behind" } as const;
  const relation = relations[side as keyof typeof relations];
  return { do: "put", what, to: { text: `to the ${side}`, relation, anchors: [what], shift: true } };
}

function parsePush(cursor: Cursor, nouns: readonly ReferringExpression[], direction?: Side): readonly Clause[] {
  const [what] = nouns;
  if (what.kinds.includes("drawer")) {
    skipComplement(cursor);
    cursor.take("localizer");
    return nouns.map((noun) => ({ do: "close", what: noun }));
  }
  const before = parseDistance(cursor);
  const side = direction ?? parseDirection(cursor);
  const distanceM = before ?? parseDistance(cursor);
  const size = distanceM === undefined ? {} : { distanceM };
  if (side !== undefined) {
    skipComplement(cursor);
    return nouns.map((noun) => ({ do: "push", what: noun, side, ...size }));
  }
  const start = cursor.position;
  cursor.skip("at-zh");
  if (!startsPhrase(cursor))
    throw new Unreadable("bad-instruction", `Push "${what.text}" where? 往左, 往右, 往前, 往后 or 到 ...`);
  cursor.rewind(start);
  const place = parseChinesePlace(cursor);
  const to: Place = place.relation === "in" || place.relation === "on" ? { ...place, relation: "near" } : place;
  return nouns.map((noun) => ({ do: "push", what: noun, to, ...size }));
}

function parseSort(cursor: Cursor, nouns: readonly ReferringExpression[]): readonly Clause[] {
  const complement = cursor.position;
  cursor.skip("at-zh");
  let into = SORTING_PLACES;
  if (startsPhrase(cursor) || cursor.isParticle("by-color")) {
    cursor.rewind(complement);
    into = { ...parseChinesePlace(cursor).anchors[0], colors: [] };
  } else {
    cursor.rewind(complement);
  }
  if (!cursor.sameColor) throw new Unreadable("bad-instruction", "I can sort by colour only: say 按颜色.");
  return nouns.map((what) => ({ do: "sort", what: { ...what, quantifier: "all" }, into }));
}

function parseClear(cursor: Cursor, nouns: readonly ReferringExpression[]): readonly Clause[] {
  cursor.take("localizer");
  const start = cursor.position;
  cursor.skip("at-zh");
  const hasPlace = startsPhrase(cursor);
  cursor.rewind(start);
  const to = hasPlace ? { to: parseChinesePlace(cursor) } : {};
  return nouns.map((noun) => ({ do: "put", what: contentsOf(noun), ...to }));
}

interface Verbal {
  readonly verb: Verb;
  readonly out: boolean;
  readonly relation?: Place["relation"];
  readonly handOver: boolean;
  readonly direction?: Side;
}

/** What the verb does with its objects; the cursor stands behind verb and objects, whichever came first. */
function finish(cursor: Cursor, verbal: Verbal, nouns: readonly ReferringExpression[]): readonly Clause[] {
  switch (verbal.verb) {
    case "take":
    case "give": {
      const out =
        skipComplement(cursor) || verbal.out || nouns.some((n) => n.relations.some((r) => r.relation === "from"));
      const start = cursor.position;
      const give = cursor.take("verb");
      const handOver = verbal.handOver || verbal.verb === "give" || give?.verb === "give";
      if (give !== undefined && give.verb !== "give") cursor.rewind(start);
      return nouns.map((what) => ({ do: "take", what, handOver, out }));
    }
    case "put":
      return parsePut(cursor, nouns, verbal.relation);
    case "release":
      return nouns.map(putDown);
    case "open":
    case "close":
      skipComplement(cursor);
      return nouns.map((what) => ({ do: verbal.verb === "open" ? "open" : "close", what }));
    case "pull":
      if (nouns.some((noun) => noun.kinds.includes("drawer"))) {
        skipComplement(cursor);
        return nouns.map((what) => ({ do: "open", what }));
      }
      throw new Unreadable("bad-instruction", "I can pull drawers open; for other things say 拿 or 推.");
    case "push":
      return parsePush(cursor, nouns, verbal.direction);
    case "clear":
    case "empty":
      if (cursor.sameColor) return parseSort(cursor, nouns);
      return parseClear(cursor, nouns);
    case "sort":
      return parseSort(cursor, nouns);
    case "look":
    case "wait":
      throw cursor.refuse("a command");
  }
}

function parseWithoutObject(cursor: Cursor, verb: Verb, direction?: Side): readonly Clause[] | undefined {
  if (verb === "look") {
    const side = direction ?? parseDirection(cursor);
    if (side === "left" || side === "right") return [{ do: "look", at: side }];
    cursor.skip("at-zh");
    const localizer = cursor.take("localizer");
    if (localizer?.relation === "on") return [{ do: "look", at: "up" }];
    if (localizer?.relation === "under") return [{ do: "look", at: "down" }];
    if (side === "front") return [{ do: "look", at: "home" }];
    throw cursor.refuse("左, 右, 上 or 下");
  }
  if (verb === "wait") {
    const seconds = cursor.take("number")?.value;
    if (seconds === undefined || seconds > 60) throw cursor.refuse("a number of seconds up to 60");
    cursor.skip("second");
    return [{ do: "wait", seconds }];
  }
  if (verb === "release" && (cursor.done || cursor.isParticle("then"))) return [{ do: "release" }];
  return undefined;
}

const relationOf = (relation: SpatialRelation | undefined): Place["relation"] | undefined =>
  relation === "from" || relation === "under" ? undefined : relation;

/** The clauses of one Chinese command. Objects stand behind 把 or 将, behind the verb, or (as a topic) at the front. */
export function parseChineseClause(cursor: Cursor): readonly Clause[] {
  cursor.sameColor = false;
  let handOver = false;
  let source = parseSource(cursor);
  if (cursor.skip("by-color")) cursor.sameColor = true;
  const first = cursor.peek().meaning;
  if (
    first.type === "verb" &&
    first.verb === "give" &&
    (cursor.is("verb", 1) || cursor.isParticle("ba", 1) || cursor.isParticle("from-zh", 1))
  ) {
    cursor.next();
    handOver = true;
    source = [...source, ...parseSource(cursor)];
  }
  const sideFirst =
    cursor.is("localizer") && (["de", "count-from", "up"] as const).some((particle) => cursor.isParticle(particle, 1));
  const counted = countsFromSide(cursor);
  const topic = startsPhrase(cursor) || sideFirst || counted || cursor.is("all");
  const marked = cursor.skip("ba");
  let nouns = marked || topic ? parseList(cursor) : undefined;
  // "把杯子里的 ...": a place-word that is left over belongs to a source, as in "把桌上收拾干净".
  if (nouns !== undefined && cursor.is("localizer") && !cursor.is("localizer", 1)) cursor.next();
  if (cursor.skip("by-color")) cursor.sameColor = true;
  source = [...source, ...parseSource(cursor)];
  const direction = parseDirection(cursor);
  const verb = cursor.take("verb");
  if (verb === undefined) {
    if (cursor.is("unknown") && !cursor.done && nouns === undefined)
      throw new Unreadable("bad-instruction", `I do not know how to "${cursor.peek().text}".`, {
        word: cursor.peek().text,
      });
    throw cursor.refuse("a verb (拿, 放, 打开 ...)");
  }
  if (nouns === undefined) {
    const clauses = parseWithoutObject(cursor, verb.verb, direction);
    if (clauses !== undefined) return clauses;
    if (verb.verb === "sort" && cursor.done) throw cursor.refuse("what to sort");
    // "拿起杯子放到水槽里": the second verb takes what the first one named.
    const placeFollows =
      verb.relation !== undefined || /[到在进入上]$/u.test(cursor.peek(-1).text) || cursor.isParticle("at-zh");
    const implicit = verb.verb === "put" && placeFollows;
    cursor.skip("up", "out");
    nouns =
      implicit || (!startsPhrase(cursor) && (verb.verb === "give" || verb.verb === "put"))
        ? [IT]
        : parseObjectsAfterVerb(cursor);
    if (cursor.skip("by-color")) cursor.sameColor = true;
  }
  // "把苹果拿起来放进碗里", "把杯子拿给我"
  const verbal: Verbal = {
    verb: verb.verb,
    out: verb.out === true,
    relation: relationOf(verb.relation),
    handOver,
    ...(direction === undefined ? {} : { direction }),
  };
  return finish(cursor, verbal, withSource(nouns, source));
}

function parseObjectsAfterVerb(cursor: Cursor): readonly ReferringExpression[] {
  const topic =
    startsPhrase(cursor) ||
    cursor.is("localizer") ||
    cursor.is("all") ||
    cursor.isParticle("from-zh") ||
    cursor.is("verb");
  if (!topic) throw cursor.refuse("a thing");
  return parseList(cursor);
}
