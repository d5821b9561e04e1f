import type { Kind } from "../../domain/vocabulary.js";
import type { ReferringExpression } from "../reference/referring-expression.js";
import { nameOf } from "../program/labels.js";
import { Unreadable } from "./cursor.js";
import { isMetBy, type Condition } from "../program/condition.js";
import type { Clause, InstructionProgram, Place } from "../program/program.js";

const PLACES: readonly Kind[] = ["drawer", "sink", "shelf", "zone", "bowl", "box", "bag"];

/** What has been named so far, latest last. */
interface Named {
  readonly things: readonly ReferringExpression[];
  readonly places: readonly ReferringExpression[];
}

function mentioned(e: ReferringExpression): readonly ReferringExpression[] {
  return [...e.relations.flatMap(({ anchors }) => anchors.flatMap(mentioned)), ...(e.pronoun === true ? [] : [e])];
}

const isPlace = (e: ReferringExpression): boolean =>
  e.surface !== undefined || (e.kinds.length > 0 && e.kinds.every((kind) => PLACES.includes(kind)));

/** "it" becomes the words that it stands for; "the red one" gets its kind. */
function substitute(e: ReferringExpression, antecedents: readonly ReferringExpression[]): ReferringExpression {
  const last = antecedents.at(-1);
  if (last === undefined) return e;
  if (e.pronoun === true) return last;
  if (e.sameKind === true && e.kinds.length === 0) return { ...e, kinds: last.kinds };
  return e;
}

/** Pronouns inside a phrase: "the bag in it". */
const inner = (e: ReferringExpression, named: Named): ReferringExpression => ({
  ...e,
  relations: e.relations.map((clause) => ({
    ...clause,
    anchors: clause.anchors.map((anchor) => {
      const known = substitute(inner(anchor, named), named.places.length > 0 ? named.places : named.things);
      if (known.pronoun === true)
        throw new Unreadable("bad-instruction", `I do not know what "${anchor.text}" is in "${e.text}": name it.`);
      return known;
    }),
  })),
});

/** "Open the left drawer ... and close the drawer": a bare word takes up the one that was told apart before. */
function sameDrawer(e: ReferringExpression, drawers: readonly ReferringExpression[]): ReferringExpression {
  const bare = nameOf({ ...e, text: "" }) === "drawer" && e.quantifier === "one" && e.relations.length === 0;
  const last = drawers.at(-1);
  return bare && e.ordinal === undefined && e.nearestTo === undefined && last !== undefined ? last : e;
}

const substitutePlace = (place: Place, named: Named, what: ReferringExpression): Place => ({
  ...place,
  anchors: place.anchors.map((anchor) => {
    // "on top of the green one": of the kind of what is put there
    if (anchor.sameKind === true && anchor.kinds.length === 0) return substitute(anchor, [...named.things, what]);
    const others = named.places.filter((e) => e !== what);
    return substitute(inner(anchor, named), others.length > 0 ? others : named.things);
  }),
});

interface Linked {
  readonly clause: Clause;
  /** The object was "it": one action with the clause before, if that one took the thing. */
  readonly byPronoun: boolean;
}

function link(clause: Clause, named: Named): Linked {
  switch (clause.do) {
    case "take":
    case "sort":
      return {
        clause: { ...clause, what: substitute(inner(clause.what, named), named.things) },
        byPronoun: clause.what.pronoun === true,
      };
    case "put":
    case "push": {
      const what = substitute(inner(clause.what, named), named.things);
      const to = clause.to === undefined ? {} : { to: substitutePlace(clause.to, named, what) };
      return { clause: { ...clause, what, ...to }, byPronoun: clause.what.pronoun === true };
    }
    case "open":
    case "close": {
      const drawers = named.places.filter(({ kinds }) => kinds.includes("drawer"));
      const what = sameDrawer(substitute(clause.what, drawers), drawers);
      if (what.kinds.length > 0 && !what.kinds.some((kind) => kind === "drawer" || kind === "handle"))
        throw new Unreadable("bad-instruction", `I can ${clause.do} drawers; "${what.text}" is not one.`);
      return {
        clause: { ...clause, what: what.kinds[0] === "handle" ? { ...what, kinds: ["drawer"] } : what },
        byPronoun: false,
      };
    }
    case "release":
    case "look":
    case "wait":
      return { clause, byPronoun: false };
  }
}

