import { fail, ok } from "../../domain/result.js";
import type { Speaker } from "../../ports/speaker.js";
import { leavesMachine, type LinkOptions } from "../model-link/index.js";
import { openSoundServer } from "./ask-for-sound.js";
import { baseLanguage, byLanguage } from "./by-language.js";
import { joinSounds } from "./phrases.js";

export interface MeloTtsSpeakerOptions extends Omit<LinkOptions, "model"> {
  /** Where the server takes requests; default: `/convert/tts`. */
  readonly path?: string;
  /** MeloTTS's speaker by language, beside its own choice: `{ en: "EN-BR" }`. */
  readonly voices?: Readonly<Record<string, string>>;
  /** 1 is the voice's own tempo; 1.2 is faster. */
  readonly speed?: number;
}

/** The model of each language, and its first speaker. MeloTTS names Japanese and Korean by their countries. */
const LANGUAGES: Readonly<Record<string, { readonly model: string; readonly speaker: string }>> = {
  en: { model: "EN", speaker: "EN-US" },
  zh: { model: "ZH", speaker: "ZH" },
  es: { model: "ES", speaker: "ES" },
  fr: { model: "FR", speaker: "FR" },
  ja: { model: "JP", speaker: "JP" },
  ko: { model: "KR", speaker: "KR" },
};

/** English has several; to one that it lacks the server answers with a bare error 500. */
const ENGLISH = ["EN-US", "EN-BR", "EN_INDIA", "EN-AU", "EN-Default"];

/** MeloTTS behind its HTTP server: `{text, language, speaker_id, speed}` in, a WAV file out. Chinese may hold English words. */
export function createMeloTtsSpeaker(given: MeloTtsSpeakerOptions): Speaker {
  const { path = "/convert/tts", voices = {}, speed: usual = 1, ...options } = given;
  const server = openSoundServer(
    "MeloTTS server",
    { ...options, model: "MeloTTS" },
    { advice: "Check baseUrl, path and voices." },
  );

  return {
    name: "melotts",
    leavesMachine: leavesMachine(options.baseUrl),
    async speak(text, { signal, language = "en", voice, speed = 1 }) {
      const known = byLanguage(LANGUAGES, baseLanguage(language));
      if (known === undefined)
        return fail(
          "unsupported-language",
          `MeloTTS speaks ${Object.keys(LANGUAGES).join(", ")}; "${language}" was asked for. Name another speaker after it.`,
        );
      const speakers = [...new Set([...(known.model === "EN" ? ENGLISH : [known.speaker]), ...Object.values(voices)])];
      if (voice !== undefined && !speakers.includes(voice))
        return fail(
          "unknown-voice",
          `MeloTTS has the speakers ${speakers.join(", ")} for it; "${voice}" was asked for.`,
        );
      if (text.trim() === "") return ok(joinSounds([]));
      const speaker = voice ?? byLanguage(voices, language) ?? known.speaker;
      const body = { text, language: known.model, speaker_id: speaker, speed: usual * speed };
      const said = await server.ask(path, body, { signal });
      return said.ok ? ok({ ...said.value, voice: speaker }) : said;
    },
    close: () => server.close(),
  };
}
