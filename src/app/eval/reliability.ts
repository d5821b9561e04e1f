/** One prediction: how sure it was, 0 to 1, and whether it was right. */
export interface Prediction {
  readonly probability: number;
  readonly isRight: boolean;
}

/** Predictions of about one probability: what was said, and what came true. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Mean probability said; 0 for an empty bin. */
  readonly said: number;
  /** Share that was right; 0 for an empty bin. */
  readonly right: number;
}

export interface Reliability {
  readonly bins: readonly ReliabilityBin[];
  /** Expected calibration error: mean distance between what was said and what came true, by predictions. */
  readonly ece: number;
}

const BINS = 10;

/** Ten bins of equal width. A calibrated model is right in 80 % of what it says with 0.8. */
export function reliabilityOf(predictions: readonly Prediction[]): Reliability {
  const bins = Array.from({ length: BINS }, (_, i): ReliabilityBin => {
    const inside = predictions.filter(({ probability }) => Math.min(BINS - 1, Math.floor(probability * BINS)) === i);
    const mean = (valueOf: (p: Prediction) => number): number =>
      inside.length === 0 ? 0 : inside.reduce((sum, p) => sum + valueOf(p), 0) / inside.length;
    return {
      from: i / BINS,
      to: (i + 1) / BINS,
      count: inside.length,
      said: mean((p) => p.probability),
      right: mean((p) => Number(p.isRight)),
    };
  });
  const total = predictions.length;
  const ece = total === 0 ? 0 : bins.reduce((sum, b) => sum + (b.count / total) * Math.abs(b.said - b.right), 0);
  return { bins, ece };
}
