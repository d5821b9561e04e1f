import { ANYTHING, type ReferringExpression } from "../reference/referring-expression.js";
import type { Side, Verb } from "../lexicon/meaning.js";
import { Unreadable, type Cursor } from "./cursor.js";
import { attach, parseEnglishNoun, parseLoosePhrases, type LoosePhrase } from "./english-phrase.js";
import { defaultRelation, type Clause, type Place } from "../program/program.js";

const HOME_SIDES: Readonly<Partial<Record<Side, "left" | "right" | "up" | "down" | "home">>> = {
  left: "left",
  right: "right",
  top: "up",
  bottom: "down",
  front: "home",
  middle: "home",
};

export function placeOf(phrase: LoosePhrase): Place {
  const relation = phrase.relation === "to" ? defaultRelation(phrase.anchors[0]) : phrase.relation;
  if (relation === "from" || relation === "under")
    throw new Unreadable("bad-instruction", `I cannot put things "${phrase.text}". Say in, on, next to, left of ...`);
  return { text: phrase.text, relation, anchors: phrase.anchors };
}

/** Which of the places says where it goes: "into" and "to" do; else the last "in" or "on"; else the last one. */
function destinationIndex(phrases: readonly LoosePhrase[]): number {
  const goal = phrases.findIndex((phrase) => phrase.goal);
  if (goal >= 0) return goal;
  const inOrOn = phrases.findLastIndex(({ relation }) => relation === "in" || relation === "on");
  if (inOrOn >= 0) return inOrOn;
  return phrases.findLastIndex(({ relation }) => relation !== "from" && relation !== "under");
}

interface Objects {
  readonly nouns: readonly ReferringExpression[];
  readonly phrases: readonly LoosePhrase[];
}

/** "the apple, the lemon and the can" with the places after each; those after the last are the clause's. */
function parseObjects(cursor: Cursor): Objects {
  const nouns: ReferringExpression[] = [];
  for (;;) {
    const noun = parseEnglishNoun(cursor);
    cursor.skip("out", "up", "down", "back", "me");
    const phrases = parseLoosePhrases(cursor);
    cursor.skip("out", "up", "me");
    const start = cursor.position;
    const newStep = (): boolean =>
      cursor.is("verb") || (["then", "if", "else"] as const).some((word) => cursor.isParticle(word)) || cursor.done;
    const more = cursor.skip("comma", "and") && !newStep();
    if (!more || phrases.some((phrase) => phrase.goal)) {
      cursor.rewind(start);
      return { nouns: [...nouns, noun], phrases };
    }
    // After a place, "and the apple in the drawer" may be the next clause: the caller of `put` sorts that out.
    if (phrases.length > 0) {
      cursor.rewind(start);
      return { nouns: [...nouns, noun], phrases };
    }
    nouns.push(noun);
  }
}

function toPut({ nouns, phrases }: Objects, cursor: Cursor): readonly Clause[] {
  const index = destinationIndex(phrases);
  const side = cursor.take("side");
  if (index < 0) {
    const last = nouns[nouns.length - 1];
    const moved = side?.side ?? last.side;
    const relative =
      side !== undefined || (last.kinds.length > 0 && cursor.done && / to the (?:left|right)$/u.test(last.text));
    if (relative && (moved === "left" || moved === "right" || moved === "front" || moved === "back"))
      return nouns.map((noun) => shift({ ...noun, side: side === undefined ? undefined : noun.side }, moved));
    const under = phrases.find(({ relation }) => relation === "under");
    if (under !== undefined) placeOf(under);
    if (cursor.tokens.slice(0, cursor.position).at(-1)?.text === "down")
      return nouns.map((noun) => putDown(attach(noun, phrases)));
    return nouns.map((what) => ({ do: "put", what: attach(what, phrases) }));
  }
  const place = placeOf(phrases[index]);
  const anchors = place.anchors.map((anchor, i) =>
    i === place.anchors.length - 1 ? attach(anchor, phrases.slice(index + 1)) : anchor,
  );
  const before = phrases.slice(0, index);
  if (cursor.sameColor)
    return nouns.map((noun) => ({ do: "sort", what: attach(noun, before), into: { ...anchors[0], colors: [] } }));
  return nouns.map((noun) => ({ do: "put", what: attach(noun, before), to: { ...place, anchors } }));
}

