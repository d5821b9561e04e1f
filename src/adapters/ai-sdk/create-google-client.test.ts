import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { describeModelClientContract } from "../../../test/contract/model-client-contract.js";
import { startGoogleServer } from "../../../test/support/servers/google-server.js";
import { createGoogleClient } from "./create-google-client.js";
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
let time = createVirtualTime({ holdFromMs: 60_000 });

describeModelClientContract("google", {
  create: createGoogleClient,
  startServer: startGoogleServer,
  model: "gemini-robotics-er-2-preview",
});

describe("google", () => {
  let server: ModelServer;
  let client: ModelClient;
  beforeEach(async () => {
    server = await startGoogleServer();
    time = createVirtualTime({ holdFromMs: 60_000 });
    client = createGoogleClient({
      baseUrl: server.baseUrl,
      model: "gemini-robotics-er-2-preview",
      timeoutMs: 60_000,
      maxRetries: 1,
      fetch: globalThis.fetch,
      delay: time.delay,
      random: createRandom(1),
    });
  });
  afterEach(async () => {
    await client.close();
    await server.close();
  });

  it("knows a wrong key, which Gemini reports with 400", async () => {
    const body =
      '{"error": {"code": 400, "message": "API key not valid. Please pass a valid API key.", "status": "INVALID_ARGUMENT"}}';
    server.will({ status: 400, body });

    expect(await client.complete(QUESTION, idle)).toMatchObject({ ok: false, code: "unauthorized" });
  });

  it("waits as long as the body asks", async () => {
    const details = [{ "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: "21s" }];
    const body = JSON.stringify({ error: { code: 429, message: "Quota", status: "RESOURCE_EXHAUSTED", details } });
    server.will({ status: 429, body }, { reply: "Yes." });

    expect(await client.complete(QUESTION, idle)).toMatchObject({ ok: true, value: { attempts: 2 } });
    expect(time.pauses).toEqual([21_000]);
  });

  it("says when the question was withheld, not the answer", async () => {
    server.will({ raw: '{"promptFeedback": {"blockReason": "SAFETY"}, "usageMetadata": {"promptTokenCount": 4}}' });

    expect(await client.complete(QUESTION, idle)).toMatchObject({ ok: true, value: { finish: "filtered", text: "" } });
  });

  it("takes no key from the environment by itself", async () => {
    vi.stubEnv("GOOGLE_GENERATIVE_AI_API_KEY", "from-the-environment");
    server.will({ reply: "Yes." });

    await client.complete(QUESTION, idle);
    vi.unstubAllEnvs();

    expect(server.requests[0].key).toBe("");
  });
});
