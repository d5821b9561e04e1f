import { existsSync } from "node:fs";
import { leavesMachine } from "../../../adapters/model-link/index.js";
import { fail, ok } from "../../../domain/result.js";
import type { Speaker } from "../../../ports/speaker.js";
import type { TextSpeaker } from "../../../ports/text-speaker.js";
import type { SpeakEntry } from "../../launch/skills/speak-schema.js";
import type { BackendDeps, BackendTable, OpenedBackend } from "../backend-kind.js";
import { checkKey } from "./check-key.js";
import { isOnPath } from "./on-path.js";

const PART = "skills.speak.backends";

interface Server {
  readonly baseUrl: string;
  readonly apiKeyEnv?: string | undefined;
}

const onServer = {
  leavesMachine: ({ baseUrl }: Server) => leavesMachine(baseUrl),
  check: checkKey,
};

/** Who can speak: the speakers that missions have, one by one. */
export const speakBackends: BackendTable<SpeakEntry, TextSpeaker> = {
  flite: {
    description: "English voices inside the package: slt, rms, awb, kal16, kal.",
    example: { type: "flite", voice: "slt" },
    open: (config, deps) => openAs(config, deps, { model: "flite", kind: "synthetic" }),
  },
  "espeak-ng": {
    description: "The program espeak-ng from the PATH: more than a hundred languages, Chinese too.",
    example: { type: "espeak-ng" },
    check: (_config, { env }) =>
      isOnPath("espeak-ng", env) ? undefined : "The program is not installed: sudo apt-get install espeak-ng",
    open: (config, deps) => openAs(config, deps, { model: "espeak-ng", kind: "synthetic" }),
  },
  "openai-compatible": {
    description: "Any server with /audio/speech: Kokoro, vLLM, speaches, OpenAI ...",
    example: { type: "openai-compatible", baseUrl: "http://127.0.0.1:8880/v1", model: "kokoro", voice: "af_heart" },
    ...onServer,
    open: (config, deps) => openAs(config, deps, { model: config.model, kind: "generated" }),
  },
  melotts: {
    description: "A MeloTTS server: English, Chinese, Spanish, French, Japanese, Korean.",
    example: { type: "melotts" },
    ...onServer,
    open: (config, deps) => openAs(config, deps, { model: "MeloTTS", kind: "generated" }),
  },
  "gpt-sovits": {
    description: "A person's own voice, with their recorded consent, by a GPT-SoVITS server.",
    example: {
      type: "gpt-sovits",
      consent: "ann-consent.json",
      refAudioPath: "voices/ann.wav",
      promptText: "Good morning, how are you today?",
    },
    leavesMachine: onServer.leavesMachine,
    check: (config, deps) =>
      existsSync(config.consent)
        ? onServer.check(config, deps)
        : `A person's voice is used only with their recorded consent; there is no file ${config.consent}.`,
    open: (config, deps) =>
      openAs(config, deps, {
        model: "GPT-SoVITS",
        kind: "cloned",
        consent: `Their consent is recorded in ${config.consent}.`,
      }),
  },
  "edge-tts": {
    description: "The program edge-tts, which sends every text to Microsoft.",
    example: { type: "edge-tts" },
    leavesMachine: () => true,
    check: (_config, { env }) => {
      const missing = ["edge-tts", "ffmpeg"].filter((program) => !isOnPath(program, env));
      return missing.length === 0 ? undefined : `Not on the PATH: ${missing.join(" and ")}.`;
    },
    open: (config, deps) => openAs(config, deps, { model: "edge-tts", kind: "generated" }),
  },
};

async function openAs(
  config: SpeakEntry,
  { launch, env }: BackendDeps,
  about: Pick<TextSpeaker, "model" | "kind" | "consent">,
): Promise<OpenedBackend<TextSpeaker>> {
  const { openSpeaker } = await import("../../create-speech.js");
  const speaker = await openSpeaker(config, { launch, env, part: PART });
  return { port: { ...about, speak: speakWith(speaker) }, close: () => speaker.close() };
}

const speakWith =
  (speaker: Speaker): TextSpeaker["speak"] =>
  async (text, options) => {
    const spoken = await speaker.speak(text, options);
    if (!spoken.ok) return spoken;
    const { samples, sampleRateHz, voice = speaker.name } = spoken.value;
    if (samples.length === 0) return fail("bad-answer", `${speaker.name} gave a sound of no length.`);
    return ok({ sound: { samples, sampleRateHz }, voice });
  };