/** "move the mug to the left": beside where it stands now. */
function shift(what: ReferringExpression, side: "left" | "right" | "front" | "back"): Clause {
  const text = what.text.replace(/ to the (?:left|right)$/u, "");
  const relation = ({ left: "left-of", right: "right-of", front: "front-of", back: "behind" } as const)[side];
  return { do: "put", what: { ...what, text }, to: { text: `to the ${side}`, relation, anchors: [what], shift: true } };
}

function parseDistance(cursor: Cursor): number | undefined {
  const start = cursor.position;
  const by = cursor.peek().meaning;
  if (by.type === "preposition" && by.relation === "near") cursor.next();
  const number = cursor.take("number");
  if (number !== undefined && cursor.skip("centimetre")) return number.value / 100;
  if (number !== undefined && cursor.skip("metre")) return number.value;
  cursor.rewind(start);
  return undefined;
}

function parsePush(cursor: Cursor): Clause {
  const noun = parseEnglishNoun(cursor);
  const sideInNoun = noun.kinds.includes("drawer") ? undefined : noun.side;
  if (noun.kinds.includes("drawer")) {
    cursor.skip("back", "shut");
    if (cursor.is("preposition")) cursor.next();
    // "push the drawer shut": the word is a verb elsewhere.
    const { meaning } = cursor.peek();
    if (meaning.type === "verb" && meaning.verb === "close" && !cursor.done) cursor.next();
    return { do: "close", what: noun };
  }
  const before = parseDistance(cursor);
  const back = cursor.skip("back");
  const side = cursor.take("side")?.side ?? (back ? "back" : sideInNoun);
  const distanceM = before ?? parseDistance(cursor);
  const towards = cursor.skip("towards");
  const phrases: readonly LoosePhrase[] = towards
    ? [{ relation: "near", goal: true, text: "towards", anchors: [parseEnglishNoun(cursor)] }]
    : parseLoosePhrases(cursor);
  // The side was read as "the mug on the left"; in a push it is the direction.
  const what = side !== undefined && noun.side === side ? { ...noun, side: undefined } : noun;
  const index = destinationIndex(phrases);
  const size = distanceM === undefined ? {} : { distanceM };
  if (index >= 0 && side === undefined)
    return { do: "push", what: attach(what, phrases.slice(0, index)), to: reached(phrases[index]), ...size };
  if (side === undefined)
    throw new Unreadable("bad-instruction", `Push "${noun.text}" where? Say left, right, forward, back or to what.`);
  return { do: "push", what: attach(what, phrases), side, ...size };
}

/** Pushing "to the sink" ends beside it: things are not pushed over a rim. */
function reached(phrase: LoosePhrase): Place {
  const place = placeOf(phrase);
  return phrase.relation === "to" ? { ...place, relation: "near" } : place;
}

function parseClear(cursor: Cursor): readonly Clause[] {
  const noun = parseEnglishNoun(cursor);
  const phrases = parseLoosePhrases(cursor);
  const index = destinationIndex(phrases);
  const to = index < 0 ? {} : { to: placeOf(phrases[index]) };
  return [{ do: "put", what: contentsOf(attach(noun, phrases.slice(0, Math.max(0, index)))), ...to }];
}

/** What is cleared when a place is named: everything in or on it. */
export function contentsOf(noun: ReferringExpression): ReferringExpression {
  const place =
    noun.surface !== undefined || noun.kinds.some((k) => ["drawer", "sink", "shelf", "zone", "bowl"].includes(k));
  if (!place) return { ...noun, quantifier: "all" };
  return {
    ...ANYTHING,
    text: `everything on the ${noun.text}`,
    quantifier: "all",
    relations: [{ relation: "from", anchors: [{ ...noun, quantifier: "one" }] }],
  };
}

function parseSort(cursor: Cursor): readonly Clause[] {
  const noun = parseEnglishNoun(cursor);
  const phrases = parseLoosePhrases(cursor);
  if (cursor.skip("by-color")) cursor.sameColor = true;
  const index = destinationIndex([...phrases]);
  const late = index < 0 ? parseLoosePhrases(cursor) : [];
  const into = phrases[index] ?? late[0];
  if (cursor.skip("by-color")) cursor.sameColor = true;
  if (!cursor.sameColor) throw new Unreadable("bad-instruction", 'I can sort by colour only: say "by colour".');
  const anchor: ReferringExpression = into?.anchors[0] ?? SORTING_PLACES;
  const before = index < 0 ? phrases : phrases.slice(0, index);
  return [{ do: "sort", what: { ...attach(noun, before), quantifier: "all" }, into: anchor }];
}

