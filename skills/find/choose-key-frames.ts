/** A picture's place in time, and what it looks like from afar. */
export interface Sketched {
  readonly timeMs: number;
  readonly sketch: readonly number[];
}

const distance = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, at) => sum + Math.abs(value - b[at]), 0) / Math.max(1, a.length);

/** Pictures nearer than this show the same. */
const SAME = 0.004;

/**
 * The pictures that stand for a whole recording: the first, then again and again the one that looks least like those chosen so far.
 * In order of time; fewer than `count` where there is less to see.
 */
export function chooseKeyFrames<T extends Sketched>(pictures: readonly T[], count: number): readonly T[] {
  if (pictures.length === 0 || count < 1) return [];
  const chosen = [pictures[0]];
  const nearest = pictures.map(({ sketch }) => distance(sketch, pictures[0].sketch));
  while (chosen.length < count) {
    const at = nearest.indexOf(Math.max(...nearest));
    if (nearest[at] <= SAME) break;
    chosen.push(pictures[at]);
    pictures.forEach(({ sketch }, i) => (nearest[i] = Math.min(nearest[i], distance(sketch, pictures[at].sketch))));
  }
  return chosen.sort((a, b) => a.timeMs - b.timeMs);
}
