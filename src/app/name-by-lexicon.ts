import type { Attributes, Grounding, WordScores } from "../domain/detection.js";
import { attributesOf } from "../planning/reference/match-attributes.js";
import type { Grounder } from "../ports/grounder.js";

/**
 * A grounder that answers in phrases, with kind and colour read from its words: "red cup" is a mug. A phrase that the lexicon
 * does not know stays as it is, a label without attributes.
 */
export function nameByLexicon(grounder: Grounder): Grounder {
  return {
    name: grounder.name,
    ground: async (frame, options) => (await grounder.ground(frame, options)).map(named),
    close: () => grounder.close(),
  };
}

function named(grounding: Grounding): Grounding {
  if (grounding.attributes !== undefined) return grounding;
  const { kind, color } = attributesOf(grounding);
  if (kind.length === 0) return grounding;
  const attributes: Attributes = { kind: shared(kind), color: shared(color) };
  return { ...grounding, attributes };
}

/** A word for several kinds ("dishes") says no more than that it is one of them. */
const shared = (words: WordScores): WordScores => words.map(([word]) => [word, 1 / words.length]);
