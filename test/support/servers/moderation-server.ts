import { z } from "zod";
import { checkBody, checkPath, header } from "./check-request.js";
import { startModelServer, type Dialect, type ModelServer } from "./model-server.js";

const bodySchema = z.strictObject({ model: z.string().optional(), input: z.string().min(1) });

/** `/v1/moderations`. A step's `reply` holds the categories that are found, separated by spaces. */
const dialect: Dialect = {
  basePath: "/v1",
  read(request) {
    checkPath(request, "/v1/moderations");
    const { model = "omni-moderation-latest", input } = checkBody(bodySchema, request);
    const key = header(request, "authorization")?.replace(/^Bearer /, "");
    return { model, key, system: "", turns: [{ role: "user", text: input, images: [] }] };
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
