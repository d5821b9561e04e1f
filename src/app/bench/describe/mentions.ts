import { COLORS, KINDS, type Color, type Kind } from "../../../domain/vocabulary.js";
import { tokenize } from "../../../planning/lexicon/tokenize.js";

/** A kind, with the colour that is said of it. */
export interface Mention {
  readonly kind: Kind;
  readonly color?: Color;
}

/**
 * What a text names, read off its words alone: "a red and a blue mug" and "three blocks (two red and one green)" are two mentions
 * each with a colour; colours in brackets belong to the noun before them.
 */
export function mentionsIn(text: string): readonly Mention[] {
  const mentions: Mention[] = [];
  let last: Kind | undefined;
  // "... (two red and one blue) ...": every other part stands in brackets.
  for (const [index, part] of text.split(/[()（）]/u).entries()) {
    let colors: Color[] = [];
    for (const { meaning } of tokenize(part)) {
      if (meaning.type === "color") {
        const color = COLORS.find((each) => each === meaning.color);
        if (color === undefined) continue;
        if (index % 2 === 1 && last !== undefined) mentions.push({ kind: last, color });
        else colors.push(color);
      }
      if (meaning.type !== "noun" || meaning.kinds.length !== 1) continue;
      const kind = KINDS.find((each) => each === meaning.kinds[0]);
      if (kind === undefined) continue;
      last = kind;
      if (colors.length === 0) mentions.push({ kind });
      mentions.push(...colors.map((color): Mention => ({ kind, color })));
      colors = [];
    }
  }
  return mentions;
}
