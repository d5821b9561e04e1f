import { fail, ok } from "../../domain/result.js";
import type { Speaker } from "../../ports/speaker.js";
import { leavesMachine, type LinkOptions } from "../model-link/index.js";
import { openSoundServer } from "./ask-for-sound.js";
import { baseLanguage, byLanguage } from "./by-language.js";
import { joinSounds } from "./phrases.js";

export interface OpenAiSpeakerOptions extends LinkOptions {
  /** The server's name of a voice. */
  readonly voice: string;
  /** Other voices, by language: Kokoro's voices speak one language each. */
  readonly voices?: Readonly<Record<string, string>>;
  /** What the server speaks, BCP 47; default: whatever it is asked for. */
  readonly languages?: readonly string[];
}

/** `/v1/audio/speech`, answered as a WAV file. */
export function createOpenAiSpeaker(given: OpenAiSpeakerOptions): Speaker {
  const { voice: usual, voices = {}, languages, ...options } = given;
  const server = openSoundServer("speech server", options, { advice: "Check baseUrl, model and voice." });

  return {
    name: "openai-compatible",
    leavesMachine: leavesMachine(options.baseUrl),
    async speak(text, { signal, language = "en", voice, speed = 1 }) {
      if (languages !== undefined && !languages.map(baseLanguage).includes(baseLanguage(language)))
        return fail(
          "unsupported-language",
          `This server speaks ${languages.join(", ")}, as its languages say; "${language}" was asked for.`,
        );
      if (text.trim() === "") return ok(joinSounds([]));
      const chosen = voice ?? byLanguage(voices, language) ?? usual;
      const body = {
        model: options.model,
        voice: chosen,
        input: text,
        response_format: "wav",
        ...(speed === 1 ? {} : { speed }),
      };
      const said = await server.ask("/audio/speech", body, { signal });
      if (said.ok) return ok({ ...said.value, voice: chosen });
      // What a server says of a voice that it lacks has no common form; some can list those that they have.
      const names = said.code === "unsupported" ? await server.voices("/audio/voices", { signal }) : undefined;
      if (names === undefined || chosen.split("+").every((name) => names.includes(name))) return said;
      return fail("unknown-voice", `The server has the voices ${names.join(", ")}; "${chosen}" was asked for.`);
    },
    close: () => server.close(),
  };
}
