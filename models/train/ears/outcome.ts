import type { Decoded } from "../../../src/adapters/ears/rank-paths.js";
import { editDistance, unitsOf, type Spoken } from "./measure.js";

/** What was made of one utterance. */
export interface Outcome {
  readonly spoken: Spoken;
  readonly text: string;
  readonly decoded: Decoded;
  /** Words of English, characters of Chinese: those wrong, missing or too many, and those said. */
  readonly errors: number;
  readonly units: number;
}

export function outcomeOf(spoken: Spoken, decoded: Decoded, text: string): Outcome {
  const [said, found] = [spoken.text, text].map((one) => unitsOf(one, spoken.language));
  return { spoken, text, decoded, errors: editDistance(said, found), units: said.length };
}

/** Words in any order. */
export const isSalad = ({ spoken }: { readonly spoken: Spoken }): boolean => spoken.kind === "salad";

export const rate = (outcomes: readonly Pick<Outcome, "errors" | "units">[]): number =>
  outcomes.reduce((sum, { errors }) => sum + errors, 0) / outcomes.reduce((sum, { units }) => sum + units, 0);

export const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;

export function summary(outcomes: readonly Outcome[]): Record<string, number> {
  if (outcomes.length === 0) return { utterances: 0 };
  return {
    utterances: outcomes.length,
    units: outcomes.reduce((sum, { units }) => sum + units, 0),
    errorRate: rounded(rate(outcomes)),
    allRight: rounded(outcomes.filter(({ errors }) => errors === 0).length / outcomes.length),
  };
}
