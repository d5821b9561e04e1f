import { LEXICON } from "../lexicon/lexicon.js";
import type { Meaning } from "../lexicon/meaning.js";
import { KIND_NOUNS, GROUP_NOUNS, pluralOf, type NounGroup } from "../lexicon/nouns.js";
import type { Color, Kind } from "../../domain/vocabulary.js";
import { COLOR_WORDS } from "../lexicon/qualities.js";

export type Noun = Extract<Meaning, { type: "noun" }>;

const GROUP_NAMES = ["thing", "fruit", "dishes", "food", "container", "counter", "table"];
const HAN = /\p{Script=Han}/u;

export function groupOf(name: string): NounGroup | undefined {
  const index = GROUP_NAMES.indexOf(name);
  return index >= 0 ? GROUP_NOUNS[index] : KIND_NOUNS[name as Kind];
}

/** Edits (a swap of neighbours counts once) from `a` to `b`. */
function edits(a: string, b: string): number {
  const row = (i: number): number[] => Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : 0));
  const table = Array.from({ length: a.length + 1 }, (_, i) => row(i));
  for (let i = 1; i <= a.length; i++) {
    table[i][0] = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      table[i][j] = Math.min(table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) table[i][j] = Math.min(table[i][j], table[i - 2][j - 2] + 1);
    }
  }
  return table[a.length][b.length];
}

/** How many edits a misheard word may be away from the word it is taken for. */
const allowance = (form: string): number =>
  HAN.test(form) ? Math.floor(form.length / 2) : Math.floor(form.length / 3);

/**
 * A span that stands for a thing. The lexicon decides; a span that it does not have counts as misspelt or misheard only when
 * the reader's own guess has a word close to it, so that a "stapler" is never taken for the nearest thing that is known.
 */
export function readNoun(span: string, guess: string): Noun | undefined {
  const table = HAN.test(span) ? LEXICON.chinese : LEXICON.english;
  const known = table.meanings.get(span);
  if (known?.type === "noun") return known;
  const group = guess === "other" ? undefined : groupOf(guess);
  if (group === undefined) return undefined;
  const forms = HAN.test(span)
    ? group.chinese.map((form) => ({ form, plural: false }))
    : group.english.flatMap((form) => [
        { form, plural: false },
        { form: pluralOf(form), plural: group.surface === undefined },
      ]);
  const [best] = forms
    .map((candidate) => ({ ...candidate, distance: edits(span, candidate.form) }))
    .filter(({ form, distance }) => distance <= allowance(form))
    .sort((a, b) => a.distance - b.distance);
  if (best === undefined) return undefined;
  return { type: "noun", kinds: group.kinds, plural: best.plural, surface: group.surface };
}

/** Is the span a spelling of this colour, or near one? Otherwise the reader guessed, and "the whisk" would be a white thing. */
export function isNearColor(span: string, color: Color): boolean {
  if (HAN.test(span)) return true;
  return COLOR_WORDS[color][0].split(", ").some((form) => edits(span, form) <= Math.floor(form.length / 2));
}
