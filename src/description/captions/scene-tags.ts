import type { KnownThing } from "../known-things.js";
import { nounOf, stateWord, type Language } from "../language.js";
import { plainName } from "../name-things.js";

export interface SceneTag {
  readonly tag: string;
  /** Probability, 0 to 1, that the tag is true of the picture. */
  readonly score: number;
}

/** A flat list: each kind, each kind with its colour, drawers with their state. Best first. */
export function sceneTags(things: readonly KnownThing[], language: Language): readonly SceneTag[] {
  const scores = new Map<string, number>();
  const add = (tag: string, score: number): void => void scores.set(tag, Math.max(score, scores.get(tag) ?? 0));
  for (const { kind, color, state, confidence, colorProbability = 1, stateProbability = 1 } of things) {
    add(nounOf(kind, language), confidence);
    if (color !== undefined) {
      add(plainName({ kind, color }, language), confidence * colorProbability);
    }
    if (state !== undefined) {
      const tag =
        language === "en"
          ? `${stateWord(state, "en")} ${nounOf(kind, "en")}`
          : `${stateWord(state, "zh")}${nounOf(kind, "zh")}`;
      add(tag, confidence * stateProbability);
    }
  }
  return [...scores]
    .map(([tag, score]) => ({ tag, score: Number(score.toFixed(3)) }))
    .sort((a, b) => b.score - a.score || a.tag.localeCompare(b.tag));
}
