import { fail, ok, type Result } from "../../domain/result.js";
import type { ModelClient, ModelFailure, ModelReply } from "../../ports/model-client.js";
import type { ModerationVerdict, Moderator } from "./moderator.js";

/** Llama Guard 3. The 1B and 11B models know no S14. */
const CATEGORIES: Readonly<Record<string, string>> = {
  S1: "violent crimes",
  S2: "non-violent crimes",
  S3: "sex-related crimes",
  S4: "child sexual exploitation",
  S5: "defamation",
  S6: "specialized advice",
  S7: "privacy",
  S8: "intellectual property",
  S9: "indiscriminate weapons",
  S10: "hate",
  S11: "suicide and self-harm",
  S12: "sexual content",
  S13: "elections",
  S14: "code interpreter abuse",
};

/** "unsafe" and a line of codes needs about ten tokens for each. */
const MAX_OUTPUT_TOKENS = 100;

/** Llama Guard behind any chat server. The server's chat template holds the policy, so only the text is sent. */
export function createLlamaGuard(client: ModelClient): Moderator {
  const judge: Moderator["judge"] = async ({ text = "", picture }, { signal }) => {
    if (text.trim() === "" && picture === undefined) return ok({ allowed: true, categories: [] });
    if (picture !== undefined && client.name === "ollama") {
      return fail(
        "unsupported",
        "The Llama Guards of Ollama read text only. For pictures, serve Llama Guard 3 11B Vision with vLLM and set server to openai-compatible.",
      );
    }
    // A picture without words is judged as the answer to this one; the template has no place for a picture alone.
    const words = text.trim() === "" ? "What does this picture show?" : text;
    const turns = [{ role: "user", text: words, ...(picture === undefined ? {} : { images: [picture] }) }] as const;
    const request = { system: "", turns, maxOutputTokens: MAX_OUTPUT_TOKENS, temperature: 0 };
    const reply = await client.complete(request, { signal });
    return reply.ok ? readVerdict(reply.value) : reply;
  };
  return {
    name: "llama-guard",
    leavesMachine: client.leavesMachine,
    judge,
    check: (text, options) => judge({ text }, options),
    close: () => client.close(),
  };
}

/** `safe`, or `unsafe` and a line with categories. Anything else is not a verdict. */
export function readVerdict({ text, finish }: ModelReply): Result<ModerationVerdict, ModelFailure> {
  const [first, ...rest] = text
    .trim()
    .split(/\s*\n\s*/)
    .map((line) => line.trim());

  if (first === "safe" && rest.length === 0 && finish === "stop") return ok({ allowed: true, categories: [] });
  if (first === "unsafe") {
    const codes = rest.join(",").match(/\bS\d{1,2}\b/g) ?? [];
    return ok({ allowed: false, categories: codes.map((code) => `${code}: ${CATEGORIES[code] ?? "unknown"}`) });
  }
  return fail(
    "bad-answer",
    'Expected "safe" or "unsafe" from Llama Guard, found other text. Check that model is a Llama Guard.',
  );
}
