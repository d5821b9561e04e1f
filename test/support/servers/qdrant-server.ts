import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";

const vector = z.array(z.number()).min(1);
const uuid = z.uuid();
const createSchema = z.strictObject({
  vectors: z.strictObject({ size: z.int().positive(), distance: z.enum(["Cosine", "Dot", "Euclid"]) }),
});
const upsertSchema = z.strictObject({
  points: z
    .array(
      z.strictObject({
        id: z.union([uuid, z.int().nonnegative()]),
        vector,
        payload: z.record(z.string(), z.unknown()),
      }),
    )
    .min(1),
});
const getSchema = z.strictObject({
  ids: z.array(z.union([uuid, z.int()])),
  with_payload: z.boolean(),
  with_vector: z.boolean(),
});
const range = z.strictObject({ gte: z.number().optional(), lte: z.number().optional() });
const querySchema = z.strictObject({
  query: vector,
  limit: z.int().positive(),
  with_payload: z.boolean(),
  filter: z.strictObject({ must: z.array(z.strictObject({ key: z.string(), range })) }).optional(),
});

interface Collection {
  readonly size: number;
  readonly points: Map<
    string | number,
    { readonly vector: readonly number[]; readonly payload: Readonly<Record<string, unknown>> }
  >;
}

export interface QdrantServer {
  readonly baseUrl: string;
  readonly requests: readonly string[];
  readonly collections: ReadonlyMap<string, Collection>;
  /** Answers the next request with this instead. */
  will(answer: { readonly status: number; readonly body: string }): void;
  close(): Promise<void>;
}

/** Qdrant's REST interface, as far as points with one vector go: it keeps what it is given and computes cosines. */
export async function startQdrantServer({ apiKey }: { readonly apiKey?: string } = {}): Promise<QdrantServer> {
  const collections = new Map<string, Collection>();
  const requests: string[] = [];
  const scripted: { status: number; body: string }[] = [];

  const refuse = (status: number, error: string) => ({ status, body: { status: { error }, time: 0.0001 } });
  const done = (result: unknown) => ({ status: 200, body: { result, status: "ok", time: 0.0001 } });

  function answer(method: string, path: string, body: unknown): { status: number; body: unknown } {
    const [, name = "", rest = ""] = /^\/collections\/([^/?]+)([^?]*)(?:\?wait=true)?$/u.exec(path) ?? [];
    if (name === "") return refuse(404, "Not found");
    const collection = collections.get(name);
    if (method === "PUT" && rest === "") {
      if (collection !== undefined) return refuse(409, `Wrong input: Collection \`${name}\` already exists!`);
      const { size } = createSchema.parse(body).vectors;
      collections.set(name, { size, points: new Map() });
      return done(true);
    }
    if (collection === undefined) return refuse(404, `Not found: Collection \`${name}\` doesn't exist!`);
    const { size, points } = collection;
    if (method === "GET" && rest === "") {
      return done({
        status: "green",
        points_count: points.size,
        config: { params: { vectors: { size, distance: "Cosine" } } },
      });
    }
    if (method === "PUT" && rest === "/points") {
      const added = upsertSchema.parse(body).points;
      const wrong = added.find((point) => point.vector.length !== size);
      if (wrong !== undefined) {
        return refuse(400, `Wrong input: Vector dimension error: expected dim: ${size}, got ${wrong.vector.length}`);
      }
      for (const { id, vector: value, payload } of added) points.set(id, { vector: value, payload });
      return done({ operation_id: points.size, status: "completed" });
    }
    if (method === "POST" && rest === "/points") {
      const { ids } = getSchema.parse(body);
      return done(ids.flatMap((id) => (points.has(id) ? [{ id, payload: points.get(id)?.payload }] : [])));
    }
    if (method === "POST" && rest === "/points/query") {
      const { query, limit, filter } = querySchema.parse(body);
      if (query.length !== size)
        return refuse(400, `Wrong input: Vector dimension error: expected dim: ${size}, got ${query.length}`);
      const fits = (payload: Readonly<Record<string, unknown>>): boolean =>
        (filter?.must ?? []).every(({ key, range: { gte = -Infinity, lte = Infinity } }) => {
          const value = payload[key];
          return typeof value === "number" && value >= gte && value <= lte;
        });
      const found = [...points.entries()]
        .filter(([, { payload }]) => fits(payload))
        .map(([id, { vector: own, payload }]) => ({ id, version: 0, score: cosine(query, own), payload }))
        .sort((a, b) => b.score - a.score)
        .slice(0, limit);
      return done({ points: found });
    }
    return refuse(404, "Not found");
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const [method, path] = [request.method ?? "", request.url ?? ""];
      requests.push(`${method} ${path}`);
      const next = scripted.shift();
      const send = (status: number, body: string): void => {
        response.writeHead(status, { "content-type": "application/json" });
        response.end(body);
      };
      if (next !== undefined) return send(next.status, next.body);
      if (apiKey !== undefined && request.headers["api-key"] !== apiKey) {
        return send(401, "Must provide an API key or an Authorization bearer token");
      }
      try {
        const text = Buffer.concat(chunks).toString("utf8");
        const { status, body } = answer(method, path, text === "" ? undefined : JSON.parse(text));
        send(status, JSON.stringify(body));
      } catch (error) {
        send(400, JSON.stringify({ status: { error: `Format error in JSON body: ${String(error)}` }, time: 0 }));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    collections,
    will: (next) => void scripted.push(next),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function cosine(a: readonly number[], b: readonly number[]): number {
  const dot = a.reduce((sum, value, at) => sum + value * b[at], 0);
  return dot / (Math.hypot(...a) * Math.hypot(...b) || 1);
}
