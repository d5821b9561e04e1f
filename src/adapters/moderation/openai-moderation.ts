import { z } from "zod";
import { ok } from "../../domain/result.js";
import { callWithRetries, leavesMachine, LinkFailure, openLink, type LinkOptions } from "../model-link/index.js";
import type { Moderator } from "./moderator.js";

const answerSchema = z.object({
  results: z.array(z.object({ flagged: z.boolean(), categories: z.record(z.string(), z.boolean().nullable()) })).min(1),
});

/** `/v1/moderations`. */
export function createOpenAiModeration(options: LinkOptions): Moderator {
  const { baseUrl, model, apiKey } = options;
  const link = openLink("openai-moderation", options);
  const closed = new AbortController();

  return {
    name: "openai-moderation",
    leavesMachine: leavesMachine(baseUrl),
    async check(text, { signal }) {
      if (text.trim() === "") return ok({ allowed: true, categories: [] });

      const result = await callWithRetries(
        async (context) => {
          context.count();
          const response = await link.fetch(`${baseUrl.replace(/\/+$/, "")}/moderations`, {
            method: "POST",
            headers: {
              "content-type": "application/json",
              ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
              ...options.headers,
            },
            body: JSON.stringify({ model, input: text }),
            signal: context.signal,
          });
          const answer = answerSchema.safeParse(await response.json());
          if (answer.success) return answer.data.results;
          throw new LinkFailure("bad-answer", `${link.server} answered with JSON that is no verdict. Check baseUrl.`);
        },
        { ...options, server: link.server, signal: AbortSignal.any([signal, closed.signal]) },
      );
      if (!result.ok) return result;

      const verdicts = result.value.value;
      const categories = verdicts.flatMap((verdict) =>
        Object.entries(verdict.categories).flatMap(([category, found]) => (found === true ? [category] : [])),
      );
      // A category without the flag is a contradiction, and a contradiction does not pass.
      return ok({ allowed: categories.length === 0 && verdicts.every(({ flagged }) => !flagged), categories });
    },
    async close() {
      closed.abort();
    },
  };
}
