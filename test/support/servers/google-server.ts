import { z } from "zod";
import { checkBody, checkImage, checkPath, header } from "./check-request.js";
import { Objection, startModelServer, type Dialect, type ModelServer } from "./model-server.js";

const partSchema = z.union([
  z.strictObject({ text: z.string() }),
  z.strictObject({ inlineData: z.strictObject({ mimeType: z.string(), data: z.string() }) }),
]);
/** The subset of OpenAPI that Gemini reads. `additionalProperties` and `$schema` are errors there. */
const responseSchema: z.ZodType = z.strictObject({
  type: z.string(),
  description: z.string().optional(),
  enum: z.array(z.string()).optional(),
  properties: z
    .record(
      z.string(),
      z.lazy(() => responseSchema),
    )
    .optional(),
  required: z.array(z.string()).optional(),
  items: z.lazy(() => responseSchema).optional(),
});
const bodySchema = z.strictObject({
  systemInstruction: z.strictObject({ parts: z.array(z.strictObject({ text: z.string().min(1) })).min(1) }).optional(),
  contents: z.array(z.strictObject({ role: z.enum(["user", "model"]), parts: z.array(partSchema).min(1) })).min(1),
  generationConfig: z.strictObject({
    temperature: z.number().optional(),
    maxOutputTokens: z.int().positive().optional(),
    responseMimeType: z.enum(["application/json", "text/plain"]).optional(),
    responseSchema: responseSchema.optional(),
  }),
});

const FINISH = { stop: "STOP", length: "MAX_TOKENS", filtered: "SAFETY" } as const;
const STATUS: Readonly<Record<number, string>> = {
  400: "INVALID_ARGUMENT",
  401: "UNAUTHENTICATED",
  403: "PERMISSION_DENIED",
  404: "NOT_FOUND",
  429: "RESOURCE_EXHAUSTED",
  503: "UNAVAILABLE",
};

/** `models/{model}:generateContent` of the Gemini API. */
const dialect: Dialect = {
  basePath: "/v1beta",
  read(request) {
    checkPath(request, /^\/v1beta\/models\/[\w.-]+:generateContent$/);
    if (header(request, "authorization") !== undefined) throw new Objection("Expected the key in x-goog-api-key only.");
    const body = checkBody(bodySchema, request);
    if (
      body.generationConfig.responseSchema !== undefined &&
      body.generationConfig.responseMimeType !== "application/json"
    ) {
      throw new Objection("A responseSchema needs responseMimeType application/json.");
    }
    return {
      model: /models\/(.+):/.exec(request.path)?.[1] ?? "",
      key: header(request, "x-goog-api-key"),
      system: body.systemInstruction?.parts.map(({ text }) => text).join("") ?? "",
      turns: body.contents.map(({ role, parts }) => ({
        role: role === "model" ? "assistant" : role,
        text: parts.map((part) => ("text" in part ? part.text : "")).join(""),
        images: parts.flatMap((part) =>
          "inlineData" in part ? [checkImage(part.inlineData.data, part.inlineData.mimeType)] : [],
        ),
      })),
      jsonSchema: body.generationConfig.responseSchema,
      temperature: body.generationConfig.temperature,
      maxOutputTokens: body.generationConfig.maxOutputTokens,
    };
  },
  write: ({ reply, finish = "stop", inputTokens = 11, outputTokens = 7 }, { model }) => [
    JSON.stringify({
      candidates: [
        {
          ...(finish === "filtered" ? {} : { content: { role: "model", parts: [{ text: reply }] } }),
          finishReason: FINISH[finish],
          index: 0,
        },
      ],
      usageMetadata: {
        promptTokenCount: inputTokens,
        candidatesTokenCount: outputTokens,
        totalTokenCount: inputTokens + outputTokens,
      },
      modelVersion: `${model}-served`,
      responseId: "r1",
    }),
  ],
  error: (status, message) => ({ error: { code: status, message, status: STATUS[status] ?? "INTERNAL" } }),
};

export const startGoogleServer = (): Promise<ModelServer> => startModelServer(dialect);
