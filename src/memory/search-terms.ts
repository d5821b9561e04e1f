import { tokenize } from "../planning/lexicon/tokenize.js";

const HAN = /^\p{Script=Han}/u;
/** Words of questions that say nothing about what is looked for. */
const EMPTY = new Set(
  "a an the my your our is are was were did do does i you we it last see seen saw find found show picture photo image of with and or there".split(
    " ",
  ),
);

/**
 * The words of a text as a full-text index holds them. Words of the lexicon become its canonical English ones, whichever language
 * they came in: "cup", "杯子" and "mug" are one term, "fruit" is three. Chinese words that it does not know become pairs of characters.
 */
export function searchTerms(text: string): readonly string[] {
  const terms = tokenize(text).flatMap(({ text: word, meaning }): readonly string[] => {
    if (meaning.type === "noun") {
      return meaning.kinds.length > 0 ? meaning.kinds : meaning.surface === undefined ? [] : [meaning.surface];
    }
    if (meaning.type === "color") return [meaning.color];
    if (meaning.type === "state") return [meaning.state];
    if (meaning.type === "side") return [meaning.side];
    if (meaning.type !== "unknown") return [];
    if (HAN.test(word)) return pairs(word);
    return EMPTY.has(word) || !/[\p{L}\p{N}]/u.test(word) ? [] : [word];
  });
  return [...new Set(terms)];
}

function pairs(word: string): readonly string[] {
  const characters = Array.from(word);
  return characters.length === 1 ? characters : characters.slice(1).map((next, at) => characters[at] + next);
}
