import { tokenize } from "../../../planning/lexicon/tokenize.js";

/** What words are about, whatever language they are in: kinds, colours, verbs, and unknown words as they are written. */
export function meaningsOf(text: string): readonly (readonly string[])[] {
  return tokenize(text.toLowerCase()).flatMap(({ text: word, meaning }): readonly (readonly string[])[] => {
    switch (meaning.type) {
      case "noun":
        return meaning.kinds.length === 0 ? [] : [meaning.kinds.map((kind) => `kind:${kind}`)];
      case "color":
        return [[`color:${meaning.color}`]];
      case "verb":
        return [[`verb:${meaning.verb}`]];
      case "unknown":
        return /[\p{L}\p{N}]/u.test(word) ? [[`word:${word}`]] : [];
      case "size":
      case "state":
      case "side":
      case "extreme":
      case "ordinal":
      case "number":
      case "all":
      case "article":
      case "pronoun":
      case "one":
      case "preposition":
      case "to":
      case "nearest-to":
      case "localizer":
      case "particle":
      case "filler":
        return [];
    }
  });
}

/** Whether everything that the wish is about is in the text. A wish about nothing fits nothing. */
export function isAbout(text: string, wish: string): boolean {
  const wanted = meaningsOf(wish);
  if (wanted.length === 0) return false;
  const found = new Set(meaningsOf(text).flat());
  return wanted.every((choices) => choices.some((choice) => found.has(choice)));
}
