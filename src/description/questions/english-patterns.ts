import type { DrawerState } from "../../domain/vocabulary.js";
import type { SpatialRelation } from "../../planning/lexicon/meaning.js";
import { otherwise, thing, type Pattern } from "./pattern.js";
import type { Comparison, Measure, Question } from "./question.js";
import { readColor } from "./read-thing.js";

/** Longest first, so that "to the left of" is not read as "of". */
const RELATION_WORDS: readonly (readonly [words: string, relation: SpatialRelation])[] = [
  ["to the left of|on the left(?: hand)?(?: side)? of|left of|to the left hand side of", "left-of"],
  ["to the right of|on the right(?: hand)?(?: side)? of|right of", "right-of"],
  ["in front of|before", "front-of"],
  ["behind|in back of", "behind"],
  ["next to|beside|near to|near|close to|by|alongside|adjacent to", "near"],
  ["inside of|inside|within|in", "in"],
  ["on top of|on", "on"],
  ["underneath|under|below|beneath", "under"],
];
const ANY_RELATION = RELATION_WORDS.map(([words]) => words).join("|");

function relationOf(words: string): SpatialRelation {
  const found = RELATION_WORDS.find(([forms]) => new RegExp(`^(?:${forms})$`, "u").test(words));
  if (found === undefined) throw otherwise();
  return found[1];
}

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  bigger: "biggest",
  larger: "biggest",
  smaller: "smallest",
  taller: "tallest",
  higher: "tallest",
  shorter: "shortest",
  closer: "nearest",
  nearer: "nearest",
  farther: "farthest",
  further: "farthest",
};
const COMPARISON = Object.keys(COMPARISONS).join("|");

const MEASURES: Readonly<Record<string, Measure>> = {
  tall: "height",
  high: "height",
  height: "height",
  wide: "width",
  width: "width",
  long: "length",
  length: "length",
};

const STATES: Readonly<Record<string, DrawerState>> = {
  open: "open",
  opened: "open",
  closed: "closed",
  shut: "closed",
  ajar: "ajar",
  "half open": "ajar",
  "half-open": "ajar",
  "partly open": "ajar",
};
const STATE = Object.keys(STATES).join("|");
const IS = "(?:is|are|'s|was|were)";

/** "the mug left of the sink": tried at every relation word, so that either side may hold one of its own. */
function splitAtRelation(text: string): Question {
  const words = new RegExp(`\\s(?:${ANY_RELATION})\\s`, "gu");
  for (const match of text.matchAll(words)) {
    const relation = relationOf(match[0].trim());
    try {
      const what = thing(text.slice(0, match.index));
      return { ask: "holds", what, relations: [relation], anchor: thing(text.slice(match.index + match[0].length)) };
    } catch {
      continue;
    }
  }
  throw otherwise();
}

function between(text: string): Pick<Question & { ask: "related" }, "what" | "other"> {
  const [a, b] = text.split(/ and /u);
  if (a === undefined || b === undefined) throw otherwise();
  return { what: thing(a), other: thing(b) };
}

function colored(what: string, ...words: readonly string[]): Question {
  const colors = words.filter((word) => word !== "").map(readColor);
  const known = colors.filter((color) => color !== undefined);
  if (known.length === 0 || known.length < colors.length) throw otherwise();
  return { ask: "is-color", what: thing(what), colors: known };
}

