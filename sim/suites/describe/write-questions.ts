import { COLORS, type Color } from "../../../src/domain/vocabulary.js";
import type { Random } from "../../../src/domain/random.js";
import { CATALOGUE, type MovableKind } from "../../scenes/catalogue.js";
import type { Language } from "../../tasks/episode.js";
import { fitsWords } from "../../tasks/pointing/describe.js";
import { sayNoun, type NounWords, type Speaker } from "../../tasks/pointing/phrases.js";
import { holds } from "../../tasks/pointing/relations.js";
import type { SeenThing } from "../../tasks/pointing/seen-things.js";
import type { Aspect } from "./describe-detail.js";
import { COLOR, COUNT, fillQuestion, LEFT_OR_RIGHT, PRESENCE, RELATION } from "./question-words.js";
import type { Visibility } from "./visibility.js";

/** A question whose answer is plain in the picture. */
export interface PictureQuestion {
  readonly aspect: Aspect;
  readonly language: Language;
  readonly text: string;
  /** Yes or no, how many, a colour's word, or `left-of` and `right-of`. */
  readonly truth: boolean | number | string;
}

/** A thing of the scene, and whether the picture shows it. */
export interface ShownThing extends SeenThing {
  readonly visibility: Visibility;
}

/** More than this many are not asked to be counted. */
const MOST_COUNTED = 5;
const KINDS = Object.keys(CATALOGUE) as MovableKind[];
const isKind = (kind: string): kind is MovableKind => Object.hasOwn(CATALOGUE, kind);
const PLACES = ["drawer", "sink", "shelf"];

/** All questions about one picture: presence twice (yes and no), count, colour and relation, each where one is plain, in one language. */
export function writeQuestions(
  things: readonly ShownThing[],
  { language, random, index }: { readonly language: Language; readonly random: Random; readonly index: number },
): readonly PictureQuestion[] {
  const speaker: Speaker = { language, random };
  const made = [
    present(things, speaker),
    absent(things, speaker),
    count(things, speaker),
    color(things, speaker),
    relation(things, speaker, index),
  ];
  return made.filter((question) => question !== undefined);
}

/** What the words fit; undefined where one of the fitting things is doubtful. Hidden ones do not count. */
function plainly(words: NounWords, things: readonly ShownThing[]): readonly ShownThing[] | undefined {
  const found = things.filter((thing) => fitsWords(words, thing) && thing.visibility !== "hidden");
  return found.every(({ visibility }) => visibility === "clear") ? found : undefined;
}

const movable = (things: readonly ShownThing[]): readonly ShownThing[] =>
  things.filter(({ kind, visibility }) => visibility === "clear" && !PLACES.includes(kind));

function question(aspect: Aspect, speaker: Speaker, text: string, truth: PictureQuestion["truth"]): PictureQuestion {
  return { aspect, language: speaker.language, text, truth };
}

function present(things: readonly ShownThing[], speaker: Speaker): PictureQuestion | undefined {
  const { random, language } = speaker;
  const [thing] = random.shuffle(movable(things));
  if (thing === undefined) return undefined;
  const words = random.chance(0.7) ? { kind: thing.kind, color: thing.color } : { kind: thing.kind };
  const text = fillQuestion(random.pick(PRESENCE[language]), { x: sayNoun(speaker, words) });
  return question("presence", speaker, text, true);
}

/** One word away from something that is there, or a kind of which there is none; nothing in the scene fits, seen or hidden. */
function absent(things: readonly ShownThing[], speaker: Speaker): PictureQuestion | undefined {
  const { random, language } = speaker;
  const colored = things.filter(({ kind }) => isKind(kind));
  const recolored = colored.flatMap(({ kind }) => COLORS.map((each: Color): NounWords => ({ kind, color: each })));
  const renamed = KINDS.map((kind): NounWords => ({ kind }));
  const choices = random.shuffle(random.chance(0.6) ? recolored : renamed);
  const words = choices.find((each) => !things.some((thing) => fitsWords(each, thing)));
  if (words === undefined) return undefined;
  const text = fillQuestion(random.pick(PRESENCE[language]), { x: sayNoun(speaker, words) });
  return question("presence", speaker, text, false);
}

