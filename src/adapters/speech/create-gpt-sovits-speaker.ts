import { ControllerError } from "../../domain/errors.js";
import { fail, ok } from "../../domain/result.js";
import type { Speaker } from "../../ports/speaker.js";
import { leavesMachine, type LinkOptions } from "../model-link/index.js";
import { openSoundServer } from "./ask-for-sound.js";
import { byLanguage } from "./by-language.js";
import type { Consent } from "./parse-consent.js";
import { joinSounds } from "./phrases.js";

/** The languages that the server's second version takes, by BCP 47 tag. `zh` may hold English words. */
const LANGUAGES: Readonly<Record<string, string>> = {
  en: "en",
  zh: "zh",
  "zh-hk": "yue",
  yue: "yue",
  ja: "ja",
  ko: "ko",
};

export interface GptSovitsSpeakerOptions extends Omit<LinkOptions, "model"> {
  /** The person's own word; without it nobody's voice is spoken with. */
  readonly consent: Consent;
  /** The recording of the voice, 3 to 10 s, as a path on the server's machine. */
  readonly refAudioPath: string;
  /** What is said in the recording. */
  readonly promptText: string;
  /** The language of the recording, BCP 47. */
  readonly promptLanguage: string;
  /** 1 is the voice's own tempo; 1.2 is faster. */
  readonly speed?: number;
}

/**
 * A person's own voice, by GPT-SoVITS (`api_v2.py`). Throws `bad-input` when the consent names another recording, and for a
 * language of the recording that the server does not have.
 */
export function createGptSovitsSpeaker(given: GptSovitsSpeakerOptions): Speaker {
  const { consent, refAudioPath, promptText, promptLanguage, speed: usual = 1, ...options } = given;
  if (consent.recording !== undefined && consent.recording !== refAudioPath)
    throw new ControllerError(
      "bad-input",
      `The consent of ${consent.who} is for the recording ${consent.recording}; found refAudioPath ${refAudioPath}. Ask for consent to this one too.`,
    );
  const promptLang = byLanguage(LANGUAGES, promptLanguage);
  const spoken = "en, zh, yue, ja and ko";
  if (promptLang === undefined)
    throw new ControllerError(
      "bad-input",
      `GPT-SoVITS knows recordings in ${spoken}; found promptLanguage "${promptLanguage}". Take another recording.`,
    );
  const server = openSoundServer(
    "GPT-SoVITS server",
    { ...options, model: "GPT-SoVITS" },
    {
      advice:
        "Check baseUrl, and refAudioPath: a file of 3 to 10 s on the server's machine. The server's log says more.",
    },
  );

  return {
    name: "gpt-sovits",
    leavesMachine: leavesMachine(options.baseUrl),
    async speak(text, { signal, language = "en", voice, speed = 1 }) {
      const textLang = byLanguage(LANGUAGES, language);
      if (textLang === undefined)
        return fail(
          "unsupported-language",
          `GPT-SoVITS speaks ${spoken}; "${language}" was asked for. Name another speaker after it.`,
        );
      if (voice !== undefined && voice !== consent.who)
        return fail("unknown-voice", `This back end has the voice ${consent.who}; "${voice}" was asked for.`);
      if (text.trim() === "") return ok(joinSounds([]));
      const body = {
        text,
        text_lang: textLang,
        ref_audio_path: refAudioPath,
        prompt_text: promptText,
        prompt_lang: promptLang,
        speed_factor: usual * speed,
        media_type: "wav",
        // Streamed, the header has no length, and a sentence cut short could not be told from a whole one.
        streaming_mode: false,
      };
      const said = await server.ask("/tts", body, { signal });
      return said.ok ? ok({ ...said.value, voice: consent.who }) : said;
    },
    close: () => server.close(),
  };
}
