import type { LanguageCounts } from "./language.js";

/** The likeliest characters of these syllables, by how often one character follows another in commands. */
export function chineseWriter(counts: LanguageCounts): (syllables: readonly number[]) => string {
  const characters = Array.from(counts.characters);
  const bySyllable = new Map<number, number[]>();
  for (const [character, syllable] of counts.spoken.entries())
    bySyllable.set(syllable, [...(bySyllable.get(syllable) ?? []), character]);
  const size = characters.length + 1;
  const pairs = new Map<number, number>();
  const totals = new Float64Array(size);
  for (let row = 0; row + 3 <= counts.pairs.length; row += 3) {
    const [first, second, count] = counts.pairs.slice(row, row + 3);
    pairs.set((first + 1) * size + second, count);
    totals[first + 1] += count;
  }
  const all = counts.seen.reduce((sum, count) => sum + count, 0);
  const score = (last: number, character: number): number => {
    const alone = (counts.seen[character] + 0.5) / (all + size);
    return Math.log(((pairs.get((last + 1) * size + character) ?? 0) + 2 * alone) / (totals[last + 1] + 2));
  };

  return (syllables) => {
    let paths: { readonly character: number; readonly text: string; readonly score: number }[] = [
      { character: -1, text: "", score: 0 },
    ];
    for (const syllable of syllables) {
      const candidates = bySyllable.get(syllable) ?? [];
      paths = candidates.map((character) => {
        let best = { character, text: "", score: -Infinity };
        for (const path of paths) {
          const total = path.score + score(path.character, character);
          if (total > best.score) best = { character, text: path.text + characters[character], score: total };
        }
        return best;
      });
    }
    return paths.reduce((a, b) => (b.score > a.score ? b : a), { character: -1, text: "", score: -Infinity }).text;
  };
}
