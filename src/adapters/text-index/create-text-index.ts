import { create, insert, remove, search } from "@orama/orama";
import type { TextIndex } from "../../ports/picture-memory.js";

/** Full text by Orama (BM25), in memory. Documents come as terms already: no stemming, no splitting, any language. */
export function createTextIndex(): TextIndex {
  const held = new Set<string>();
  const database = create({
    schema: { text: "string" },
    components: {
      tokenizer: {
        language: "english",
        normalizationCache: new Map(),
        tokenize: (raw: string) => raw.split("\n").filter((term) => term !== ""),
      },
    },
  });
  return {
    async hold(documents) {
      const wanted = new Set(documents.map(({ id }) => id));
      for (const id of held) {
        if (wanted.has(id)) continue;
        await remove(database, id);
        held.delete(id);
      }
      for (const { id, terms } of documents) {
        if (held.has(id)) continue;
        await insert(database, { id, text: terms.join("\n") });
        held.add(id);
      }
    },
    async search(terms) {
      if (terms.length === 0) return [];
      const { hits } = await search(database, {
        term: terms.join("\n"),
        properties: ["text"],
        // Without it "can" finds "candle".
        exact: true,
        limit: Math.max(1, held.size),
      });
      return hits.map(({ id, score }) => ({ id, score }));
    },
  };
}
