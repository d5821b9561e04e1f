import { tokenize } from "../planning/lexicon/tokenize.js";
import type { Token } from "../planning/lexicon/token.js";

/** What a word must follow for an unknown one to be the name of a thing rather than an unknown verb. */
const BEFORE_NAMES: readonly Token["meaning"]["type"][] = [
  "article",
  "color",
  "size",
  "number",
  "verb",
  "preposition",
  "to",
];
const ENGLISH = /^[a-z][a-z' -]*$/u;

/** "红色 的 杯子": what may stand between a quality and its noun. Sizes and states are judged in metres, not by the network. */
const isBetween = (meaning: Token["meaning"]): boolean =>
  meaning.type === "size" || meaning.type === "state" || (meaning.type === "particle" && meaning.particle === "de");

/**
 * The things that an instruction names, in English, for grounders that are asked by phrase: "把红色的杯子放进水槽" gives
 * "red mug" and "sink". Words that the lexicon does not know are kept where they must be names: "the hammer" gives "hammer".
 */
export function phrasesOf(instruction: string): readonly string[] {
  const phrases = new Set<string>();
  let words: string[] = [];
  let named = false;
  let before: Token["meaning"]["type"] | undefined;
  const finish = (): void => {
    if (named) phrases.add(words.join(" "));
    words = [];
    named = false;
  };
  for (const { text, meaning } of tokenize(instruction)) {
    const follows: boolean = named || (before !== undefined && BEFORE_NAMES.includes(before));
    before = meaning.type;
    if (meaning.type === "color") {
      if (named) finish();
      words.push(meaning.color);
    } else if (meaning.type === "noun") {
      const asWritten = ENGLISH.test(text) && !meaning.plural && meaning.kinds.length === 1;
      // The table itself and "everything" have no kinds: they are no things to look for.
      for (const kind of meaning.kinds) phrases.add([...words, asWritten ? text : kind].join(" "));
      named = false;
      finish();
    } else if (meaning.type === "unknown" && follows && ENGLISH.test(text)) {
      words.push(text);
      named = true;
    } else if (!isBetween(meaning)) finish();
  }
  finish();
  return [...phrases];
}
