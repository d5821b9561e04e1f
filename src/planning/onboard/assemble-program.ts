import { fail, ok, type Result } from "../../domain/result.js";
import type { WordPiece } from "../../ports/words-reader.js";
import { Unreadable } from "../grammar/cursor.js";
import { contentsOf, putDown, SORTING_PLACES } from "../grammar/english-clauses.js";
import { linkProgram } from "../grammar/link-program.js";
import type { ParseFailure } from "../grammar/parse-instruction.js";
import { LEXICON } from "../lexicon/lexicon.js";
import type { Side } from "../lexicon/meaning.js";
import type { Condition } from "../program/condition.js";
import { defaultRelation, type Clause, type InstructionProgram, type Place } from "../program/program.js";
import { ANYTHING, type ReferringExpression } from "../reference/referring-expression.js";
import { hangOn, isElse, isIf, opposite, readConditionParts } from "./read-conditions.js";
import { narrow, readNumber, readPhrase, readPlacings, type Placing } from "./read-phrases.js";
import { Unclear } from "./unclear.js";

const STOP = /[.;!?。；！？]/u;
const IT: ReferringExpression = { ...ANYTHING, text: "it", pronoun: true };
const SHIFTS = { left: "left-of", right: "right-of", front: "front-of", back: "behind" } as const;

/** One clause's pieces, gathered by what they are for. */
interface Parts {
  readonly verb: string;
  readonly objects: readonly ReferringExpression[];
  readonly goal: Place | undefined;
  readonly way: Side | undefined;
  readonly look: string | undefined;
  readonly distanceM: number | undefined;
  readonly seconds: number | undefined;
  readonly out: boolean;
  readonly me: boolean;
  readonly byColor: boolean;
}

function placeOf({ relation, phrases }: Placing, text: string, start: number, end: number): Place {
  const anchors = phrases.map(({ expression }) => expression);
  const unsaid = anchors[0].pronoun === true ? "in" : defaultRelation(anchors[0]);
  const said = relation === undefined || relation === "to" ? unsaid : relation;
  if (said === "from" || said === "under" || said === "nearest-to" || said === "farthest-from")
    throw new Unclear(
      "bad-instruction",
      `I cannot put things "${text.slice(start, end)}". Say in, on, next to, left of ...`,
    );
  return { text: text.slice(start, end), relation: said, anchors };
}

const isMe = ({ label }: WordPiece): boolean => label === "me";
const isVerb = ({ label }: WordPiece): boolean => label.startsWith("verb:");

/** Neighbouring pieces with one role. A role of `none` does not part them: it is what was said in between. */
function runsOf(pieces: readonly WordPiece[]): readonly (readonly WordPiece[])[] {
  const runs: WordPiece[][] = [];
  for (const piece of pieces) {
    if (piece.role === "none") continue;
    const run = runs.at(-1);
    const parted =
      run === undefined || run[0].role !== piece.role || (piece.role === "object" && piece.begins !== "piece");
    if (parted) runs.push([piece]);
    else run.push(piece);
  }
  return runs;
}

/** "Get the cup" with no place to it is no "put", whatever it looked like among its neighbours. */
function verbAsSuch(pieces: readonly WordPiece[], text: string): string {
  const said = pieces.find(isVerb);
  const meaning = said === undefined ? undefined : LEXICON.english.meanings.get(text.slice(said.start, said.end));
  return meaning?.type === "verb" && (meaning.verb === "take" || meaning.verb === "give") ? meaning.verb : "put";
}

