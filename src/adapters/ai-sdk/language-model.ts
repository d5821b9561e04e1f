import type { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type { ModelReply, ModelRequest } from "../../ports/model-client.js";

/** The SDK's interface to one model. Retries, time limits and failures are ours; the SDK knows what each provider wants to read. */
export type LanguageModel = ReturnType<ReturnType<typeof createOpenAICompatible>["chatModel"]>;
export type CallOptions = Parameters<LanguageModel["doGenerate"]>[0];
type Generated = Awaited<ReturnType<LanguageModel["doGenerate"]>>;
type Schema = Extract<NonNullable<CallOptions["responseFormat"]>, { type: "json" }>["schema"];

/** Pictures stand before the words of a turn: that is how vision models were trained, and what providers recommend. */
export function toPrompt(request: ModelRequest, more?: string): CallOptions["prompt"] {
  const system = [request.system, more ?? ""].filter((part) => part.trim() !== "").join("\n\n");
  return [
    ...(system === "" ? [] : [{ role: "system" as const, content: system }]),
    ...request.turns.map(({ role, text, images = [] }) => {
      const words = { type: "text" as const, text };
      if (role === "assistant") return { role, content: [words] };
      const files = images.map(({ mediaType, data }) => ({ type: "file" as const, mediaType, data }));
      return { role, content: [...files, words] };
    }),
  ];
}

export const toResponseFormat = (schema: ModelRequest["jsonSchema"]): CallOptions["responseFormat"] =>
  schema === undefined ? undefined : { type: "json", name: "answer", schema: schema as Schema };

export function toReply(generated: Generated, configuredModel: string): Omit<ModelReply, "attempts"> {
  const { content, finishReason, usage, response } = generated;
  return {
    text: content.map((part) => (part.type === "text" ? part.text : "")).join(""),
    finish: toFinish(finishReason.unified),
    ...(usage.inputTokens.total === undefined ? {} : { inputTokens: usage.inputTokens.total }),
    ...(usage.outputTokens.total === undefined ? {} : { outputTokens: usage.outputTokens.total }),
    model: response?.modelId ?? geminiVersion(response?.body) ?? configuredModel,
  };
}

function toFinish(unified: Generated["finishReason"]["unified"]): ModelReply["finish"] {
  switch (unified) {
    case "stop":
    case "length":
      return unified;
    case "content-filter":
      return "filtered";
    case "tool-calls":
    case "error":
    case "other":
      return "other";
  }
}

/** The SDK leaves out which Gemini answered; the body says it. */
function geminiVersion(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const { modelVersion } = body as { modelVersion?: unknown };
  return typeof modelVersion === "string" ? modelVersion : undefined;
}
