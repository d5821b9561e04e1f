import type { ModelCard } from "../../domain/model-card.js";
import type { EyesFigures, Figure } from "./eyes-figures.js";

/** Worse than the card by more than this is a failure: 2 points. */
export const TOLERANCE = 0.02;

export interface Comparison extends Figure {
  /** What the card says; undefined where it says nothing. */
  readonly card?: number;
  /**
   * How much worse it may be: 2 points, and one standard error for the borderline cases that the runtime's path and the bare
   * networks, which the card is about, decide differently; two when other pictures than the card's were looked at.
   */
  readonly allowed: number;
  readonly isWorse: boolean;
}

function numberAt(figures: unknown, path: readonly string[]): number | undefined {
  const value = path.reduce<unknown>(
    (at, key) => (typeof at === "object" && at !== null ? (at as Record<string, unknown>)[key] : undefined),
    figures,
  );
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** The measured figures beside the card's. */
export function compareWithCard({ pictures, figures }: EyesFigures, card: ModelCard): readonly Comparison[] {
  const samePictures = numberAt(card.figures, ["pictures"]) === pictures;
  return figures.map((figure) => {
    const said = numberAt(card.figures, figure.path.split("."));
    const allowed = TOLERANCE + (said === undefined ? 0 : (samePictures ? 1 : 2) * standardError(figure, said));
    const loss = said === undefined ? 0 : figure.lowerIsBetter ? figure.value - said : said - figure.value;
    return { ...figure, ...(said === undefined ? {} : { card: said }), allowed, isWorse: loss > allowed };
  });
}

/** Of a share. A depth error is a mean over thousands of pixels and hardly varies. */
const standardError = ({ count, lowerIsBetter }: Figure, share: number): number =>
  lowerIsBetter ? 0 : Math.sqrt((share * (1 - share) + 1 / count) / count);
