export interface Example {
  readonly features: readonly number[];
  readonly right: boolean;
}

/** Logistic regression: the bias, then a weight for each feature. A little ridge keeps clean data finite. */
export function fitConfidence(examples: readonly Example[], { steps = 4_000, ridge = 2e-3 } = {}): number[] {
  const count = examples[0]?.features.length ?? 0;
  const scales = Array.from({ length: count }, (_, i) =>
    Math.max(1e-3, Math.sqrt(examples.reduce((sum, { features }) => sum + features[i] ** 2, 0) / examples.length)),
  );
  const weights = Array.from({ length: count + 1 }, () => 0);
  for (let step = 0; step < steps; step++) {
    const slope = weights.map((weight, i) => (i === 0 ? 0 : ridge * weight));
    for (const { features, right } of examples) {
      const logit = weights[0] + features.reduce((sum, value, i) => sum + (weights[i + 1] * value) / scales[i], 0);
      const error = (1 / (1 + Math.exp(-logit)) - Number(right)) / examples.length;
      slope[0] += error;
      for (const [i, value] of features.entries()) slope[i + 1] += (error * value) / scales[i];
    }
    for (let i = 0; i <= count; i++) weights[i] -= 0.8 * slope[i];
  }
  return weights.map((weight, i) => Math.round((i === 0 ? weight : weight / scales[i - 1]) * 1e4) / 1e4);
}
