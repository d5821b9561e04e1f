import type { Random } from "../../src/domain/random.js";
import { CATALOGUE, type MovableKind } from "../scenes/catalogue.js";
import type { RequiredObject, SceneOptions } from "../scenes/scene-options.js";
import type { ObjectSpec, SceneSpec } from "../scenes/scene-spec.js";
import type { Goal, Language } from "./episode.js";
import type { Referring } from "./refer.js";

/** One kind of task: what the scene must have, and what is asked for in it. */
export interface Family {
  readonly group: string;
  readonly layout: SceneSpec["layout"];
  /** What the scene must contain for the task to make sense. */
  options(random: Random): SceneOptions;
  /** Words and goal for this scene; undefined when nothing in it can be named without doubt: another scene is drawn. */
  write(referring: Referring): { readonly instruction: string; readonly goal: Goal } | undefined;
}

/** Templates with `{slot}`s, several natural phrasings for each language. */
export type Phrasings = Readonly<Record<Language, readonly string[]>>;

/** One phrasing at random with its slots filled. Upper case and full stop come and go, as in typed commands. */
export function say(
  { language, random }: Pick<Referring, "language" | "random">,
  phrasings: Phrasings,
  slots: Readonly<Record<string, string>>,
): string {
  const sentence = random.pick(phrasings[language]).replace(/\{(\w+)\}/g, (_, slot: string) => {
    if (slots[slot] === undefined) throw new Error(`Phrasing has a slot "${slot}" that was not given.`);
    return slots[slot];
  });
  if (language === "zh") return random.chance(0.2) ? `${sentence}。` : sentence;
  const capital = random.chance(0.3) ? sentence[0].toUpperCase() + sentence.slice(1) : sentence;
  return random.chance(0.2) ? `${capital}.` : capital;
}

/** Things that stand free in view and can be taken by the hand. */
export const takeable = (scene: SceneSpec): ObjectSpec[] =>
  scene.objects.filter(
    (object) => object.kind !== "bowl" && !scene.drawers.some((drawer) => drawer.id === object.startsIn),
  );

/** Footprint: the larger of the two horizontal lengths. */
export const footprintM = (object: ObjectSpec): number => Math.max(object.sizeM[0], object.sizeM[1]);

/** A thing to require, in one of the colours that its kind comes in. */
export function drawThing(random: Random, kinds: readonly MovableKind[], startsIn?: string): RequiredObject {
  const kind = random.pick(kinds);
  return { kind, color: random.pick(CATALOGUE[kind].colors), startsIn };
}