function gather(pieces: readonly WordPiece[], text: string, inherited: string | undefined): Parts {
  const verbs = pieces.filter(({ label }) => label.startsWith("verb:")).map(({ label }) => label.slice(5));
  // "Mug into the sink", "the mug to me": nobody needs a verb for that.
  const unsaid = pieces.some(({ role }) => role === "goal") ? "put" : pieces.some(isMe) ? "give" : undefined;
  const spoken = verbs[0] ?? unsaid ?? inherited;
  if (spoken === undefined) throw new Unclear("bad-instruction", "I found nothing to do in that.");

  const objects: { expression: ReferringExpression; placed: boolean; said: readonly WordPiece[] }[] = [];
  let goals: Placing[] = [];
  let waiting: Placing[] = [];
  let last: "object" | "goal" | undefined;
  let except: ReferringExpression | undefined;
  for (const run of runsOf(pieces)) {
    switch (run[0].role) {
      case "object": {
        const before = objects.at(-1);
        // "... the mug into the sink, no, the blue one": more of a thing that was named already.
        if (before !== undefined && run[0].begins === "piece") {
          const { relations, nearestTo } = before.expression;
          before.said = [...before.said, ...run];
          before.expression = { ...readPhrase(before.said, text).expression, relations, nearestTo };
          break;
        }
        const { expression } = readPhrase(run, text);
        objects.push({ expression: waiting.reduce(narrow, expression), placed: waiting.length > 0, said: run });
        waiting = [];
        last = "object";
        break;
      }
      case "goal": {
        const [first, ...more] = readPlacings(run, text);
        const phrases = first.phrases.map((p, i) =>
          i === 0 ? { ...p, expression: waiting.reduce(narrow, p.expression) } : p,
        );
        waiting = [];
        goals = [...goals, { ...first, phrases }, ...more];
        last = "goal";
        break;
      }
      case "before": {
        const placings = readPlacings(run, text);
        const object = objects.at(-1);
        if (last === "goal" && goals.length > 0) {
          const goal = goals[goals.length - 1];
          const [head, ...others] = goal.phrases;
          const phrases = [{ ...head, expression: placings.reduce(narrow, head.expression) }, ...others];
          goals[goals.length - 1] = { ...goal, phrases, end: placings[placings.length - 1].end };
        } else if (object !== undefined) {
          object.expression = placings.reduce(narrow, object.expression);
          object.placed = true;
        } else waiting = [...waiting, ...placings];
        break;
      }
      case "after":
        waiting = [...waiting, ...readPlacings(run, text)];
        break;
      case "except":
        except = readPhrase(run, text).expression;
        break;
      case "none":
        break;
    }
  }
  // "Take the bag, and from the drawer the mug": a place that nothing followed belongs to what was said before.
  const final = objects.at(-1);
  if (waiting.length > 0 && final !== undefined) final.expression = waiting.reduce(narrow, final.expression);
  else if (waiting.length > 0)
    objects.push({ expression: waiting.reduce(narrow, { ...ANYTHING, sameKind: true }), placed: true, said: [] });

  // "the apple and the lemon in the drawer": a place said once counts for the whole list.
  const edge = objects.length < 2 ? undefined : objects.filter(({ placed }) => placed);
  const shared =
    edge?.length === 1 && (edge[0] === objects[0]) === /\p{Script=Han}/u.test(text) ? edge[0].expression : undefined;
  const named = objects.map(({ expression, placed }) => {
    const placedToo = shared !== undefined && !placed ? { ...expression, relations: shared.relations } : expression;
    const left =
      except === undefined
        ? {}
        : { except, quantifier: placedToo.quantifier === "one" ? ("all" as const) : placedToo.quantifier };
    return { ...placedToo, ...left };
  });

  const has = (label: string): boolean => pieces.some((piece) => piece.label === label);
  const valueOf = (type: string): string | undefined =>
    pieces.find(({ label }) => label.startsWith(`${type}:`))?.label.slice(type.length + 1);
  const number = pieces.find(({ label, role }) => label === "number" && role === "none");
  const amount = number === undefined ? undefined : readNumber(text.slice(number.start, number.end));
  const unit = valueOf("unit");
  const [goal, ...otherGoals] = goals;
  const way = valueOf("way") as Side | undefined;
  const verb = spoken === "put" && goal === undefined && way === undefined ? verbAsSuch(pieces, text) : spoken;
  const verbKinds = new Set(verbs.filter((name) => name !== "take" && name !== "give"));
  if (otherGoals.length > 0 || verbKinds.size > 1)
    throw new Unclear("bad-instruction", "I read two things to do in one there. Say them one after the other.");
  return {
    verb,
    objects: named,
    goal: goal === undefined ? undefined : placeOf(goal, text, goal.start, goal.end),
    way,
    look: valueOf("look"),
    distanceM: amount === undefined || unit === undefined ? undefined : unit === "cm" ? amount / 100 : amount,
    seconds: amount,
    out: has("out") || has("verb:out"),
    me: has("me") || verb === "give" || verbs.includes("give"),
    byColor: has("by-color"),
  };
}

function putClause(what: ReferringExpression, { goal, way, byColor }: Parts): Clause {
  if (goal !== undefined && byColor)
    return { do: "sort", what: { ...what, quantifier: "all" }, into: { ...goal.anchors[0], colors: [] } };
  if (goal !== undefined) return { do: "put", what, to: goal };
  const relation = way === undefined ? undefined : SHIFTS[way as keyof typeof SHIFTS];
  if (relation === undefined) return { do: "put", what };
  return { do: "put", what, to: { text: `to the ${way}`, relation, anchors: [what], shift: true } };
}

function pushClause(what: ReferringExpression, { goal, way, distanceM }: Parts): Clause {
  if (what.kinds.includes("drawer")) return { do: "close", what };
  const size = distanceM === undefined ? {} : { distanceM };
  if (way !== undefined) return { do: "push", what, side: way, ...size };
  if (goal === undefined)
    throw new Unclear("bad-instruction", `Push "${what.text}" where? Say left, right, forward, back or to what.`);
  const relation = goal.relation === "in" || goal.relation === "on" ? "near" : goal.relation;
  return { do: "push", what, to: { ...goal, relation }, ...size };
}

const LOOKS = ["left", "right", "up", "down", "home"] as const;

