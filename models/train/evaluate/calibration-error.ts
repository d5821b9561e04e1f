const BINS = 10;

/** Expected calibration error: how far, on average, what was said with a probability is from how often it was right. Ten bins of equal width. */
export function calibrationError(
  predictions: readonly { readonly probability: number; readonly isRight: boolean }[],
): number {
  const bins = Array.from({ length: BINS }, () => ({ said: 0, right: 0 }));
  for (const { probability, isRight } of predictions) {
    const bin = bins[Math.min(BINS - 1, Math.floor(probability * BINS))];
    bin.said += probability;
    bin.right += Number(isRight);
  }
  const gaps = bins.reduce((sum, { said, right }) => sum + Math.abs(said - right), 0);
  return predictions.length === 0 ? 0 : gaps / predictions.length;
}
