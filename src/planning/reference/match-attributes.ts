import type { Detection, WordScores } from "../../domain/detection.js";
import type { HeldThing } from "../../domain/scene.js";
import { COLORS, KINDS, MOVABLE_KINDS, type Color, type DrawerState, type Kind } from "../../domain/vocabulary.js";
import { tokenize } from "../lexicon/tokenize.js";
import type { ReferringExpression } from "./referring-expression.js";

/** A thing below these probabilities of the said kind or colour is not what was said. */
export const MIN_KIND_PROBABILITY = 0.3;
export const MIN_COLOR_PROBABILITY = 0.2;
/** Another colour that is this sure contradicts the said one, whatever the said one's own probability. */
export const CONTRADICTING_COLOR_PROBABILITY = 0.75;
/** Colours that the light alone tells apart: white in the shade looks as gray does in the sun. */
const SHADES: readonly (readonly Color[])[] = [
  ["white", "gray"],
  ["gray", "black"],
];
/**
 * What the said colour needs where the thing looks like its neighbour among the shades: whoever speaks of a white mug knows of
 * one, so where none is plainly white, one that looks gray and may be white is meant.
 */
export const MIN_SHADE_PROBABILITY = 0.05;
/** A candidate scoring less than this share of the best one is no rival to it. */
export const RIVAL_SHARE = 0.5;

export const probabilityOf = (scores: WordScores | undefined, words: readonly string[]): number =>
  (scores ?? []).reduce((sum, [word, probability]) => (words.includes(word) ? sum + probability : sum), 0);

const best = (scores: WordScores | undefined): readonly [string, number] | undefined =>
  scores?.reduce((a, b) => (b[1] > a[1] ? b : a), scores[0]);

/** Kind and colour of a thing; without recognised attributes (open-vocabulary grounders, held things) read from its label. */
export function attributesOf(thing: Pick<HeldThing, "label" | "attributes">): NonNullable<Detection["attributes"]> {
  if (thing.attributes !== undefined && thing.attributes.kind.length > 0) return thing.attributes;
  const kind: [string, number][] = [];
  const color: [string, number][] = [];
  for (const { meaning } of tokenize(thing.label)) {
    if (meaning.type === "noun" && kind.length === 0) kind.push(...meaning.kinds.map((k): [string, number] => [k, 1]));
    if (meaning.type === "color") color.push([meaning.color, 1]);
  }
  return { kind, color, ...(thing.attributes?.state === undefined ? {} : { state: thing.attributes.state }) };
}

/** Most probable canonical kind, or undefined for a thing that has none of ours. */
export function kindOf(thing: Pick<HeldThing, "label" | "attributes">): Kind | undefined {
  const word = best(attributesOf(thing).kind)?.[0];
  return KINDS.find((kind) => kind === word);
}

export function colorOf(thing: Pick<HeldThing, "label" | "attributes">): Color | undefined {
  const word = best(attributesOf(thing).color)?.[0];
  return COLORS.find((color) => color === word);
}

/** The drawer's most probable state; undefined when perception does not say. */
export function stateOf(detection: Detection): DrawerState | undefined {
  const word = best(detection.attributes?.state)?.[0];
  return word === "open" || word === "ajar" || word === "closed" ? word : undefined;
}

/** Is it a thing to be picked up (in the widest sense: bowls included), as against a place? */
export function isMovable(thing: Pick<HeldThing, "label" | "attributes">): boolean {
  const kind = kindOf(thing);
  return kind !== undefined && MOVABLE_KINDS.includes(kind);
}

/** Joint probability that the thing has the said kind and colour; 0 = no match. */
export function attributeScore(
  expression: ReferringExpression,
  thing: Pick<HeldThing, "label" | "attributes">,
): number {
  const attributes = attributesOf(thing);
  // "Everything" and "the thing" mean what lies about, not the bowls that things are put into.
  const kinds = expression.kinds.length > 0 ? expression.kinds : MOVABLE_KINDS.filter((kind) => kind !== "bowl");
  const kind = probabilityOf(attributes.kind, kinds);
  if (kind < MIN_KIND_PROBABILITY) return 0;
  if (expression.colors.length === 0) return kind;

  const color = probabilityOf(attributes.color, expression.colors);
  const top = best(attributes.color);
  if (top === undefined) return 0;
  const isShade = SHADES.some(
    (pair) => pair.some((shade) => shade === top[0]) && expression.colors.some((said) => pair.includes(said)),
  );
  if (color < (isShade ? MIN_SHADE_PROBABILITY : MIN_COLOR_PROBABILITY)) return 0;
  const isSaid = expression.colors.some((said) => said === top[0]);
  const contradicted = !isSaid && !isShade && top[1] >= CONTRADICTING_COLOR_PROBABILITY;
  return contradicted ? 0 : kind * color;
}