function clausesOf(parts: Parts): readonly Clause[] {
  const { verb, goal } = parts;
  if (verb === "look") {
    const at = LOOKS.find((direction) => direction === parts.look);
    if (at === undefined) throw new Unclear("bad-instruction", "Look where? Say left, right, up or down.");
    return [{ do: "look", at }];
  }
  if (verb === "wait") {
    const { seconds } = parts;
    if (seconds === undefined || seconds > 60)
      throw new Unclear("bad-instruction", "Wait how long? Say a number of seconds up to 60.");
    return [{ do: "wait", seconds }];
  }
  if (verb === "release" && parts.objects.length === 0 && goal === undefined) return [{ do: "release" }];
  const objects = parts.objects.length === 0 ? [IT] : parts.objects;
  return objects.map((what): Clause => {
    switch (verb) {
      case "take":
      case "out":
      case "give": {
        if (goal !== undefined || parts.byColor) return putClause(what, parts);
        const out = parts.out || what.relations.some(({ relation }) => relation === "from");
        return { do: "take", what, handOver: parts.me, out };
      }
      case "put":
        return putClause(what, parts);
      case "release":
        return goal === undefined ? putDown(what) : putClause(what, parts);
      case "open":
      case "close":
        return { do: verb, what };
      case "push":
        return pushClause(what, parts);
      case "sort": {
        const into = goal === undefined ? SORTING_PLACES : { ...goal.anchors[0], colors: [] };
        return { do: "sort", what: { ...what, quantifier: "all" }, into };
      }
      case "clear": {
        if (parts.byColor)
          return { do: "sort", what: { ...what, quantifier: "all" }, into: goal?.anchors[0] ?? SORTING_PLACES };
        return { do: "put", what: contentsOf(what), ...(goal === undefined ? {} : { to: goal }) };
      }
      default:
        throw new Unclear("bad-instruction", `I do not know how to "${verb}".`);
    }
  });
}

/** Things, a place for them, and then a thing again: "put the mug in the sink and the apple in the drawer". */
const isNextThing = (piece: WordPiece, current: readonly WordPiece[]): boolean => {
  if (piece.role !== "object" || piece.begins === "piece") return false;
  const firstThing = current.findIndex(({ role }) => role === "object");
  return firstThing >= 0 && current.some(({ role }, at) => role === "goal" && at > firstThing);
};

/** "What you [put] is the mug, [put] it there" says one verb twice; any other is a new command. */
const isSecondVerb = ({ label }: WordPiece, current: readonly WordPiece[]): boolean =>
  current.some(isIf) || current.some((piece) => isVerb(piece) && piece.label !== label);

/** An English clause has one verb; a Chinese one may have two (给我拿) and says them late. */
function splitClauses(pieces: readonly WordPiece[], text: string): readonly (readonly WordPiece[])[] {
  const chinese = /\p{Script=Han}/u.test(text);
  const clauses: WordPiece[][] = [];
  for (const piece of pieces) {
    const current = clauses.at(-1);
    const unmarked =
      current !== undefined &&
      ((!chinese && isVerb(piece) && isSecondVerb(piece, current)) || isNextThing(piece, current));
    if (piece.begins === "clause" || current === undefined || unmarked) clauses.push([piece]);
    else current.push(piece);
  }
  return clauses;
}

const readCondition = (pieces: readonly WordPiece[], text: string): Condition =>
  readConditionParts(pieces, text, (rest) => gather(rest, text, "take").objects);

/** The program that the pieces of a prepared text say. Pure; names the word that no lexicon has, or what is missing. */
export function assembleProgram(text: string, pieces: readonly WordPiece[]): Result<InstructionProgram, ParseFailure> {
  try {
    let clauses: readonly Clause[] = [];
    let verb: string | undefined;
    let when: Condition | undefined;
    /** Where the last command began among the clauses, for a condition that is said behind it. */
    let latest = 0;
    let end = 0;
    let hangs = false;
    for (const clause of splitClauses(pieces, text)) {
      // A condition reaches as far as its sentence.
      if (hangs && STOP.test(text.slice(end, clause[0].start)) && !clause.some(isElse)) when = undefined;
      end = clause[clause.length - 1].end;
      const mark = clause.find(isIf);
      if (mark !== undefined) {
        const condition = readCondition(clause, text);
        hangs = false;
        when = mark.label === "if:next" ? condition : undefined;
        if (when === undefined) clauses = hangOn(clauses, latest, { ...condition, afterwards: true });
        continue;
      }
      if (clause.some(isElse)) when = opposite(when ?? clauses.at(-1)?.when);
      const parts = gather(clause, text, verb);
      verb = parts.verb;
      latest = clauses.length;
      hangs = true;
      const under = when;
      clauses = [...clauses, ...clausesOf(parts).map((read) => (under === undefined ? read : { ...read, when: under }))];
    }
    if (when !== undefined && !hangs) throw new Unclear("bad-instruction", `What shall I do if ${when.text}?`);
    if (clauses.length === 0) throw new Unclear("bad-instruction", "I found nothing to do in that.");
    return ok(linkProgram(clauses));
  } catch (error) {
    if (error instanceof Unclear || error instanceof Unreadable) return fail(error.code, error.message, error.details);
    throw error;
  }
}
