import { z } from "zod";
import { checkBody, checkImage, checkPath, header } from "./check-request.js";
import { Objection, startModelServer, type Dialect, type ModelServer } from "./model-server.js";

const blockSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text"), text: z.string().min(1) }),
  z.strictObject({
    type: z.literal("image"),
    source: z.strictObject({
      type: z.literal("base64"),
      media_type: z.enum(["image/jpeg", "image/png", "image/gif", "image/webp"]),
      data: z.string(),
    }),
  }),
]);
const objectSchema = z.looseObject({ type: z.literal("object") });
const bodySchema = z.strictObject({
  model: z.string(),
  max_tokens: z.int().positive(),
  temperature: z.number().min(0).max(1).optional(),
  system: z.array(z.strictObject({ type: z.literal("text"), text: z.string().min(1) })).optional(),
  messages: z
    .array(z.strictObject({ role: z.enum(["user", "assistant"]), content: z.array(blockSchema).min(1) }))
    .min(1),
  output_config: z
    .strictObject({ format: z.strictObject({ type: z.literal("json_schema"), schema: objectSchema }) })
    .optional(),
  tools: z
    .array(z.strictObject({ name: z.string(), description: z.string(), input_schema: objectSchema }))
    .length(1)
    .optional(),
  tool_choice: z
    .union([
      z.strictObject({ type: z.literal("any"), disable_parallel_tool_use: z.boolean().optional() }),
      z.strictObject({ type: z.literal("tool"), name: z.string(), disable_parallel_tool_use: z.boolean().optional() }),
    ])
    .optional(),
});

const FINISH = { stop: "end_turn", length: "max_tokens", filtered: "refusal" } as const;
const TYPE: Readonly<Record<number, string>> = {
  400: "invalid_request_error",
  401: "authentication_error",
  403: "permission_error",
  404: "not_found_error",
  429: "rate_limit_error",
  529: "overloaded_error",
};

/** `/v1/messages`. With a tool in the request the answer is a call of it, as `tool_choice` demands. */
const dialect: Dialect = {
  basePath: "/v1",
  read(request) {
    checkPath(request, "/v1/messages");
    if (header(request, "anthropic-version") !== "2023-06-01")
      throw new Objection("Expected anthropic-version 2023-06-01.");
    const body = checkBody(bodySchema, request);
    if (body.messages[0].role !== "user") throw new Objection("Expected the user to speak first.");
    return {
      model: body.model,
      key: header(request, "x-api-key"),
      system: body.system?.map(({ text }) => text).join("") ?? "",
      turns: body.messages.map(({ role, content }) => ({
        role,
        text: content.map((block) => (block.type === "text" ? block.text : "")).join(""),
        images: content.flatMap((block) =>
          block.type === "image" ? [checkImage(block.source.data, block.source.media_type)] : [],
        ),
      })),
      jsonSchema: body.output_config?.format.schema ?? body.tools?.[0].input_schema,
      temperature: body.temperature,
      maxOutputTokens: body.max_tokens,
      own: { tool: body.tools?.[0].name, toolChoice: body.tool_choice },
    };
  },
  write: ({ reply, finish = "stop", inputTokens = 11, outputTokens = 7 }, seen) => {
    const tool = seen.own?.tool;
    const block =
      tool === undefined
        ? { type: "text", text: reply }
        : { type: "tool_use", id: "toolu_1", name: tool, input: JSON.parse(reply) as unknown };
    return [
      JSON.stringify({
        id: "msg_1",
        type: "message",
        role: "assistant",
        model: `${seen.model}-served`,
        content: finish === "filtered" || reply === "" ? [] : [block],
        stop_reason: tool === undefined ? FINISH[finish] : "tool_use",
        stop_sequence: null,
        usage: { input_tokens: inputTokens, output_tokens: outputTokens },
      }),
    ];
  },
  error: (status, message) => ({ type: "error", error: { type: TYPE[status] ?? "api_error", message } }),
};

export const startAnthropicServer = (): Promise<ModelServer> => startModelServer(dialect);
