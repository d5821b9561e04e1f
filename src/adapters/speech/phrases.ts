import { splitText } from "../../domain/speech/split-text.js";

export { joinSounds } from "../../domain/speech/join-sounds.js";

/** Longer texts make synthesisers slow, and flite runs out of memory. */
const LONGEST = 300;

/** A text in pieces of at most 300 characters, cut behind sentences, else behind words. Empty for nothing to say. */
export const phrasesOf = (text: string): readonly string[] => splitText(text, { longest: LONGEST });
