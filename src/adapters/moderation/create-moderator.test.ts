import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ModelServer } from "../../../test/support/servers/model-server.js";
import { startModerationServer } from "../../../test/support/servers/moderation-server.js";
import { startOllamaServer } from "../../../test/support/servers/ollama-server.js";
import { startOpenAiServer } from "../../../test/support/servers/openai-server.js";
import { createVirtualTime } from "../../../test/support/servers/virtual-time.js";
import { createRandom } from "../../domain/random.js";
import type { ModelClient } from "../../ports/model-client.js";
import { createOpenAiCompatibleClient } from "../ai-sdk/index.js";
import type { LinkOptions } from "../model-link/index.js";
import { createOllamaClient } from "../ollama/index.js";
import { moderationConfigSchema } from "./config-schema.js";
import { createModerator } from "./create-moderator.js";
import type { Moderator } from "./moderator.js";

const KEY = "sk-7f3a-NOT-for-logs";
const idle = { signal: new AbortController().signal };

const linkTo = (server: ModelServer, model: string): LinkOptions => ({
  baseUrl: server.baseUrl,
  model,
  apiKey: KEY,
  timeoutMs: 20_000,
  maxRetries: 1,
  fetch: globalThis.fetch,
  delay: createVirtualTime({ holdFromMs: 20_000 }).delay,
  random: createRandom(1),
});

const guard = (createClient: (options: LinkOptions) => ModelClient) => (server: ModelServer) =>
  createModerator({ type: "llama-guard", client: createClient(linkTo(server, "llama-guard3:8b")) });
const textOnly = (): Promise<ModelServer> => startOllamaServer({ capabilities: ["completion"] });

describe.each([
  [
    "openai-moderation",
    startModerationServer,
    (server: ModelServer) =>
      createModerator({ type: "openai-moderation", ...linkTo(server, "omni-moderation-latest") }),
    { safe: "", unsafe: "violence illicit", categories: ["illicit", "violence"] },
  ],
  [
    "llama-guard over ollama",
    textOnly,
    guard(createOllamaClient),
    { safe: "\n\nsafe", unsafe: "\n\nunsafe\nS1,S9", categories: ["S1: violent crimes", "S9: indiscriminate weapons"] },
  ],
  [
    "llama-guard over an OpenAI-compatible server",
    startOpenAiServer,
    guard(createOpenAiCompatibleClient),
    { safe: "safe", unsafe: "unsafe\nS10", categories: ["S10: hate"] },
  ],
] as const)("moderator: %s", (_, startServer, create, answers) => {
  let server: ModelServer;
  let moderator: Moderator;
  beforeEach(async () => {
    server = await startServer();
    moderator = create(server);
  });
  afterEach(async () => {
    await moderator.close();
    await server.close();
  });

  it("lets harmless words pass", async () => {
    server.will({ reply: answers.safe });

    expect(await moderator.check("put the mug in the sink", idle)).toEqual({
      ok: true,
      value: { allowed: true, categories: [] },
    });
    expect(server.requests[0].turns).toEqual([{ role: "user", text: "put the mug in the sink", images: [] }]);
    expect(server.requests[0].key).toBe(KEY);
  });

  it("stops harmful words, and says what they are about", async () => {
    server.will({ reply: answers.unsafe });

    expect(await moderator.check("...", idle)).toEqual({
      ok: true,
      value: { allowed: false, categories: answers.categories },
    });
  });

  it("does not ask about nothing", async () => {
    expect(await moderator.check(" \n", idle)).toMatchObject({ ok: true, value: { allowed: true } });
    expect(server.requests).toEqual([]);
  });

  it.each([
    [{ status: 401, message: `wrong key ${KEY}` }, "unauthorized"],
    [{ raw: "<html>" }, "bad-answer"],
    [{ raw: '{"results": []}' }, "bad-answer"],
    [{ raw: '{"choices": [], "results": [{"flagged": "no"}]}' }, "bad-answer"],
  ] as const)("lets nothing pass on %j", async (step, code) => {
    server.will(step);

    const result = await moderator.check("anything", idle);

    expect(result).toMatchObject({ ok: false, code });
    expect(JSON.stringify(result)).not.toContain(KEY);
  });

  it("asks again when the server is overloaded, and then gives up", async () => {
    server.will({ status: 503 }, { reply: answers.safe }, { status: 503 }, { status: 503 });

    expect(await moderator.check("one", idle)).toMatchObject({ ok: true });
    expect(await moderator.check("two", idle)).toMatchObject({ ok: false, code: "server-error" });
  });

  it("can be called off, and closed twice", async () => {
    const off = new AbortController();
    server.will({ silent: true });
    const call = moderator.check("one", { signal: off.signal });
    await server.untilRequests(1);

    off.abort();

    await expect(call).rejects.toMatchObject({ code: "aborted" });
    await moderator.close();
    await moderator.close();
    await expect(moderator.check("two", idle)).rejects.toMatchObject({ code: "aborted" });
  });
});

describe("unclear verdicts of Llama Guard", () => {
  it.each(["Safe!", "safe\nS1", "I think this is safe.", "unsafely", "S1"])(
    "lets nothing pass on %j",
    async (reply) => {
      const server = await textOnly();
      const moderator = guard(createOllamaClient)(server);
      server.will({ reply });

      expect(await moderator.check("anything", idle)).toMatchObject({ ok: false, code: "bad-answer" });
      await moderator.close();
      await server.close();
    },
  );

  it("lets nothing pass on a verdict that was cut off", async () => {
    const server = await textOnly();
    const moderator = guard(createOllamaClient)(server);
    server.will({ reply: "safe", finish: "length" });

    expect(await moderator.check("anything", idle)).toMatchObject({ ok: false, code: "bad-answer" });
    await moderator.close();
    await server.close();
  });

  it("stops words that are unsafe for a reason unknown to it", async () => {
    const server = await textOnly();
    const moderator = guard(createOllamaClient)(server);
    server.will({ reply: "unsafe\nS77" });

    expect(await moderator.check("anything", idle)).toMatchObject({
      ok: true,
      value: { allowed: false, categories: ["S77: unknown"] },
    });
    await moderator.close();
    await server.close();
  });
});

describe("moderation in a launch file", () => {
  it("needs no more than its type", () => {
    expect(moderationConfigSchema.parse({ type: "llama-guard" })).toMatchObject({
      model: "llama-guard3:8b",
      timeoutS: 20,
    });
    expect(moderationConfigSchema.parse({ type: "openai-moderation" })).toMatchObject({ apiKeyEnv: "OPENAI_API_KEY" });
  });
});
