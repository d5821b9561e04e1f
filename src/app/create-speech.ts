import { setTimeout as delay } from "node:timers/promises";
import { join } from "node:path";
import { createOnnxEars } from "../adapters/ears/index.js";
import type { LinkOptions } from "../adapters/model-link/index.js";
import {
  createEspeakSpeaker,
  createFliteSpeaker,
  createOpenAiSpeaker,
  createOpenAiTranscriber,
} from "../adapters/speech/index.js";
import { ControllerError } from "../domain/errors.js";
import { createRandom } from "../domain/random.js";
import type { Speaker } from "../ports/speaker.js";
import type { Transcriber } from "../ports/transcriber.js";
import type { Launch } from "./launch/launch-schema.js";
import { packageRoot } from "./package-root.js";

type Environment = Readonly<Record<string, string | undefined>>;

/** The ears that the launch file names. Throws `bad-launch-file` where `offline` forbids them or their key is not set. */
export async function createTranscriber(launch: Launch, env: Environment = process.env): Promise<Transcriber> {
  const config = launch.speech.transcriber;
  switch (config.type) {
    case "onboard":
      return createOnnxEars({ modelDir: join(packageRoot(), "models", "ears") });
    case "openai-compatible":
      return onMachine(
        launch,
        "transcriber",
        config.baseUrl,
        createOpenAiTranscriber(linkOf("transcriber", config, env)),
      );
  }
}

/** The voice that the launch file names. Throws as the ears do. */
export async function createSpeaker(launch: Launch, env: Environment = process.env): Promise<Speaker> {
  const config = launch.speech.speaker;
  switch (config.type) {
    case "flite":
      return createFliteSpeaker({ voice: config.voice, stretch: config.stretch });
    case "espeak-ng": {
      const { voice, wordsPerMinute } = config;
      return createEspeakSpeaker({ wordsPerMinute, ...(voice === undefined ? {} : { voice }) });
    }
    case "openai-compatible": {
      const speaker = createOpenAiSpeaker({ ...linkOf("speaker", config, env), voice: config.voice });
      return onMachine(launch, "speaker", config.baseUrl, speaker);
    }
  }
}

function onMachine<T extends { readonly leavesMachine: boolean }>(
  launch: Launch,
  part: string,
  baseUrl: string,
  made: T,
): T {
  if (!launch.offline || !made.leavesMachine) return made;
  throw new ControllerError(
    "bad-launch-file",
    `speech.${part} would send what is said to ${baseUrl}, and offline is set. Use one on this machine, or set offline to false.`,
  );
}

interface ServerConfig {
  readonly baseUrl: string;
  readonly model: string;
  readonly apiKeyEnv?: string | undefined;
  readonly timeoutS: number;
  readonly maxRetries: number;
}

function linkOf(part: string, config: ServerConfig, env: Environment): LinkOptions {
  const { apiKeyEnv } = config;
  const apiKey = apiKeyEnv === undefined ? undefined : env[apiKeyEnv];
  if (apiKeyEnv !== undefined && (apiKey === undefined || apiKey === ""))
    throw new ControllerError(
      "bad-launch-file",
      `speech.${part} takes its key from the environment variable ${apiKeyEnv}, which is not set. Set it, or name another.`,
    );
  return {
    baseUrl: config.baseUrl,
    model: config.model,
    timeoutMs: config.timeoutS * 1000,
    maxRetries: config.maxRetries,
    fetch: globalThis.fetch,
    delay: (ms, { signal }) => delay(ms, undefined, { signal }),
    // Only spreads retries in time.
    random: createRandom(process.pid),
    ...(apiKey === undefined ? {} : { apiKey }),
  };
}
