import { createServer, type AddressInfo } from "node:net";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { vector as pgvector } from "@electric-sql/pglite-pgvector";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startQdrantServer, type QdrantServer } from "../../../test/support/servers/qdrant-server.js";
import { createVirtualTime } from "../../../test/support/servers/virtual-time.js";
import { createRandom } from "../../domain/random.js";
import type { VectorStore } from "../../ports/picture-memory.js";
import { vectorStoreSchema } from "./config-schema.js";
import { createPgvector } from "./create-pgvector.js";
import { createQdrant } from "./create-qdrant.js";
import { createVectorFolder } from "./create-vector-folder.js";

const idle = { signal: new AbortController().signal };
const KEY = "qd-secret-for-nobody";
const qdrantAt = (baseUrl: string, apiKey?: string): VectorStore =>
  createQdrant({
    baseUrl,
    collection: "seen",
    timeoutMs: 20_000,
    maxRetries: 1,
    fetch: globalThis.fetch,
    delay: createVirtualTime({ holdFromMs: 20_000 }).delay,
    random: createRandom(1),
    ...(apiKey === undefined ? {} : { apiKey }),
  });

let qdrant: QdrantServer;
let database: PGlite;
// PostgreSQL itself, with pgvector, as WebAssembly: seconds to start, more on a busy machine.
beforeAll(async () => {
  qdrant = await startQdrantServer({ apiKey: KEY });
  database = await PGlite.create({ extensions: { vector: pgvector } });
}, 120_000);
afterAll(async () => {
  await qdrant.close();
  await database.close();
});
const postgres = (table: string): VectorStore =>
  createPgvector({
    url: "postgresql://handeye@127.0.0.1/handeye",
    table,
    timeoutMs: 20_000,
    openPool: () => ({ query: (text, values) => database.query(text, values), end: async () => undefined }),
  });

const point = (id: string, values: readonly number[], seenAtMs: number) => ({
  id,
  vector: Float32Array.from(values),
  seenAtMs,
});
const POINTS = [
  point("20261129T1Z-a", [1, 0, 0], 1_000),
  point("20261129T2Z-b", [0.6, 0.8, 0], 2_000),
  point("20261129T3Z-c", [0, 0, 1], 3_000),
];

describe.each([
  ["folder", async () => createVectorFolder({ folder: join(await mkdtemp(join(tmpdir(), "vectors-")), "new") })],
  ["qdrant", async () => qdrantAt(qdrant.baseUrl, KEY)],
  ["pgvector", async () => postgres("seen")],
] as const)("vectors in %s", (_, open) => {
  let store: VectorStore;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store.close());

  it("are none before the first is put in", async () => {
    expect(await store.known(["20261129T1Z-a"], idle)).toEqual({ ok: true, value: new Set() });
    expect(await store.nearest(Float32Array.of(1, 0, 0), { limit: 5, ...idle })).toEqual({ ok: true, value: [] });
  });

  it("come back nearest first, with their cosines", async () => {
    expect(await store.put(POINTS, idle)).toMatchObject({ ok: true });

    const near = await store.nearest(Float32Array.of(1, 0, 0), { limit: 2, ...idle });

    expect(near).toEqual({
      ok: true,
      value: [
        { id: "20261129T1Z-a", score: expect.closeTo(1, 5) },
        { id: "20261129T2Z-b", score: expect.closeTo(0.6, 5) },
      ],
    });
    expect(await store.known(["20261129T2Z-b", "20261129T9Z-f"], idle)).toEqual({
      ok: true,
      value: new Set(["20261129T2Z-b"]),
    });
  });

  it("can be asked for by time", async () => {
    const near = await store.nearest(Float32Array.of(1, 0, 0), { limit: 5, sinceMs: 1_500, untilMs: 2_500, ...idle });

    expect(near).toMatchObject({ ok: true, value: [{ id: "20261129T2Z-b" }] });
  });

  it("are replaced when they are put in again", async () => {
    await store.put([point("20261129T3Z-c", [1, 0, 0], 3_000)], idle);

    const near = await store.nearest(Float32Array.of(1, 0, 0), { limit: 9, ...idle });

    expect(near.ok && near.value.map(({ id }) => id)).toHaveLength(3);
  });
});