/** Where sorted things go unless it was said. */
export const SORTING_PLACES: ReferringExpression = {
  ...ANYTHING,
  text: "zone or bowl of its colour",
  kinds: ["zone", "bowl"],
  quantifier: "all",
};

function parseTake(cursor: Cursor, verb: Verb, wasOut: boolean): readonly Clause[] {
  let out = cursor.skip("out") || wasOut;
  cursor.skip("up", "me");
  const start = cursor.position;
  const objects = parseObjects(cursor);
  const used = cursor.tokens.slice(start, cursor.position);
  const says = (particle: "out" | "me"): boolean =>
    used.some(({ meaning }) => meaning.type === "particle" && meaning.particle === particle);
  out ||= says("out") || objects.phrases.some(({ relation }) => relation === "from");
  if (objects.phrases.some((phrase) => phrase.goal)) return toPut(objects, cursor);
  const handOver = verb === "give" || says("me");
  return objects.nouns.map((what) => ({ do: "take", what: attach(what, objects.phrases), handOver, out }));
}

function parseLook(cursor: Cursor): Clause {
  if (cursor.skip("up")) return { do: "look", at: "up" };
  if (cursor.skip("down")) return { do: "look", at: "down" };
  const side = cursor.take("side");
  const at = side === undefined ? undefined : HOME_SIDES[side.side];
  if (at === undefined) throw cursor.refuse("left, right, up or down");
  return { do: "look", at };
}

/** The clauses of one English command: several where a list was said. */
export function parseEnglishClause(cursor: Cursor, previous: Clause | undefined): readonly Clause[] {
  cursor.sameColor = false;
  const verb = cursor.take("verb");
  if (verb === undefined) {
    // "put the mug in the sink and the apple in the drawer"
    if (previous?.do === "put" && previous.to !== undefined && !cursor.is("unknown")) {
      const clauses = toPut(parseObjects(cursor), cursor);
      if (clauses.every((clause) => clause.do === "put" && clause.to !== undefined)) return clauses;
      throw new Unreadable("bad-instruction", "The last thing has no place to go: say where each thing goes.");
    }
    throw cursor.is("unknown") && !cursor.done
      ? new Unreadable("bad-instruction", `I do not know how to "${cursor.peek().text}".`, { word: cursor.peek().text })
      : cursor.refuse("a verb first (take, put, open ...)");
  }
  switch (verb.verb) {
    case "take":
    case "give":
      return parseTake(cursor, verb.verb, verb.out === true);
    case "put": {
      cursor.skip("back", "down");
      return toPut(parseObjects(cursor), cursor);
    }
    case "release": {
      if (cursor.done || cursor.isParticle("then") || cursor.isParticle("and")) return [{ do: "release" }];
      const objects = parseObjects(cursor);
      return objects.phrases.length > 0 ? toPut(objects, cursor) : objects.nouns.map(putDown);
    }
    case "open":
    case "close": {
      const { nouns, phrases } = parseObjects(cursor);
      return nouns.map((noun) => ({ do: verb.verb === "open" ? "open" : "close", what: attach(noun, phrases) }));
    }
    case "pull": {
      const start = cursor.position;
      cursor.skip("out");
      const noun = parseEnglishNoun(cursor);
      if (!noun.kinds.some((kind) => kind === "drawer" || kind === "handle")) {
        cursor.rewind(start);
        return parseTake(cursor, "take", true);
      }
      if (cursor.is("verb")) cursor.next(); // "pull the drawer open"
      cursor.skip("out");
      return [{ do: "open", what: noun }];
    }
    case "push":
      return [parsePush(cursor)];
    case "clear":
    case "empty":
      return parseClear(cursor);
    case "sort":
      return parseSort(cursor);
    case "look":
      return [parseLook(cursor)];
    case "wait": {
      const seconds = cursor.take("number")?.value;
      if (seconds === undefined || seconds > 60) throw cursor.refuse("a number of seconds up to 60");
      cursor.skip("second");
      return [{ do: "wait", seconds }];
    }
  }
}

/** "Put it down": on the counter, where there is room. */
export const putDown = (what: ReferringExpression): Clause => ({
  do: "put",
  what,
  to: { text: "on the counter", relation: "on", anchors: [{ ...ANYTHING, text: "counter", surface: "counter" }] },
});
