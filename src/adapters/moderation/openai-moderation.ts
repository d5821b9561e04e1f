import { z } from "zod";
import { ok } from "../../domain/result.js";
import { callWithRetries, leavesMachine, LinkFailure, openLink, type LinkOptions } from "../model-link/index.js";
import type { ModeratedContent, Moderator } from "./moderator.js";

const answerSchema = z.object({
  results: z
    .array(
      z.object({
        flagged: z.boolean(),
        categories: z.record(z.string(), z.boolean().nullable()),
        category_scores: z.record(z.string(), z.number().nullable()).optional(),
      }),
    )
    .min(1),
});

/** Words alone go as they are; a picture makes it a list of parts. */
function inputOf({ text = "", picture }: ModeratedContent): unknown {
  if (picture === undefined) return text;
  const url = `data:${picture.mediaType};base64,${Buffer.from(picture.data).toString("base64")}`;
  return [...(text.trim() === "" ? [] : [{ type: "text", text }]), { type: "image_url", image_url: { url } }];
}

/** `/v1/moderations`. */
export function createOpenAiModeration(options: LinkOptions): Moderator {
  const { baseUrl, model, apiKey } = options;
  const link = openLink("openai-moderation", options);
  const closed = new AbortController();

  const moderator: Moderator = {
    name: "openai-moderation",
    leavesMachine: leavesMachine(baseUrl),
    check: (text, callOptions) => moderator.judge({ text }, callOptions),
    async judge(content, { signal }) {
      const { text = "", picture } = content;
      if (text.trim() === "" && picture === undefined) return ok({ allowed: true, categories: [] });

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
            body: JSON.stringify({ model, input: inputOf(content) }),
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
      const scores: Record<string, number> = {};
      for (const verdict of verdicts) {
        for (const [category, score] of Object.entries(verdict.category_scores ?? {})) {
          if (score !== null) scores[category] = Math.max(scores[category] ?? 0, score);
        }
      }
      // A category without the flag is a contradiction, and a contradiction does not pass.
      const allowed = categories.length === 0 && verdicts.every(({ flagged }) => !flagged);
      return ok({ allowed, categories, ...(Object.keys(scores).length === 0 ? {} : { scores }) });
    },
    async close() {
      closed.abort();
    },
  };
  return moderator;
}
