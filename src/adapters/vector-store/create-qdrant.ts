import { createHash } from "node:crypto";
import { z } from "zod";
import { ok, type Result } from "../../domain/result.js";
import type { VectorStore } from "../../ports/picture-memory.js";
import type { BackendFailure } from "../../ports/skill-backends.js";
import { callWithRetries, LinkFailure, openLink, type LinkOptions } from "../model-link/index.js";

export interface QdrantOptions extends Omit<LinkOptions, "model"> {
  readonly collection: string;
}

const payloadSchema = z.object({ id: z.string() });
const pointsSchema = z.object({ result: z.array(z.object({ payload: payloadSchema })) });
const nearestSchema = z.object({
  result: z.object({ points: z.array(z.object({ score: z.number(), payload: payloadSchema })) }),
});
const statusSchema = z.object({ result: z.unknown(), status: z.literal("ok") });

/** Qdrant over REST. The collection is made with the first vector's length, for cosines. */
export function createQdrant(options: QdrantOptions): VectorStore {
  const { collection, apiKey, baseUrl } = options;
  const link = openLink("qdrant", { ...options, model: collection, ...(apiKey === undefined ? {} : { apiKey }) });
  const root = `${baseUrl.replace(/\/+$/, "")}/collections/${collection}`;
  const closed = new AbortController();
  let isMade = false;

  async function send<T extends z.ZodType>(
    request: {
      readonly method: "GET" | "PUT" | "POST";
      readonly path: string;
      readonly body?: unknown;
      readonly answer: T;
    },
    signal: AbortSignal,
  ): Promise<Result<z.infer<T>, BackendFailure>> {
    const sent = await callWithRetries(
      async (context) => {
        context.count();
        const response = await link.fetch(`${root}${request.path}`, {
          method: request.method,
          headers: {
            "content-type": "application/json",
            // Qdrant's own header; `authorization` is for its cloud's tokens.
            ...(apiKey === undefined ? {} : { "api-key": apiKey }),
          },
          ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
          signal: context.signal,
        });
        const parsed = request.answer.safeParse(await response.json());
        if (parsed.success) return parsed.data;
        throw new LinkFailure("bad-answer", `${link.server} answered with JSON that is not Qdrant's. Check baseUrl.`);
      },
      { ...options, server: link.server, signal: AbortSignal.any([signal, closed.signal]) },
    );
    return sent.ok ? ok(sent.value.value) : sent;
  }

  /** "No such collection" is an empty one that waits for its first vector. */
  async function orEmpty<T>(asked: Promise<Result<T, BackendFailure>>, empty: T): Promise<Result<T, BackendFailure>> {
    const result = await asked;
    return !result.ok && result.code === "model-not-found" ? ok(empty) : result;
  }

  async function make(size: number, signal: AbortSignal): Promise<Result<unknown, BackendFailure>> {
    if (isMade) return ok(undefined);
    const there = await send({ method: "GET", path: "", answer: statusSchema }, signal);
    if (!there.ok && there.code !== "model-not-found") return there;
    const made = there.ok
      ? there
      : await send(
          { method: "PUT", path: "", body: { vectors: { size, distance: "Cosine" } }, answer: statusSchema },
          signal,
        );
    isMade = made.ok;
    return made;
  }

  return {
    name: "qdrant",
    async put(points, { signal }) {
      if (points.length === 0) return ok(undefined);
      const made = await make(points[0].vector.length, signal);
      if (!made.ok) return made;
      const body = {
        points: points.map(({ id, vector, seenAtMs }) => ({
          id: uuidOf(id),
          vector: [...vector],
          payload: { id, seenAtMs },
        })),
      };
      const put = await send({ method: "PUT", path: "/points?wait=true", body, answer: statusSchema }, signal);
      return put.ok ? ok(undefined) : put;
    },
    async known(ids, { signal }) {
      if (ids.length === 0) return ok(new Set());
      const body = { ids: ids.map(uuidOf), with_payload: true, with_vector: false };
      const found = await orEmpty(send({ method: "POST", path: "/points", body, answer: pointsSchema }, signal), {
        result: [],
      });
      return found.ok ? ok(new Set(found.value.result.map(({ payload }) => payload.id))) : found;
    },
    async nearest(vector, { limit, sinceMs, untilMs, signal }) {
      const range = {
        ...(sinceMs === undefined ? {} : { gte: sinceMs }),
        ...(untilMs === undefined ? {} : { lte: untilMs }),
      };
      const body = {
        query: [...vector],
        limit,
        with_payload: true,
        ...(Object.keys(range).length === 0 ? {} : { filter: { must: [{ key: "seenAtMs", range }] } }),
      };
      const found = await orEmpty(
        send({ method: "POST", path: "/points/query", body, answer: nearestSchema }, signal),
        {
          result: { points: [] },
        },
      );
      if (!found.ok) return found;
      return ok(found.value.result.points.map(({ score, payload: { id } }) => ({ id, score })));
    },
    async close() {
      closed.abort();
    },
  };
}

/** Qdrant's own ids are numbers or UUIDs; ours is in the payload. A UUID of version 5 by its bits, by SHA-256 in its digits. */
function uuidOf(id: string): string {
  const hex = createHash("sha256").update(id).digest("hex");
  const variant = "89ab"[Number.parseInt(hex[16], 16) & 3];
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
