import { z } from "zod";
import { checkBody, checkImage, checkPath, header } from "./check-request.js";
import { Objection, startModelServer, type Dialect, type ModelServer } from "./model-server.js";

const bodySchema = z.strictObject({
  model: z.string(),
  messages: z
    .array(
      z.strictObject({
        role: z.enum(["system", "user", "assistant"]),
        content: z.string(),
        images: z.array(z.string()).optional(),
      }),
    )
    .min(1),
  stream: z.boolean().optional(),
  // A number of seconds, or a duration with its unit: "-1" as text is an error.
  keep_alive: z.union([z.number(), z.string().regex(/^-?\d+(ms|s|m|h)$/)]).optional(),
  think: z.union([z.boolean(), z.enum(["low", "medium", "high", "max"])]).optional(),
  format: z.union([z.literal("json"), z.looseObject({ type: z.string() })]).optional(),
  options: z.strictObject({
    temperature: z.number(),
    num_predict: z.int(),
    num_ctx: z.int().positive(),
  }),
});

/** What `/api/show` says; undefined: a server from before it said so. */
export interface OllamaServerOptions {
  readonly capabilities?: readonly string[];
  readonly remoteHost?: string;
  /** The server has no such model. */
  readonly missing?: boolean;
}

/** `/api/chat` and `/api/show`. The answer comes in lines, a word a line. */
export function startOllamaServer(
  options: OllamaServerOptions = { capabilities: ["completion", "vision"] },
): Promise<ModelServer> {
  const { capabilities, remoteHost, missing = false } = options;
  const dialect: Dialect = {
    basePath: "",
    side(request) {
      if (request.path !== "/api/show") return undefined;
      checkPath(request, "/api/show");
      const { model } = checkBody(z.strictObject({ model: z.string() }), request);
      if (missing) return { status: 404, body: { error: `model '${model}' not found` } };
      return { status: 200, body: { details: { family: "x" }, capabilities, remote_host: remoteHost, model_info: {} } };
    },
    read(request) {
      checkPath(request, "/api/chat");
      const body = checkBody(bodySchema, request);
      if (body.think !== undefined && capabilities?.includes("thinking") !== true) {
        throw new Objection(`"${body.model}" does not support thinking`);
      }
      return {
        model: body.model,
        key: header(request, "authorization")?.replace(/^Bearer /, ""),
        system: body.messages.flatMap(({ role, content }) => (role === "system" ? [content] : [])).join(""),
        turns: body.messages
          .filter(({ role }) => role !== "system")
          .map(({ role, content, images = [] }) => ({
            role,
            text: content,
            images: images.map((image) => checkImage(image)),
          })),
        jsonSchema: body.format,
        temperature: body.options.temperature,
        maxOutputTokens: body.options.num_predict,
        own: { contextTokens: body.options.num_ctx, keepAlive: body.keep_alive, think: body.think },
      };
    },
    write({ reply, finish = "stop", inputTokens = 11, outputTokens = 7 }, { model }) {
      const line = (more: object): string =>
        `${JSON.stringify({ model: `${model}-served`, created_at: "2026-01-01T00:00:00Z", ...more })}\n`;
      const words = (reply.match(/\s*\S+/g) ?? []).map((content) =>
        line({ message: { role: "assistant", content }, done: false }),
      );
      const last = line({
        message: { role: "assistant", content: "" },
        done: true,
        done_reason: finish,
        prompt_eval_count: inputTokens,
        eval_count: outputTokens,
      });
      return [...words, last];
    },
    error: (_status, message) => ({ error: message }),
  };
  return startModelServer(dialect);
}
