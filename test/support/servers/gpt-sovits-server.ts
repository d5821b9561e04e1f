import { startSoundServer, type SoundServer } from "./sound-server.js";

const LANGUAGES = "auto auto_yue en zh ja yue ko all_zh all_ja all_yue all_ko".split(" ");
const MEDIA = ["wav", "raw", "ogg", "aac"];

/** Recordings that lie on the server's machine. */
export const RECORDING = "voices/ann.wav";

/** GPT-SoVITS's api_v2: every complaint is a 400 with a message, in its order. */
export const startGptSovitsServer = (): Promise<SoundServer> =>
  startSoundServer({
    path: "/tts",
    sampleRateHz: 32_000,
    contentType: "audio/wav",
    refuse(body) {
      const no = (message: string, more: object = {}) => ({ status: 400, body: { message, ...more } });
      for (const name of ["ref_audio_path", "text", "text_lang", "prompt_lang"]) {
        if (typeof body[name] !== "string" || body[name] === "") return no(`${name} is required`);
      }
      for (const name of ["text_lang", "prompt_lang"]) {
        if (!LANGUAGES.includes(body[name] as string))
          return no(`${name}: ${String(body[name])} is not supported in version v2`);
      }
      if (!MEDIA.includes((body["media_type"] ?? "wav") as string)) return no("media_type is not supported");
      if (body["ref_audio_path"] !== RECORDING)
        return no("tts failed", { Exception: `${String(body["ref_audio_path"])} not exists` });
      return undefined;
    },
  });
