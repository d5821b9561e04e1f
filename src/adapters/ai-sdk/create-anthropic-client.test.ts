import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { describeModelClientContract } from "../../../test/contract/model-client-contract.js";
import { startAnthropicServer } from "../../../test/support/servers/anthropic-server.js";
import { createAnthropicClient } from "./create-anthropic-client.js";
import type { ModelServer } from "../../../test/support/servers/model-server.js";
import { createVirtualTime } from "../../../test/support/servers/virtual-time.js";
import { createRandom } from "../../domain/random.js";
import type { ModelClient, ModelRequest } from "../../ports/model-client.js";

const QUESTION: ModelRequest = {
  system: "Be brief.",
  turns: [{ role: "user", text: "Can you see?" }],
  maxOutputTokens: 50,
  temperature: 0,
};
const idle = { signal: new AbortController().signal };

describeModelClientContract("anthropic", {
  create: createAnthropicClient,
  startServer: startAnthropicServer,
  model: "claude-sonnet-4-6",
});

describe("anthropic", () => {
  let server: ModelServer;
  beforeEach(async () => {
    server = await startAnthropicServer();
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await server.close();
  });
  const create = (model: string): ModelClient =>
    createAnthropicClient({
      baseUrl: server.baseUrl,
      model,
      timeoutMs: 60_000,
      maxRetries: 1,
      fetch: globalThis.fetch,
      delay: createVirtualTime({ holdFromMs: 60_000 }).delay,
      random: createRandom(1),
    });

  it("has a model of unknown abilities call a tool, and gives its arguments as text", async () => {
    server.will({ reply: '{"action":"stop"}' });
    const jsonSchema = { type: "object", properties: { action: { type: "string" } }, required: ["action"] };

    const result = await create("claude-3-haiku").complete({ ...QUESTION, jsonSchema }, idle);

    expect(result).toMatchObject({ ok: true, value: { text: '{"action":"stop"}', finish: "stop" } });
    expect(server.requests[0].own).toMatchObject({ tool: "json" });
  });

  it("spares models the temperature that they refuse", async () => {
    server.will({ reply: "Yes." });

    await create("claude-sonnet-5").complete(QUESTION, idle);

    expect(server.requests[0].temperature).toBeUndefined();
  });

  it("asks again when the service is overloaded (529)", async () => {
    server.will({ status: 529, message: "Overloaded" }, { reply: "Yes." });

    expect(await create("claude-sonnet-4-6").complete(QUESTION, idle)).toMatchObject({
      ok: true,
      value: { attempts: 2 },
    });
  });

  it("takes neither key nor address from the environment by itself", async () => {
    vi.stubEnv("ANTHROPIC_API_KEY", "from-the-environment");
    vi.stubEnv("ANTHROPIC_BASE_URL", "http://192.0.2.1");
    server.will({ reply: "Yes." });

    await create("claude-sonnet-4-6").complete(QUESTION, idle);

    expect(server.requests[0].key).toBe("");
  });
});