describe("vectors in a folder", () => {
  it("are seen by another program, and what is no vector is passed over", async () => {
    const folder = await mkdtemp(join(tmpdir(), "vectors-"));
    await createVectorFolder({ folder }).put(POINTS, idle);

    expect(
      await createVectorFolder({ folder }).known(
        POINTS.map(({ id }) => id),
        idle,
      ),
    ).toMatchObject({ value: { size: 3 } });
    expect(await createVectorFolder({ folder }).nearest(Float32Array.of(1, 0), { limit: 3, ...idle })).toEqual({
      ok: true,
      value: [],
    });
  });

  it("say so when the disk refuses", async () => {
    const file = join(await mkdtemp(join(tmpdir(), "vectors-")), "file");
    await writeFile(file, "in the way");

    const put = createVectorFolder({ folder: join(file, "sub") }).put(POINTS, idle);

    await expect(put).rejects.toMatchObject({ code: "recording-failed" });
  });
});

describe("Qdrant that fails", () => {
  it.each([
    [{ status: 401, body: "Must provide an API key" }, "unauthorized"],
    [{ status: 200, body: "<html><body>It works!</body></html>" }, "bad-answer"],
    [{ status: 200, body: '{"result": {"points": [{"score": "high"}]}}' }, "bad-answer"],
    [{ status: 400, body: '{"status":{"error":"Wrong input"},"time":0}' }, "unsupported"],
  ] as const)("is a failure with a code: %j", async (answer, code) => {
    const store = qdrantAt(qdrant.baseUrl, KEY);
    qdrant.will(answer);

    const found = await store.nearest(Float32Array.of(1, 0, 0), { limit: 1, ...idle });

    expect(found).toMatchObject({ ok: false, code });
    expect(JSON.stringify(found)).not.toContain(KEY);
  });

  it("is asked again when it is busy", async () => {
    const store = qdrantAt(qdrant.baseUrl, KEY);
    qdrant.will({ status: 503, body: "" });

    expect(await store.nearest(Float32Array.of(0, 0, 1), { limit: 1, ...idle })).toMatchObject({ ok: true });
  });

  it("refuses vectors of another length", async () => {
    expect(await qdrantAt(qdrant.baseUrl, KEY).put([point("20261129T4Z-d", [1, 0], 1)], idle)).toMatchObject({
      ok: false,
      code: "unsupported",
    });
  });

  it("is away when nothing listens", async () => {
    const gone = await startQdrantServer();
    await gone.close();

    expect(await qdrantAt(gone.baseUrl).known(["20261129T1Z-a"], idle)).toMatchObject({ ok: false, code: "link-lost" });
  });
});

describe("PostgreSQL that fails", () => {
  it("refuses vectors of another length", async () => {
    expect(await postgres("seen").put([point("20261129T4Z-d", [1, 0], 1)], idle)).toMatchObject({
      ok: false,
      code: "unsupported",
      message: expect.stringContaining("another table"),
    });
  });

  it("without pgvector says what to install", async () => {
    const bare = createPgvector({
      url: "postgresql://handeye@127.0.0.1/handeye",
      table: "seen",
      timeoutMs: 1_000,
      openPool: () => ({
        query: (text) =>
          Promise.reject(
            text.startsWith("SELECT")
              ? Object.assign(new Error('relation "seen" does not exist'), { code: "42P01" })
              : Object.assign(new Error('extension "vector" is not available'), { code: "0A000" }),
          ),
        end: async () => undefined,
      }),
    });

    expect(await bare.put(POINTS, idle)).toMatchObject({
      ok: false,
      code: "not-installed",
      message: expect.stringContaining("CREATE EXTENSION"),
    });
  });

  it.each([
    ["nobody listens", undefined, "link-lost"],
    ["the other side hangs up", (socket: { destroy(): void }) => socket.destroy(), "link-lost"],
    ["it never answers", () => undefined, "timeout"],
  ] as const)("is a failure when %s", async (_, onConnect, code) => {
    const server = createServer((socket) => {
      socket.on("error", () => undefined);
      onConnect?.(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    if (onConnect === undefined) await new Promise((resolve) => server.close(resolve));
    const store = createPgvector({
      url: `postgresql://handeye@127.0.0.1:${port}/handeye`,
      table: "seen",
      timeoutMs: 300,
    });

    const found = await store.known(["20261129T1Z-a"], idle);

    expect(found).toMatchObject({ ok: false, code });
    await store.close();
    await store.close();
    if (onConnect !== undefined) server.close();
  });
});

describe("a store in a launch file", () => {
  it("takes no password in its address", () => {
    const parsed = vectorStoreSchema.safeParse({ type: "pgvector", url: "postgresql://me:secret@127.0.0.1/x" });

    expect(parsed.error?.issues[0].message).toContain("passwordEnv");
    expect(vectorStoreSchema.safeParse({ type: "pgvector", table: "x; drop table y" }).success).toBe(false);
    expect(vectorStoreSchema.parse({ type: "qdrant" })).toMatchObject({ collection: "handeye_pictures" });
  });
});