function remember(named: Named, clause: Clause): Named {
  const expressions: ReferringExpression[] = [];
  if ("what" in clause) expressions.push(...mentioned(clause.what));
  if ("to" in clause && clause.to !== undefined) expressions.push(...clause.to.anchors.flatMap(mentioned));
  if (clause.do === "sort") expressions.push(clause.into);
  const things = "what" in clause && clause.do !== "open" && clause.do !== "close" ? [clause.what] : [];
  return {
    things: [...named.things, ...things],
    places: [...named.places, ...expressions.filter(isPlace)],
  };
}

/** "Take X and put it in Y" is one move; "clear the table: put everything in Y" is one tidying. */
function merge(previous: Clause | undefined, { clause, byPronoun }: Linked): Clause | undefined {
  if (previous === undefined || previous.when?.text !== clause.when?.text) return undefined;
  if (previous.do === "take" && byPronoun && !previous.handOver) {
    if (clause.do === "put") return { ...clause, what: previous.what };
    if (clause.do === "take") return { ...previous, handOver: previous.handOver || clause.handOver };
  }
  const undirected = previous.do === "put" && previous.to === undefined && previous.what.quantifier === "all";
  if (undirected && clause.do === "put" && clause.what.quantifier === "all") {
    return byPronoun ? { ...clause, what: previous.what } : clause;
  }
  return undefined;
}

function linkCondition(when: Condition, named: Named): Condition {
  const antecedents = when.states === undefined ? named.things : named.places;
  const what = substitute(inner(when.what, named), antecedents.length > 0 ? antecedents : named.places);
  if (what.pronoun === true)
    throw new Unreadable("bad-instruction", `I do not know what "${when.what.text}" is in "${when.text}": name it.`);
  return { ...when, what };
}

/** What the condition names, "it" may stand for afterwards. */
function rememberCondition(named: Named, { what, states }: Condition): Named {
  const things = states === undefined && !isPlace(what) ? [what] : [];
  return {
    things: [...named.things, ...things],
    places: [...named.places, ...mentioned(what).filter(isPlace)],
  };
}

/** Marks the conditions that their only clause meets by itself. */
const withoutImplied = (program: InstructionProgram): InstructionProgram =>
  program.map((clause, i) => {
    const { when } = clause;
    if (when === undefined || !isMetBy(when, clause)) return clause;
    const shared = [program[i - 1], program[i + 1]].some((other) => other?.when?.text === when.text);
    return shared ? clause : { ...clause, when: { ...when, implied: true } };
  });

/** Resolves pronouns between clauses and joins clauses that are one action. */
export function linkProgram(clauses: readonly Clause[]): InstructionProgram {
  let named: Named = { things: [], places: [] };
  const program: Clause[] = [];
  for (const raw of clauses) {
    let { when } = raw;
    const above = program.at(-1)?.when;
    if (when !== undefined && when.text === above?.text) when = { ...when, what: above.what };
    else if (when !== undefined && when.afterwards !== true) {
      when = linkCondition(when, named);
      named = rememberCondition(named, when);
    }
    const { clause, byPronoun } = link(raw, named);
    if (when?.afterwards === true && when.text !== above?.text) when = linkCondition(when, remember(named, clause));
    // "Take it if it is in the sink, and put it on the shelf"
    else if (when === undefined && byPronoun) when = above;
    const linked = { clause: when === undefined ? clause : { ...clause, when }, byPronoun };
    const merged = merge(program.at(-1), linked);
    if (merged !== undefined) program.pop();
    program.push(merged ?? linked.clause);
    named = remember(named, linked.clause);
  }
  return withoutImplied(program);
}
