import type { Detection } from "../../domain/detection.js";
import type { Scene } from "../../domain/scene.js";
import { MOVABLE_KINDS } from "../../domain/vocabulary.js";
import type { ReferringExpression } from "../../planning/reference/referring-expression.js";
import { candidates } from "../../planning/reference/resolve.js";
import { knownThings, type KnownThing } from "../known-things.js";
import type { Language } from "../language.js";

/** What earlier turns were about. */
export interface AnswerMemory {
  /** What "it" means, by detection id. */
  readonly about: readonly string[];
  /** What was asked about last, for "the blue one". */
  readonly what?: ReferringExpression;
}

/** A scene as answers are read off it: what is likely there, each thing with its likeliest words only. */
export interface SeenScene {
  readonly scene: Scene;
  /** From left to right. */
  readonly things: readonly KnownThing[];
  readonly language: Language;
  readonly memory: AnswerMemory;
}

export function seenScene(scene: Scene, language: Language, memory: AnswerMemory): SeenScene {
  const things = knownThings(scene).map((thing): KnownThing => ({ ...thing, detection: hardened(thing) }));
  return { scene: { ...scene, detections: things.map(({ detection }) => detection) }, things, language, memory };
}

/** Missions may take a thing for its second likeliest kind when nothing else fits; whoever answers a question must not. */
function hardened({ detection, kind, color, state }: KnownThing): Detection {
  return {
    ...detection,
    attributes: {
      kind: [[kind, 1]],
      color: color === undefined ? [] : [[color, 1]],
      ...(state === undefined ? {} : { state: [[state, 1]] }),
    },
  };
}

/** All things that fit the words, "it" and "the blue one" by what was spoken of before. From left to right. */
export function fitting(expression: ReferringExpression, seen: SeenScene): readonly KnownThing[] {
  const { scene, things, memory } = seen;
  if (expression.pronoun === true && expression.kinds.length === 0) {
    return things.filter(({ detection }) => memory.about.includes(detection.id));
  }
  const found = candidates(spelledOut(expression, seen), scene, {});
  return things.filter(({ detection }) => found.some(({ id }) => id === detection.id));
}

/** With the kind that "one" stands for, every one of them meant, and "it" in a place ("next to it") by its id. */
function spelledOut(expression: ReferringExpression, seen: SeenScene): ReferringExpression {
  const { memory } = seen;
  const kinds = expression.sameKind === true ? (memory.what?.kinds ?? []) : expression.kinds;
  // "Everything" in the planner's sense leaves bowls out; whoever asks what is there means them, too.
  const isAnything = kinds.length === 0 && expression.surface === undefined;
  return {
    ...expression,
    kinds: isAnything ? MOVABLE_KINDS : kinds,
    quantifier: "all",
    count: undefined,
    relations: expression.relations.filter(({ anchors }) => !anchors.some(({ pronoun }) => pronoun === true)),
  };
}

/** How sure all of them are together: the least sure decides. */
export const leastSure = (things: readonly KnownThing[]): number =>
  things.reduce((least, { confidence }) => Math.min(least, confidence), 1);

export const idsOf = (things: readonly KnownThing[]): readonly string[] => things.map(({ detection }) => detection.id);
