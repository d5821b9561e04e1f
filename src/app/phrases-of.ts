import { tokenize } from "../planning/lexicon/tokenize.js";
import type { Token } from "../planning/lexicon/token.js";

/** What a word must follow for an unknown one to be the name of a thing rather than an unknown verb. */
const BEFORE_NAMES: readonly Token["meaning"]["type"][] = ["article", "color", "size", "number", "verb", "preposition", "to"];
const ENGLISH = /^[a-z][a-z' -]*$/u;

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
    switch (meaning.type) {
      case "color":
        if (named) finish();
        words.push(meaning.color);
        continue;
      case "noun": {
        const [kind] = meaning.kinds;
        // The table itself and "everything" are no things to look for.
        if (kind !== undefined) {
          named = true;
          if (ENGLISH.test(text) && !meaning.plural && meaning.kinds.length === 1) words.push(text);
          else {
            const qualities = words;
            for (const each of meaning.kinds) phrases.add([...qualities, each].join(" "));
            named = false;
          }
        }
        finish();
        continue;
      }
      case "unknown":
        if (follows && ENGLISH.test(text)) {
          words.push(text);
          named = true;
          continue;
        }
        finish();
        continue;
      case "size":
      case "particle":
        // "红色 的 杯子": between a quality and its noun. Sizes are judged in metres, not by the network.
        if (meaning.type === "size" || meaning.particle === "de") continue;
        finish();
        continue;
      case "state":
        continue;
      default:
        finish();
    }
  }
  finish();
  return [...phrases];
}
