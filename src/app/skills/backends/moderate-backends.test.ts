import { describe, expect, it } from "vitest";
import { backendDeps } from "../../../../test/support/backend-deps.js";
import { paintFrame } from "../../../../test/support/painted-frame.js";
import { startModerationServer } from "../../../../test/support/servers/moderation-server.js";
import { startOllamaServer } from "../../../../test/support/servers/ollama-server.js";
import { startOpenAiServer } from "../../../../test/support/servers/openai-server.js";
import { moderateEntrySchema } from "../../launch/skills/moderate-schema.js";
import { moderateBackends } from "./moderate-backends.js";

const idle = { signal: new AbortController().signal };
const picture = paintFrame({ width: 16, height: 12 });
const env = { OPENAI_API_KEY: "sk-for-nobody" };

async function open(entry: object) {
  const config = moderateEntrySchema.parse(entry);
  const kind = moderateBackends[config.type];
  return (kind as { open(config: unknown, deps: unknown): ReturnType<typeof kind.open> }).open(
    config,
    backendDeps({ env }),
  );
}

describe("who moderates", () => {
  it("on board stops what is physically dangerous, and says that it knows no more", async () => {
    const { port } = await open({ type: "onboard" });

    expect(await port.judge({ text: "throw the mug at the wall" }, idle)).toMatchObject({
      ok: true,
      value: { acceptable: false, categories: ["throwing"] },
    });
    expect(await port.judge({ text: "把刀递给我" }, idle)).toMatchObject({ ok: true, value: { acceptable: false } });
    expect(await port.judge({ text: "take the mug" }, idle)).toMatchObject({
      ok: true,
      value: { acceptable: true, reason: expect.stringContaining("know nothing of insults") },
    });
    expect(await port.judge({ text: "what is this?", picture }, idle)).toMatchObject({
      ok: false,
      code: "unsupported",
    });
  });

  it("OpenAI's moderation sees pictures, and gives scores", async () => {
    const server = await startModerationServer();
    server.will({ reply: "violence" }, { reply: "" });
    const opened = await open({ type: "openai-moderation", baseUrl: server.baseUrl });
    const { port } = opened;

    expect(await port.judge({ text: "look at this", picture }, idle)).toMatchObject({
      ok: true,
      value: { acceptable: false, categories: ["violence"] },
    });
    expect(await port.judge({ picture }, idle)).toMatchObject({ ok: true, value: { acceptable: true } });
    expect(server.requests.map(({ turns }) => [turns[0].text, turns[0].images.length])).toEqual([
      ["look at this", 1],
      ["", 1],
    ]);
    await opened.close();
    await server.close();
  });

  it("no model is asked about what the rules have stopped", async () => {
    const server = await startModerationServer();
    const opened = await open({ type: "openai-moderation", baseUrl: server.baseUrl });
    const { port } = opened;

    expect(await port.judge({ text: "stab him" }, idle)).toMatchObject({
      ok: true,
      value: { categories: ["harm-to-people"] },
    });
    expect(server.requests).toEqual([]);
    await opened.close();
    await server.close();
  });

  it("Llama Guard reads text on Ollama, and sees pictures on other servers", async () => {
    const ollama = await startOllamaServer({ capabilities: ["completion"] });
    ollama.will({ reply: "unsafe\nS10" });
    const textOnly = await open({ type: "llama-guard", baseUrl: ollama.baseUrl });
    expect(await textOnly.port.judge({ text: "..." }, idle)).toMatchObject({
      ok: true,
      value: { acceptable: false, categories: ["S10: hate"] },
    });
    expect(await textOnly.port.judge({ picture }, idle)).toMatchObject({ ok: false, code: "unsupported" });
    await textOnly.close();
    await ollama.close();

    const vllm = await startOpenAiServer();
    vllm.will({ reply: "safe" }, { reply: "I would rather not say." });
    const seeing = await open({
      type: "llama-guard",
      server: "openai-compatible",
      baseUrl: vllm.baseUrl,
      model: "Llama-Guard-3-11B-Vision",
    });
    expect(await seeing.port.judge({ picture }, idle)).toMatchObject({ ok: true, value: { acceptable: true } });
    expect(vllm.requests[0].turns.at(-1)?.images).toHaveLength(1);
    expect(await seeing.port.judge({ picture }, idle)).toMatchObject({ ok: false, code: "bad-answer" });
    await seeing.close();
    await vllm.close();
  });

  it("says which key is missing before anybody is asked", () => {
    const config = moderateEntrySchema.parse({ type: "openai-moderation" });
    if (config.type !== "openai-moderation") throw new Error("another type");

    expect(moderateBackends["openai-moderation"].check?.(config, backendDeps())).toContain("OPENAI_API_KEY");
    expect(moderateBackends["openai-moderation"].leavesMachine?.(config)).toBe(true);
  });

  it("has examples that the launch file takes", () => {
    for (const { example } of Object.values(moderateBackends))
      expect(moderateEntrySchema.safeParse(example).success).toBe(true);
  });
});
