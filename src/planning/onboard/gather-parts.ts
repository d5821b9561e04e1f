import { LEXICON } from "../lexicon/lexicon.js";
import type { Side } from "../lexicon/meaning.js";
import type { WordPiece } from "../../ports/words-reader.js";
import { defaultRelation, type Place } from "../program/program.js";
import { ANYTHING, type ReferringExpression } from "../reference/referring-expression.js";
import { narrow, readNumber, readPhrase, readPlacings, type Placing } from "./read-phrases.js";
import { Unclear } from "./unclear.js";

/** One clause's pieces, gathered by what they are for. */
export interface Parts {
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
export const isVerb = ({ label }: WordPiece): boolean => label.startsWith("verb:");

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

/** A thing that is acted on, as far as it was read. */
interface ObjectPhrase {
  expression: ReferringExpression;
  placed: boolean;
  said: readonly WordPiece[];
  /** Without the places said behind it, and those. */
  bare?: ReferringExpression;
  behind?: readonly Placing[];
}

/** "Make sure the cup is behind the sink": nobody puts things nowhere, so the last place is where it goes. */
const isGoalLike = ({ relation }: Placing): boolean =>
  relation !== undefined && !["from", "under", "nearest-to", "farthest-from"].includes(relation);

/** What is asked for by a place, a person or a distance alone. */
function unsaidVerb(pieces: readonly WordPiece[]): string | undefined {
  if (pieces.some(({ role }) => role === "goal")) return "put";
  if (pieces.some(isMe)) return "give";
  if (pieces.some(({ label }) => label === "out" || label === "rel:from")) return "out";
  const isMoved = pieces.some(({ label }) => label.startsWith("way:"));
  return isMoved && pieces.some(({ label }) => label.startsWith("unit:")) ? "push" : undefined;
}

/** Gathers the pieces of one clause. `inherited`: the verb of the clause before, for one that has none. */
export function gather(pieces: readonly WordPiece[], text: string, inherited: string | undefined): Parts {
  const verbs = pieces.filter(({ label }) => label.startsWith("verb:")).map(({ label }) => label.slice(5));
  // "Mug into the sink", "the mug to me": nobody needs a verb for that.
  const unsaid = unsaidVerb(pieces);
  const spoken = verbs[0] ?? unsaid ?? inherited;
  if (spoken === undefined) throw new Unclear("bad-instruction", "I found nothing to do in that.");

  const objects: ObjectPhrase[] = [];
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
        // "in the bowl, behind the mug": tells the bowl apart; "in the bowl, on the shelf" might be two goals.
        const tells = ({ relation }: Placing): boolean => relation !== "in" && relation !== "on" && relation !== "to";
        const apart = more.every(tells) ? more : [];
        const phrases = first.phrases.map((p, i) =>
          i === 0 ? { ...p, expression: [...waiting, ...apart].reduce(narrow, p.expression) } : p,
        );
        waiting = [];
        goals = [...goals, { ...first, phrases, end: (apart.at(-1) ?? first).end }, ...(apart === more ? [] : more)];
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
          object.bare = object.expression;
          object.behind = placings;
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
  let named: readonly ReferringExpression[] = objects.map(({ expression, placed }) => {
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
  if (spoken === "put" && goals.length === 0 && named.length === 1) {
    const place = objects[0].behind?.at(-1);
    if (place !== undefined && isGoalLike(place)) {
      const { bare, behind = [] } = objects[0];
      goals = [place];
      named = [behind.slice(0, -1).reduce(narrow, bare ?? named[0])];
    }
  }
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
