import { leavesMachine } from "../../../adapters/model-link/index.js";
import { fail } from "../../../domain/result.js";
import type { SoundHearer } from "../../../ports/sound-hearer.js";
import type { HearEntry } from "../../launch/skills/hear-schema.js";
import type { BackendDeps, BackendTable, OpenedBackend } from "../backend-kind.js";
import { checkKey } from "./check-key.js";
import { checkTransformers } from "./transformers.js";

const PART = "skills.hear.backends";
const LANGUAGES = ["en", "zh"];
const NOTE =
  "The on-board ears know this robot's commands in English and Chinese, and were trained on synthetic voices. Anything else that is said comes out as the command-like words that sound nearest; use whisper or a server for it.";

/** Who can hear: the transcribers that missions have. */
export const hearBackends: BackendTable<HearEntry, SoundHearer> = {
  onboard: {
    description: "The on-board ears: commands in English and Chinese, not speech in general.",
    example: { type: "onboard" },
    async open(config, deps) {
      const ears = await openAs(config, deps);
      return { port: { note: NOTE, transcribe: onlyIn(LANGUAGES, ears.port) }, close: () => ears.close() };
    },
  },
  whisper: {
    description: "Whisper on this machine, by the optional package @huggingface/transformers; many languages.",
    example: { type: "whisper", modelDir: "whisper-base" },
    check: checkTransformers,
    open: openAs,
  },
  "openai-compatible": {
    description: "Any server with /audio/transcriptions: speaches, vLLM, whisper.cpp, OpenAI ...",
    example: {
      type: "openai-compatible",
      baseUrl: "http://127.0.0.1:8000/v1",
      model: "Systran/faster-whisper-small",
    },
    leavesMachine: ({ baseUrl }) => leavesMachine(baseUrl),
    check: checkKey,
    open: openAs,
  },
};

async function openAs(config: HearEntry, { launch, env, onNote }: BackendDeps): Promise<OpenedBackend<SoundHearer>> {
  const { openTranscriber } = await import("../../create-speech.js");
  const transcriber = await openTranscriber(config, { launch, env, part: PART, onNote });
  return {
    port: { transcribe: (sound, options) => transcriber.transcribe(sound, options) },
    close: () => transcriber.close(),
  };
}

const onlyIn =
  (languages: readonly string[], hearer: SoundHearer): SoundHearer["transcribe"] =>
  async (sound, options) => {
    const { language } = options;
    if (language !== undefined && !languages.includes(language.toLowerCase().split("-")[0])) {
      return fail(
        "unsupported-language",
        `The on-board ears hear ${languages.join(" and ")}; "${language}" was asked for. Leave it out, or set up whisper or a server.`,
      );
    }
    return hearer.transcribe(sound, options);
  };
