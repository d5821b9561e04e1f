import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { describeModelClientContract } from "../../../test/contract/model-client-contract.js";
import { startOpenAiServer } from "../../../test/support/servers/openai-server.js";
import { createOpenAiCompatibleClient } from "./create-openai-compatible-client.js";
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

describeModelClientContract("openai-compatible", {
  create: createOpenAiCompatibleClient,
  startServer: startOpenAiServer,
  model: "Qwen/Qwen3-VL-8B-Instruct",
});

describe("openai-compatible", () => {
  let server: ModelServer;
  let client: ModelClient;
  beforeEach(async () => {
    server = await startOpenAiServer();
    client = createOpenAiCompatibleClient({
      baseUrl: `${server.baseUrl}/`,
      model: "gpt-5",
      timeoutMs: 60_000,
      maxRetries: 0,
      fetch: globalThis.fetch,
      delay: createVirtualTime({ holdFromMs: 60_000 }).delay,
      random: createRandom(1),
    });
  });
  afterEach(async () => {
    await client.close();
    await server.close();
  });

  it("leaves out what newer models refuse, and remembers it", async () => {
    server.refuse(({ own, temperature }) => {
      if (own?.max_tokens !== undefined)
        return "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.";
      return temperature === undefined ? undefined : "Unsupported value: 'temperature' does not support 0.";
    });
    server.will({ reply: "Yes." }, { reply: "Yes." });

    const results = [await client.complete(QUESTION, idle), await client.complete(QUESTION, idle)];

    expect(results).toMatchObject([{ value: { attempts: 3 } }, { value: { attempts: 1 } }]);
    expect(server.requests.at(-1)).toMatchObject({ own: { max_completion_tokens: 50 }, temperature: undefined });
  });

  it.each([
    ['{"error": {"message": "Provider returned error", "code": 429}}', "rate-limited"],
    ['{"error": {"message": "No endpoints found", "code": 404}}', "model-not-found"],
    ['{"error": "the model has crashed"}', "server-error"],
  ])("sees the error in a success: %s", async (raw, code) => {
    server.will({ raw });

    expect(await client.complete(QUESTION, idle)).toMatchObject({ ok: false, code });
  });

  it.each([
    ["{\"error\": \"'response_format.type' must be 'json_schema' or 'text'\"}", "response_format.type"],
    ['{"detail": "Method not allowed here"}', "Method not allowed here"],
    ['{"object": "error", "message": "out of range", "code": 400}', "out of range"],
    ["plain words", "plain words"],
  ])("repeats what the server says, however it says it: %s", async (body, words) => {
    server.will({ status: 400, body });

    expect(await client.complete(QUESTION, idle)).toMatchObject({ message: expect.stringContaining(words) as unknown });
  });

  it("does not wait for an account that has used up its quota", async () => {
    server.will({ status: 429, body: '{"error": {"message": "You exceeded it.", "code": "insufficient_quota"}}' });

    expect(await client.complete(QUESTION, idle)).toMatchObject({
      code: "rate-limited",
      message: expect.stringContaining("quota is used up") as unknown,
    });
  });
});