function count(things: readonly ShownThing[], speaker: Speaker): PictureQuestion | undefined {
  const { random, language } = speaker;
  const shown = movable(things);
  const kinds = [...new Set(shown.map(({ kind }) => kind))].map((kind): NounWords => ({ kind }));
  const colored = shown.map(({ kind, color: each }): NounWords => ({ kind, color: each }));
  const choices = [...kinds, ...colored].flatMap((words) => {
    const found = plainly(words, things);
    return found === undefined || found.length === 0 || found.length > MOST_COUNTED ? [] : [{ words, found }];
  });
  const several = choices.filter(({ found }) => found.length > 1);
  // Most counts of a random thing would be one.
  const [chosen] = random.shuffle(several.length > 0 && random.chance(0.8) ? several : choices);
  if (chosen === undefined) return undefined;
  const text = fillQuestion(random.pick(COUNT[language]), { x: sayNoun(speaker, chosen.words) });
  return question("count", speaker, text, chosen.found.length);
}

function color(things: readonly ShownThing[], speaker: Speaker): PictureQuestion | undefined {
  const { random, language } = speaker;
  const single = movable(things).filter(({ kind }) => plainly({ kind }, things)?.length === 1);
  const [thing] = random.shuffle(single);
  if (thing?.color === undefined) return undefined;
  const text = fillQuestion(random.pick(COLOR[language]), { x: sayNoun(speaker, { kind: thing.kind }) });
  return question("color", speaker, text, thing.color);
}

const RELATIONS = ["left-of", "in", "right-of", "front-of", "on", "behind", "next-to"] as const;
type Relation = (typeof RELATIONS)[number];

const fitsAnchor = (relation: Relation, { kind, state }: ShownThing): boolean => {
  if (relation === "in") return kind === "sink" || (kind === "drawer" && state !== "closed");
  if (relation === "on") return kind === "shelf";
  return !PLACES.includes(kind);
};

/** Words that single the thing out in the picture. */
function wordsOf(thing: ShownThing, things: readonly ShownThing[]): NounWords | undefined {
  const { kind, color: own, state } = thing;
  const choices: NounWords[] = [{ kind }, { kind, color: own }, ...(state === undefined ? [] : [{ kind, state }])];
  return choices.find((words) => plainly(words, things)?.length === 1);
}

function relation(things: readonly ShownThing[], speaker: Speaker, index: number): PictureQuestion | undefined {
  const { random, language } = speaker;
  const wantsYes = random.chance(0.5);
  for (let turn = 0; turn < RELATIONS.length; turn++) {
    const said = RELATIONS[(index + turn) % RELATIONS.length];
    for (const thing of random.shuffle(movable(things))) {
      const x = wordsOf(thing, things);
      if (x === undefined) continue;
      for (const anchor of random.shuffle(things.filter(({ visibility }) => visibility === "clear"))) {
        if (anchor === thing || !fitsAnchor(said, anchor)) continue;
        const verdict = holds(said, thing, [anchor]);
        const y = wordsOf(anchor, things);
        if (y === undefined || verdict === "doubtful" || (verdict === "yes") !== wantsYes) continue;
        const slots = { x: sayNoun(speaker, x), y: sayNoun(speaker, y) };
        const sideways = said === "left-of" || said === "right-of";
        if (sideways && verdict === "yes" && random.chance(0.4)) {
          return question("relation", speaker, fillQuestion(random.pick(LEFT_OR_RIGHT[language]), slots), said);
        }
        const text = fillQuestion(random.pick(RELATION[language][said]), slots);
        return question("relation", speaker, text, wantsYes);
      }
    }
  }
  return undefined;
}