/** In the order in which they are tried: what is more particular comes first. Texts are lower case, without the question mark. */
export const ENGLISH_PATTERNS: readonly Pattern[] = [
  {
    form: /^(?:what (?:do|can) you see|what (?:is|are)(?: there)?|what(?: is|'s) (?:here|there|visible|going on)|what does (?:it|this|the (?:picture|image|photo|camera)) show|describe (?:it|this|what you see|the (?:picture|scene|image|photo))|what is in it|what (?:things|objects) (?:are there|do you see|can you see)|list (?:all )?(?:the )?(?:things|objects))$/u,
    build: () => ({ ask: "scene" }),
  },
  {
    form: /^(?:how many|count(?: all)?(?: the)?|what(?: is|'s) the number of|number of) (?:of (?:the|these|those) )?(.+?) (?:is|are) (\w+)$/u,
    build: (what, word) => {
      const color = readColor(word);
      if (color !== undefined) {
        const plain = thing(what);
        return { ask: "count", what: { ...plain, colors: [color], text: `${word} ${plain.text}` } };
      }
      const state = STATES[word];
      if (state === undefined) throw otherwise();
      return { ask: "count", what: { ...thing(what), state } };
    },
  },
  {
    form: /^(?:how many|count(?: all)?(?: the)?|what(?: is|'s) the number of|number of) (.+)$/u,
    build: (what) => ({
      ask: "count",
      what: thing(what.replace(/ (?:are|is) there\b| (?:do|can) you see\b/gu, "").replace(/ (?:are|is)$/u, "")),
    }),
  },
  {
    form: new RegExp(`^(?:what|which) colou?rs? ${IS} (.+)$`, "u"),
    build: (what) => ({ ask: "color", what: thing(what) }),
  },
  {
    form: /^(?:what|which) colou?rs? do(?:es)? (.+) have$/u,
    build: (what) => ({ ask: "color", what: thing(what) }),
  },
  {
    form: /^(?:what(?: is|'s|s| are)|tell|name|say) (?:me )?the colou?rs? of (.+)$/u,
    build: (what) => ({ ask: "color", what: thing(what) }),
  },
  {
    form: /^where(?:'s|s| is| are| can i find| do you see| can you see) (.+)$/u,
    build: (what) => ({ ask: "where", what: thing(what.replace(/ (?:located|placed|standing|lying)$/u, "")) }),
  },
  {
    form: /^(?:what(?: is|'s) the|tell me the) (?:position|location|place) of (.+)$/u,
    build: (what) => ({ ask: "where", what: thing(what) }),
  },
  {
    form: /^(?:how far(?: away)?|how close) (?:is|are) (.+?)(?: away)? (?:from|to) (?:you|the robot|the robot's base|the base|here|me|the camera)$/u,
    build: (what) => ({ ask: "distance", what: thing(what) }),
  },
  {
    form: /^(?:how far(?: away)?|how close) (?:is|are) (.+?)(?: away)? (?:from|to) (.+)$/u,
    build: (what, to) => ({ ask: "distance", what: thing(what), to: thing(to) }),
  },
  {
    form: /^how far apart are (.+) and (.+)$/u,
    build: (what, to) => ({ ask: "distance", what: thing(what), to: thing(to) }),
  },
  {
    form: /^how far(?: away)? (?:is|are) (.+?)(?: away)?$/u,
    build: (what) => ({ ask: "distance", what: thing(what) }),
  },
  {
    form: /^(?:what(?: is|'s) the|tell me the) distance (?:between|from) (.+) (?:and|to) (.+)$/u,
    build: (what, to) => ({ ask: "distance", what: thing(what), to: thing(to) }),
  },
  {
    form: /^(?:what(?: is|'s) the|tell me the) distance (?:to|of) (.+)$/u,
    build: (what) => ({ ask: "distance", what: thing(what) }),
  },
  {
    form: /^how (?:big|large|small|tall|high|wide|long|thick|deep) (?:is|are) (.+)$/u,
    build: (what) => ({ ask: "size", what: thing(what), measure: "size" }),
  },
  {
    form: /^(?:what(?: is|'s) the|tell me the) (size|height|width|length|dimensions) of (.+)$/u,
    build: (measure, what) => ({ ask: "size", what: thing(what), measure: MEASURES[measure] ?? "size" }),
  },
  {
    form: /^(?:what|which) size (?:is|are) (.+)$/u,
    build: (what) => ({ ask: "size", what: thing(what), measure: "size" }),
  },
  {
    form: new RegExp(`^${IS} (.+) (?:${STATE}) or (?:${STATE})$`, "u"),
    build: (what) => ({ ask: "state", what: thing(what) }),
  },
  {
    form: /^(?:what(?: is|'s) the state of (.+)|(?:what|which) state (?:is|are) (.+?)(?: in)?)$/u,
    build: (a, b) => ({ ask: "state", what: thing(a === "" ? b : a) }),
  },
  {
    form: new RegExp(`^${IS} (?!there )(.+) (${STATE})$`, "u"),
    build: (what, state) => ({ ask: "state", what: thing(what), said: STATES[state] ?? "open" }),
  },
  { form: new RegExp(`^${IS} (.+) empty$`, "u"), build: (what) => ({ ask: "empty", what: thing(what) }) },
  {
    form: new RegExp(
      `^${IS} (.+) (${COMPARISON})(?: away)?(?: to (?:you|the robot)| from (?:you|the robot))? than (.+)$`,
      "u",
    ),
    build: (what, by, to) => ({ ask: "compare", what: thing(what), to: thing(to), by: COMPARISONS[by] ?? "biggest" }),
  },
  {
    form: new RegExp(
      `^(?:which|what)(?: one| thing)? is (${COMPARISON})(?: away)?(?: to (?:you|the robot))?[,:]? (.+) or (.+)$`,
      "u",
    ),
    build: (by, what, to) => ({ ask: "which-of", what: thing(what), to: thing(to), by: COMPARISONS[by] ?? "biggest" }),
  },
  {
    form: /^(?:which|what) (?:of the )?(.+?) (?:is|are) (?:the )?((?:left|right|top|bottom)most|nearest|closest|farthest|furthest|biggest|largest|smallest|tallest|shortest|highest|lowest)(?: one)?(?: to (?:you|the robot))?$/u,
    build: (what, extreme) => ({ ask: "which", what: thing(`the ${extreme} ${singular(what)}`) }),
  },
  {
    form: /^what(?: is|'s| are)(?: there)? (?:in )?between (.+)$/u,
    build: (pair) => ({ ask: "related", relation: "between", ...between(pair) }),
  },
  {
    form: new RegExp(
      `^(?:what|which (?:things|objects|ones)|what (?:things|objects|else))(?: is| are|'s| do you see| can you see| lies| stands| sits)(?: there)? (${ANY_RELATION}) (.+)$`,
      "u",
    ),
    build: (relation, what) => ({ ask: "related", relation: relationOf(relation), what: thing(what) }),
  },
  {
    form: /^what (?:does|do) (.+) (?:contain|hold)$/u,
    build: (what) => ({ ask: "related", relation: "in", what: thing(what) }),
  },
  {
    form: new RegExp(`^(?:which|what) (.+?) (?:is|are|stands|lies) ((?:${ANY_RELATION}|between) .+)$`, "u"),
    build: (what, place) => ({ ask: "which", what: thing(`the ${what} ${place}`) }),
  },
  {
    form: /^(?:is|are) there (?:only |exactly |just )(?:one |a |an )?(.+)$/u,
    build: (words) => {
      const what = thing(words);
      return { ask: "presence", what: { ...what, count: what.count ?? 1 } };
    },
  },
  {
    form: new RegExp(`^(?:is|are) there (?:any |some |one |a |an )?(.+)$`, "u"),
    build: (what) => ({ ask: "presence", what: thing(what) }),
  },
  {
    form: /^(?:do you see|can you see|can you find|do you find|does (?:it|this|the (?:picture|image|photo|scene)) (?:contain|show|have)|do you have|have you got) (?:any |some |a |an )?(.+)$/u,
    build: (what) => ({ ask: "presence", what: thing(what) }),
  },
  { form: /^any (.+)$/u, build: (what) => ({ ask: "presence", what: thing(what) }) },
  {
    form: new RegExp(`^${IS} (.+) (?:here|there|visible|present|in view|in sight|shown)$`, "u"),
    build: (what) => ({ ask: "presence", what: thing(what) }),
  },
  {
    form: new RegExp(
      `^${IS} (.+) (?:to|on) the (left|right) or (?:to |on )?(?:the )?(?:left|right)(?: side)? of (.+)$`,
      "u",
    ),
    build: (what, _side, anchor) => ({
      ask: "holds",
      what: thing(what),
      relations: ["left-of", "right-of"],
      anchor: thing(anchor),
    }),
  },
  {
    form: new RegExp(`^${IS} (.+) left or right of (.+)$`, "u"),
    build: (what, anchor) => ({
      ask: "holds",
      what: thing(what),
      relations: ["left-of", "right-of"],
      anchor: thing(anchor),
    }),
  },
  {
    form: new RegExp(`^${IS} (.+) (?:in front of or behind|behind or in front of) (.+)$`, "u"),
    build: (what, anchor) => ({
      ask: "holds",
      what: thing(what),
      relations: ["front-of", "behind"],
      anchor: thing(anchor),
    }),
  },
  {
    form: new RegExp(`^${IS} (.+) (?:in )?between (.+) and (.+)$`, "u"),
    build: (what, a, b) => ({
      ask: "holds",
      what: thing(what),
      relations: ["between"],
      anchor: thing(a),
      other: thing(b),
    }),
  },
  { form: new RegExp(`^${IS} (.+)$`, "u"), build: splitAtRelation },
  { form: new RegExp(`^${IS} (.+) (\\w+) or (\\w+)$`, "u"), build: colored },
  { form: new RegExp(`^${IS} (.+) (\\w+)$`, "u"), build: colored },
  {
    form: new RegExp(`^${IS} (.+?) (?:a |an )(.+)$`, "u"),
    build: (what, kind) => {
      const { kinds, colors } = thing(kind);
      if (kinds.length === 0 || colors.length > 0) throw otherwise();
      return { ask: "is-kind", what: thing(what), kinds };
    },
  },
  {
    form: /^(?:what(?: is|'s| are)|which (?:is|one is|are)|tell me(?: about)?|who is) (.+)$/u,
    build: (what) => ({ ask: "which", what: thing(what) }),
  },
  { form: /^which (.+)$/u, build: (what) => ({ ask: "which", what: thing(`the ${what}`) }) },
];

const singular = (noun: string): string => noun.replace(/^(?:of )?the /u, "");
