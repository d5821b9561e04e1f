/** Mean difference of two sketches below which pictures show the same thing at the same place. */
const SAME = 0.004;

export function sameLook(a: readonly number[], b: readonly number[]): boolean {
  return a.reduce((sum, value, at) => sum + Math.abs(value - (b[at] ?? 0)), 0) / Math.max(1, a.length) <= SAME;
}
