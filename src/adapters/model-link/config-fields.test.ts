import { describe, expect, it } from "vitest";
import { anthropicConfigSchema, googleConfigSchema, openAiCompatibleConfigSchema } from "../ai-sdk/config-schema.js";
import { ollamaConfigSchema } from "../ollama/config-schema.js";

const LOCAL = { type: "openai-compatible", baseUrl: "http://127.0.0.1:8000/v1", model: "m" } as const;

describe("model servers in a launch file", () => {
  it("need no more than what nobody can guess", () => {
    expect(openAiCompatibleConfigSchema.parse(LOCAL)).toEqual({
      ...LOCAL,
      timeoutS: 60,
      maxRetries: 3,
      temperature: 0,
      maxOutputTokens: 2_048,
    });
    expect(ollamaConfigSchema.parse({ type: "ollama", model: "m" }).baseUrl).toBe("http://127.0.0.1:11434");
    expect(googleConfigSchema.parse({ type: "google", model: "m" }).apiKeyEnv).toBe("GEMINI_API_KEY");
    expect(anthropicConfigSchema.parse({ type: "anthropic", model: "m" }).apiKeyEnv).toBe("ANTHROPIC_API_KEY");
  });

  it.each(["sk-proj-abc", "AIzaSyD-abc", "hf_aBcD", "", "MY KEY"])("never hold a key: %j", (apiKeyEnv) => {
    const parsed = openAiCompatibleConfigSchema.safeParse({ ...LOCAL, apiKeyEnv });

    expect(parsed.success).toBe(false);
    expect(parsed.error?.message).toContain("never the key itself");
  });

  it.each([
    "127.0.0.1:8000",
    "ftp://127.0.0.1",
    "http://user:password@127.0.0.1/v1",
    "https://example.com/v1?key=abc",
    "",
  ])("need a plain address: %j", (baseUrl) => {
    expect(openAiCompatibleConfigSchema.safeParse({ ...LOCAL, baseUrl }).success).toBe(false);
  });

  it("know no other fields", () => {
    expect(openAiCompatibleConfigSchema.safeParse({ ...LOCAL, apiKey: "sk-abc" }).success).toBe(false);
  });
});
