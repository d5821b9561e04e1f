import { z } from "zod";
import { checkBody, checkImage, checkPath, header } from "./check-request.js";
import { Objection, startModelServer, type Dialect, type ModelServer } from "./model-server.js";

const partSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text"), text: z.string() }),
  z.strictObject({ type: z.literal("image_url"), image_url: z.strictObject({ url: z.string() }) }),
]);
const bodySchema = z.strictObject({
  model: z.string(),
  temperature: z.number().min(0).max(2).optional(),
  max_tokens: z.int().positive().optional(),
  max_completion_tokens: z.int().positive().optional(),
  messages: z
    .array(
      z.discriminatedUnion("role", [
        z.strictObject({ role: z.literal("system"), content: z.string().min(1) }),
        z.strictObject({ role: z.literal("user"), content: z.union([z.string(), z.array(partSchema).min(1)]) }),
        z.strictObject({ role: z.literal("assistant"), content: z.string() }),
      ]),
    )
    .min(1),
  // The flat form ({ type, schema }) is what llama.cpp takes without using it: not accepted here.
  response_format: z
    .strictObject({
      type: z.literal("json_schema"),
      json_schema: z.strictObject({
        name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
        strict: z.boolean(),
        schema: z.looseObject({ type: z.literal("object") }),
      }),
    })
    .optional(),
});

const FINISH = { stop: "stop", length: "length", filtered: "content_filter" } as const;

/** `/v1/chat/completions` as vLLM, LM Studio and OpenAI answer it. */
const dialect: Dialect = {
  basePath: "/v1",
  read(request) {
    checkPath(request, "/v1/chat/completions");
    const body = checkBody(bodySchema, request);
    return {
      model: body.model,
      key: header(request, "authorization")?.replace(/^Bearer /, ""),
      system: body.messages.flatMap((m) => (m.role === "system" ? [m.content] : [])).join(""),
      turns: body.messages.flatMap(({ role, content }) => {
        if (role === "system") return [];
        const parts = typeof content === "string" ? [{ type: "text" as const, text: content }] : content;
        return [
          {
            role,
            text: parts.map((part) => (part.type === "text" ? part.text : "")).join(""),
            images: parts.flatMap((part) => (part.type === "image_url" ? [dataUrl(part.image_url.url)] : [])),
          },
        ];
      }),
      jsonSchema: body.response_format?.json_schema.schema,
      temperature: body.temperature,
      maxOutputTokens: body.max_tokens ?? body.max_completion_tokens,
      own: { max_tokens: body.max_tokens, max_completion_tokens: body.max_completion_tokens },
    };
  },
  write: ({ reply, finish = "stop", inputTokens = 11, outputTokens = 7 }, { model }) => [
    JSON.stringify({
      id: "chatcmpl-1",
      object: "chat.completion",
      created: 1_700_000_000,
      model: `${model}-served`,
      choices: [
        {
          index: 0,
          message: { role: "assistant", content: finish === "filtered" ? null : reply },
          finish_reason: FINISH[finish],
          logprobs: null,
        },
      ],
      usage: { prompt_tokens: inputTokens, completion_tokens: outputTokens, total_tokens: inputTokens + outputTokens },
    }),
  ],
  error: (status, message) => ({ error: { message, type: "invalid_request_error", param: null, code: status } }),
};

function dataUrl(url: string): string {
  const match = /^data:(image\/\w+);base64,(.+)$/.exec(url);
  if (match === null) throw new Objection("Expected a data URL; local servers fetch no others.");
  return checkImage(match[2], match[1]);
}

export const startOpenAiServer = (): Promise<ModelServer> => startModelServer(dialect);
