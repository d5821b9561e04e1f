/** As in Cormack, Clarke and Buettcher, "Reciprocal rank fusion outperforms Condorcet and individual rank learning methods" (SIGIR 2009). */
const K = 60;

export interface Ranking<Name extends string> {
  readonly name: Name;
  /** Ids, best first. */
  readonly ids: readonly string[];
}

export interface Fused<Name extends string> {
  readonly id: string;
  readonly score: number;
  readonly by: readonly Name[];
}

/** Several rankings as one: what is far up in many is far up. Scores of different measures need not be comparable for it. */
export function fuseRanks<Name extends string>(rankings: readonly Ranking<Name>[]): readonly Fused<Name>[] {
  const fused = new Map<string, { score: number; by: Name[] }>();
  for (const { name, ids } of rankings) {
    for (const [at, id] of ids.entries()) {
      const entry = fused.get(id) ?? { score: 0, by: [] };
      entry.score += 1 / (K + at + 1);
      entry.by.push(name);
      fused.set(id, entry);
    }
  }
  return [...fused.entries()]
    .map(([id, { score, by }]) => ({ id, score, by }))
    .sort((a, b) => b.score - a.score || b.id.localeCompare(a.id));
}
