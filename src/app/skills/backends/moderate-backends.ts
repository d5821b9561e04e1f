import { leavesMachine } from "../../../adapters/model-link/index.js";
import type { ModerationConfig } from "../../../adapters/moderation/config-schema.js";
import type { Moderator } from "../../../adapters/moderation/index.js";
import { fail, ok } from "../../../domain/result.js";
import type { ContentModerator, ContentVerdict } from "../../../ports/content-moderator.js";
import { judgeWords } from "../../../safety/index.js";
import type { ModerateEntry } from "../../launch/skills/moderate-schema.js";
import type { BackendDeps, BackendKind, BackendTable } from "../backend-kind.js";
import { imageFor } from "./model-server.js";

/** Who can judge. Whoever does, the on-board rules come first: no model is asked about what they have stopped. */
export const moderateBackends: BackendTable<ModerateEntry, ContentModerator> = {
  onboard: {
    description: "Rules for what is physically dangerous to do, English and Chinese. Text only.",
    scripted: true,
    example: { type: "onboard" },
    open: async () => ({ port: onboardModerator, close: async () => undefined }),
  },
  "openai-moderation": server("OpenAI's moderation, or a server that speaks it: text and pictures.", {
    type: "openai-moderation",
  }),
  "llama-guard": server("Llama Guard 3 on Ollama, or on vLLM (pictures with 11B Vision).", { type: "llama-guard" }),
};

function physical(text: string): ContentVerdict | undefined {
  const { acceptable, categories, findings } = judgeWords(text);
  if (acceptable) return undefined;
  const reason = findings.map(({ reason: why, words }) => `"${words}": ${why}`).join(" ");
  return { acceptable, categories, reason };
}

const onboardModerator: ContentModerator = {
  async judge({ text = "", picture }) {
    const stopped = physical(text);
    if (stopped !== undefined) return ok(stopped);
    if (picture !== undefined) {
      return fail(
        "unsupported",
        "The on-board rules read words only. For pictures, set up openai-moderation, or llama-guard with a model that sees.",
      );
    }
    return ok({
      acceptable: true,
      categories: [],
      reason: "No rule for physical dangers fits. These rules know nothing of insults, lies or crimes.",
    });
  },
};

function server<Config extends ModerationConfig>(
  description: string,
  example: Readonly<Record<string, unknown>>,
): BackendKind<Config, ContentModerator> {
  return {
    description,
    example,
    leavesMachine: ({ baseUrl }) => leavesMachine(baseUrl),
    check: ({ apiKeyEnv }, { env }) =>
      apiKeyEnv === undefined || (env[apiKeyEnv] ?? "") !== ""
        ? undefined
        : `Its key is taken from the environment variable ${apiKeyEnv}, which is not set.`,
    async open(config, deps) {
      const moderator = await openModerator(config, deps);
      return { port: byModel(moderator), close: () => moderator.close() };
    },
  };
}

async function openModerator(config: ModerationConfig, { launch, env }: BackendDeps): Promise<Moderator> {
  const { createModerator } = await import("../../create-moderator.js");
  const moderator = createModerator({ ...launch, moderation: config }, env);
  if (moderator === undefined) throw new Error("A moderation that is not none has a moderator.");
  return moderator;
}

const byModel = (moderator: Moderator): ContentModerator => ({
  async judge({ text = "", picture }, { signal }) {
    const stopped = physical(text);
    if (stopped !== undefined) return ok(stopped);
    const content = { text, ...(picture === undefined ? {} : { picture: await imageFor(picture) }) };
    const verdict = await moderator.judge(content, { signal });
    if (!verdict.ok) return verdict;
    const { allowed, categories, scores } = verdict.value;
    return ok({
      acceptable: allowed,
      categories,
      ...(scores === undefined ? {} : { scores }),
      reason: allowed
        ? `${moderator.name} found nothing.`
        : `${moderator.name}: ${categories.length === 0 ? "flagged without a category" : categories.join(", ")}.`,
    });
  },
});
