import type { Speaker, NounWords } from "./phrases.js";
import { sayNoun } from "./phrases.js";
import { isClear, isHidden, type SeenThing } from "./seen-things.js";
import type { PointingTruth } from "./pointing-task.js";

/** Do the words fit the thing? Sizes are compared among things that the other words fit, so they are not asked here. */
export const fitsWords = ({ kind, color, state }: NounWords, thing: SeenThing): boolean =>
  thing.kind === kind &&
  (color === undefined || thing.color === color) &&
  (state === undefined || thing.state === state);

/**
 * The things in the picture that the words fit; undefined when one of them shows too little for people to agree that it is in
 * the picture. What is out of sight does not count.
 */
export function clearlyFitting(words: NounWords, things: readonly SeenThing[]): readonly SeenThing[] | undefined {
  const fitting = things.filter((thing) => fitsWords(words, thing) && !isHidden(thing));
  return fitting.every(isClear) ? fitting : undefined;
}

/** Fewest words that single the thing out: kind, kind and colour, or those and its size. Undefined when they do not. */
export function wordsFor(thing: SeenThing, things: readonly SeenThing[]): NounWords | undefined {
  const { kind, color, size, state } = thing;
  const choices: NounWords[] = [{ kind }];
  if (color !== undefined) choices.push({ kind, color });
  if (state !== undefined) choices.push({ kind, state });
  for (const words of choices) if (clearlyFitting(words, things)?.length === 1) return words;
  for (const words of choices) {
    const fitting = clearlyFitting(words, things);
    const others = fitting?.filter((other) => other !== thing) ?? [];
    const differ = others.length > 0 && others.every((other) => other.size !== undefined && other.size !== size);
    if (size !== undefined && differ) return { ...words, size };
  }
  return undefined;
}

/** The thing's words, with its colour now and then though it is not needed, as people do. */
export function describeThing(speaker: Speaker, thing: SeenThing, things: readonly SeenThing[]): string | undefined {
  const words = wordsFor(thing, things);
  if (words === undefined) return undefined;
  const chatty = thing.color !== undefined && speaker.random.chance(0.4);
  return sayNoun(speaker, chatty ? { ...words, color: thing.color } : words);
}

export const truthOf = ({ instances, kind, center }: SeenThing): PointingTruth => ({
  type: "thing",
  instances,
  // Places are too large for one right point in metres.
  ...(["drawer", "sink", "shelf", "zone"].includes(kind) ? {} : { positionInBase: center }),
});
