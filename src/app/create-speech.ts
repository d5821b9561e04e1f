import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createOnnxEars } from "../adapters/ears/index.js";
import {
  createEdgeSpeaker,
  createEspeakSpeaker,
  createFliteSpeaker,
  createGptSovitsSpeaker,
  createMeloTtsSpeaker,
  createOpenAiSpeaker,
  createOpenAiTranscriber,
  parseConsent,
  speakInTurn,
  type Consent,
  type SpeakerConfig,
  type TranscriberConfig,
} from "../adapters/speech/index.js";
import { ControllerError } from "../domain/errors.js";
import type { Speaker } from "../ports/speaker.js";
import type { Transcriber } from "../ports/transcriber.js";
import type { Launch } from "./launch/launch-schema.js";
import { speakersOf } from "./launch/speech-schema.js";
import { monotonicMs, unixTimeMs } from "./machine-time.js";
import { modelFolder } from "./model-folder.js";
import { packageRoot } from "./package-root.js";
import { serverLink } from "./server-link.js";

type Environment = Readonly<Record<string, string | undefined>>;

export interface SpeechOptions {
  readonly env?: Environment;
  /** What people should know: another speaker serves, a provider cannot be had ... */
  readonly onNote?: (level: "info" | "warning", text: string) => void;
}

/** The ears that the launch file names. Throws `bad-launch-file` where `offline` forbids them or their key is not set. */
export async function createTranscriber(
  launch: Launch,
  { env = process.env, onNote }: SpeechOptions = {},
): Promise<Transcriber> {
  const heard = onNote === undefined ? {} : { onNote };
  return openTranscriber(launch.speech.transcriber, { launch, env, part: "speech.transcriber", ...heard });
}

export interface OpenSpeechOptions {
  readonly launch: Launch;
  readonly env: Environment;
  /** The place in the launch file, for messages: `speech.speaker` ... */
  readonly part: string;
  readonly onNote?: SpeechOptions["onNote"];
}

/** Ears by one entry. Throws as `createTranscriber` does. */
export async function openTranscriber(
  config: TranscriberConfig,
  { launch, env, part, onNote }: OpenSpeechOptions,
): Promise<Transcriber> {
  switch (config.type) {
    case "onboard":
      return createOnnxEars({ modelDir: join(packageRoot(), "models", "ears") });
    case "whisper": {
      // Loaded only where it is used: its package is an optional one.
      const { createWhisper } = await import("../adapters/transformers/index.js");
      const { modelDir, dtype, providers } = config;
      return createWhisper({
        modelDir: modelFolder(modelDir, launch),
        dtype,
        providers,
        onFallback: ({ model, from, to, reason }) =>
          onNote?.("warning", `${model} runs on ${to}: ${from} cannot be had (${reason})`),
      });
    }
    case "openai-compatible":
      return onMachine(launch, part, config.baseUrl, createOpenAiTranscriber(serverLink(part, config, env)));
  }
}

/**
 * The voices that the launch file names, asked in its order. Throws as the ears do, and where a person's voice is named without
 * their consent: a voice that may not be used is no reason to take the next.
 */
export async function createSpeaker(
  launch: Launch,
  { env = process.env, onNote }: SpeechOptions = {},
): Promise<Speaker> {
  const opened: Speaker[] = [];
  try {
    for (const config of speakersOf(launch.speech.speaker))
      opened.push(await openSpeaker(config, { launch, env, part: "speech.speaker" }));
  } catch (error) {
    await Promise.all(opened.map((speaker) => speaker.close()));
    throw error;
  }
  const [first, ...others] = opened;
  return speakInTurn([first, ...others], { nowMs: monotonicMs, ...(onNote === undefined ? {} : { onNote }) });
}

/** One voice. Throws `bad-launch-file` where it may not be used: no consent, no key, or `offline`. */
export async function openSpeaker(config: SpeakerConfig, { launch, env, part }: OpenSpeechOptions): Promise<Speaker> {
  switch (config.type) {
    case "flite":
      return createFliteSpeaker({ voice: config.voice, stretch: config.stretch });
    case "espeak-ng": {
      const { voice, wordsPerMinute } = config;
      return createEspeakSpeaker({ wordsPerMinute, ...(voice === undefined ? {} : { voice }) });
    }
    case "openai-compatible": {
      const { voice, voices, languages, baseUrl } = config;
      const only = languages === undefined ? {} : { languages };
      const speaker = createOpenAiSpeaker({ ...serverLink(part, config, env), voice, voices, ...only });
      return onMachine(launch, part, baseUrl, speaker);
    }
    case "melotts": {
      const { path, voices, speed, baseUrl } = config;
      return onMachine(
        launch,
        part,
        baseUrl,
        createMeloTtsSpeaker({ ...serverLink(part, config, env), path, voices, speed }),
      );
    }
    case "gpt-sovits": {
      const { refAudioPath, promptText, promptLanguage, speed, baseUrl } = config;
      const consent = await readConsent(config.consent);
      const link = serverLink(part, config, env);
      return onMachine(
        launch,
        part,
        baseUrl,
        createGptSovitsSpeaker({ ...link, consent, refAudioPath, promptText, promptLanguage, speed }),
      );
    }
    case "edge-tts": {
      const { voices, ratePercent, timeoutS } = config;
      const speaker = createEdgeSpeaker({ voices, ratePercent, timeoutMs: timeoutS * 1000 });
      return onMachine(launch, part, "Microsoft's read-aloud service", speaker);
    }
  }
}

async function readConsent(path: string): Promise<Consent> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    throw new ControllerError(
      "bad-launch-file",
      `A person's voice is used only with their recorded consent: expected it in ${path}, which cannot be read. Ask the person and write it down (who, when, what), or take another speaker.`,
      { cause },
    );
  }
  return parseConsent(text, { path, nowMs: unixTimeMs() });
}

function onMachine<T extends { readonly leavesMachine: boolean }>(
  launch: Launch,
  part: string,
  receiver: string,
  made: T,
): T {
  if (!launch.offline || !made.leavesMachine) return made;
  throw new ControllerError(
    "bad-launch-file",
    `${part} would send what is said to ${receiver}, and offline is set. Use one on this machine, or set offline to false.`,
  );
}
