import { z } from "zod";
import { checkBody, checkImage, checkPath, header } from "./check-request.js";
import { startModelServer, type Dialect, type ModelServer } from "./model-server.js";

const partSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text"), text: z.string().min(1) }),
  z.strictObject({
    type: z.literal("image_url"),
    image_url: z.strictObject({ url: z.string().regex(/^data:image\/(?:jpeg|png|webp);base64,/) }),
  }),
]);
const bodySchema = z.strictObject({
  model: z.string().optional(),
  input: z.union([z.string().min(1), z.array(partSchema).min(1)]),
});

/** `/v1/moderations`. A step's `reply` holds the categories that are found, separated by spaces. */
const dialect: Dialect = {
  basePath: "/v1",
  read(request) {
    checkPath(request, "/v1/moderations");
    const { model = "omni-moderation-latest", input } = checkBody(bodySchema, request);
    const key = header(request, "authorization")?.replace(/^Bearer /, "");
    const parts = typeof input === "string" ? [{ type: "text" as const, text: input }] : input;
    const text = parts.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");
    const images = parts.flatMap((part) => {
      if (part.type === "text") return [];
      const [, mediaType, base64] = /^data:([^;]+);base64,(.*)$/su.exec(part.image_url.url) ?? [];
      return [checkImage(base64, mediaType)];
    });
    return { model, key, system: "", turns: [{ role: "user", text, images }] };
  },
  write({ reply }, { model }) {
    const found = reply.split(" ").filter((word) => word !== "");
    const categories = Object.fromEntries(
      ["harassment", "hate", "illicit", "self-harm", "violence", "violence/graphic"].map((c) => [c, found.includes(c)]),
    );
    return [
      JSON.stringify({
        id: "modr-1",
        model,
        results: [{ flagged: found.length > 0, categories, category_scores: {} }],
      }),
    ];
  },
  error: (status, message) => ({ error: { message, type: "invalid_request_error", param: null, code: status } }),
};

export const startModerationServer = (): Promise<ModelServer> => startModelServer(dialect);
