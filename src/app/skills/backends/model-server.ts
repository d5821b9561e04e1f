import type { z } from "zod";
import { encodePicture } from "../../../adapters/picture/encode-picture.js";
import { leavesMachine } from "../../../adapters/model-link/index.js";
import { fail, ok, type Result } from "../../../domain/result.js";
import type { ModelClient, ModelImage, ModelRequest, RgbPicture } from "../../../ports/model-client.js";
import type { BackendFailure } from "../../../ports/skill-backends.js";
import { createModelClient } from "../../create-model-client.js";
import type { modelServerEntries } from "../../launch/skills/model-entries.js";
import type { BackendDeps, BackendKind, OpenedBackend } from "../backend-kind.js";

export type ModelServerConfig = z.infer<(typeof modelServerEntries)[number]>;

/** Longest side of a picture that is sent; what models keep as it is. */
const MOST_PIXELS = 1_024;

/** A model that sees, for one-shot questions. */
export interface AskModel {
  readonly client: ModelClient;
  /** The model's words. `images` are in the order in which the text speaks of them. */
  readonly ask: (
    request: Pick<ModelRequest, "system" | "turns" | "jsonSchema">,
    options: { readonly signal: AbortSignal },
  ) => Promise<Result<string, BackendFailure>>;
}

/** The kinds of all model servers, for a skill whose port `make` builds out of a model. */
export function modelServerKinds<Port>(make: (model: AskModel) => Port): {
  readonly [Type in ModelServerConfig["type"]]: BackendKind<Extract<ModelServerConfig, { type: Type }>, Port>;
} {
  const kind = <Config extends ModelServerConfig>(
    description: string,
    example: Readonly<Record<string, unknown>>,
  ): BackendKind<Config, Port> => ({
    description,
    example,
    leavesMachine: ({ baseUrl }) => leavesMachine(baseUrl),
    check: ({ apiKeyEnv }, { env }) =>
      apiKeyEnv === undefined || (env[apiKeyEnv] ?? "") !== ""
        ? undefined
        : `Its key is taken from the environment variable ${apiKeyEnv}, which is not set.`,
    open: (config, deps) => openModelServer(config, deps, make),
  });
  return {
    "openai-compatible": kind("Any server with /chat/completions: vLLM, SGLang, llama.cpp, LM Studio, OpenAI ...", {
      type: "openai-compatible",
      baseUrl: "http://127.0.0.1:8000/v1",
      model: "Qwen/Qwen3-VL-8B-Instruct",
    }),
    ollama: kind("Ollama: Llama 3.2 Vision, LLaVA, Qwen-VL, Gemma ...", {
      type: "ollama",
      model: "llama3.2-vision:11b",
    }),
    google: kind("Google's Gemini.", { type: "google", model: "gemini-robotics-er-2-preview" }),
    anthropic: kind("Claude.", { type: "anthropic", model: "claude-sonnet-5" }),
  };
}

async function openModelServer<Port>(
  config: ModelServerConfig,
  { env }: BackendDeps,
  make: (model: AskModel) => Port,
): Promise<OpenedBackend<Port>> {
  const client = createModelClient(config, env);
  const { maxOutputTokens, temperature } = config;
  const port = make({
    client,
    async ask(request, options) {
      const reply = await client.complete({ ...request, maxOutputTokens, temperature }, options);
      if (!reply.ok) return reply;
      if (reply.value.finish === "filtered") return fail("unsupported", `${client.model} withheld its answer.`);
      const text = reply.value.text.trim();
      return text === "" ? fail("bad-answer", `${client.model} answered with nothing.`) : ok(text);
    },
  });
  return { port, close: () => client.close() };
}

/** A picture as a model gets it: at most 1,024 pixels long, JPEG. */
export function imageFor(picture: RgbPicture): Promise<ModelImage> {
  const scale = Math.min(1, MOST_PIXELS / Math.max(picture.width, picture.height));
  const to = (length: number): number => Math.max(1, Math.round(length * scale));
  return encodePicture(picture, { width: to(picture.width), height: to(picture.height) });
}
