import { afterEach, describe, expect, it } from "vitest";
import { describeModelClientContract } from "../../../test/contract/model-client-contract.js";
import { startOllamaServer, type OllamaServerOptions } from "../../../test/support/servers/ollama-server.js";
import { createOllamaClient, type OllamaOptions } from "./create-ollama-client.js";
import type { ModelServer } from "../../../test/support/servers/model-server.js";
import { createVirtualTime } from "../../../test/support/servers/virtual-time.js";
import { createRandom } from "../../domain/random.js";
import type { ModelClient, ModelRequest } from "../../ports/model-client.js";
import { TINY_JPEG } from "../../../test/support/servers/tiny-pictures.js";

const QUESTION: ModelRequest = {
  system: "Be brief.",
  turns: [{ role: "user", text: "Can you see?" }],
  maxOutputTokens: 50,
  temperature: 0,
};
const idle = { signal: new AbortController().signal };
const WITH_PICTURE: ModelRequest = { ...QUESTION, turns: [{ role: "user", text: "What is it?", images: [TINY_JPEG] }] };

describeModelClientContract("ollama", {
  create: createOllamaClient,
  startServer: startOllamaServer,
  model: "qwen3-vl:8b",
  filters: false,
});

describe("ollama", () => {
  const servers: ModelServer[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) {
      await server.close();
    }
  });
  async function start(
    about: OllamaServerOptions,
    more: Partial<OllamaOptions> = {},
  ): Promise<{ server: ModelServer; client: ModelClient }> {
    const server = await startOllamaServer(about);
    servers.push(server);
    const client = createOllamaClient({
      baseUrl: `${server.baseUrl}/`,
      model: "qwen3-vl:8b",
      timeoutMs: 60_000,
      maxRetries: 1,
      fetch: globalThis.fetch,
      delay: createVirtualTime({ holdFromMs: 60_000 }).delay,
      random: createRandom(1),
      ...more,
    });
    return { server, client };
  }

  it("says that a model cannot see before it sends it a picture", async () => {
    const { server, client } = await start({ capabilities: ["completion", "tools"] });

    expect(await client.complete(WITH_PICTURE, idle)).toMatchObject({
      ok: false,
      code: "unsupported",
      message: expect.stringContaining("reads text only") as unknown,
    });
    expect(server.requests).toEqual([]);
  });

  it("lets a model that cannot see read text", async () => {
    const { server, client } = await start({ capabilities: ["completion"] });
    server.will({ reply: "Yes." });

    expect(await client.complete(QUESTION, idle)).toMatchObject({ ok: true });
  });

  it("tries a model when an old server does not say what it can do", async () => {
    const { server, client } = await start({});
    server.will({ reply: "Yes." });

    expect(await client.complete(WITH_PICTURE, idle)).toMatchObject({ ok: true });
  });

  it("says how to get a model that is not there", async () => {
    const { client } = await start({ missing: true });

    expect(await client.complete(QUESTION, idle)).toMatchObject({
      ok: false,
      code: "model-not-found",
      message: expect.stringContaining("ollama pull qwen3-vl:8b") as unknown,
    });
  });

  it("tells models that think not to, and gives them room", async () => {
    const { server, client } = await start(
      { capabilities: ["vision", "thinking"] },
      { contextTokens: 5_000, keepAlive: "-1" },
    );
    server.will({ reply: "Yes." });

    await client.complete(QUESTION, idle);

    expect(server.requests[0].own).toEqual({ contextTokens: 5_000, keepAlive: -1, think: false });
  });

  it("asks again after an error in the middle of an answer, and says what it was", async () => {
    const { server, client } = await start({});
    const raw =
      '{"model":"m","message":{"role":"assistant","content":"{"},"done":false}\n{"error":"model runner has stopped"}\n';
    server.will({ raw }, { reply: "Yes." }, { raw }, { raw });

    expect(await client.complete(QUESTION, idle)).toMatchObject({ ok: true, value: { text: "Yes.", attempts: 2 } });
    expect(await client.complete(QUESTION, idle)).toMatchObject({
      ok: false,
      code: "server-error",
      message: expect.stringContaining("model runner has stopped") as unknown,
    });
  });

  it("puts lines and letters together that were cut apart on the way", async () => {
    const byteByByte: typeof globalThis.fetch = async (url, init) => {
      const response = await globalThis.fetch(url, init);
      const bytes = Array.from(new Uint8Array(await response.arrayBuffer()), (byte) => Uint8Array.of(byte));
      return new Response(ReadableStream.from(bytes), response);
    };
    const { server, client } = await start({}, { fetch: byteByByte });
    server.will({ reply: "打开 左边的 抽屉" });

    expect(await client.complete(QUESTION, idle)).toMatchObject({ ok: true, value: { text: "打开 左边的 抽屉" } });
  });

  it("knows that cloud models leave the machine, and refuses one that does so in secret", async () => {
    const cloud = await start({}, { model: "qwen3-vl:235b-cloud" });
    const secret = await start({ capabilities: ["vision"], remoteHost: "https://ollama.com:443" });

    expect(cloud.client.leavesMachine).toBe(true);
    expect(secret.client.leavesMachine).toBe(false);
    expect(await secret.client.complete(QUESTION, idle)).toMatchObject({ ok: false, code: "unsupported" });
    expect(secret.server.requests).toEqual([]);
  });
});
