import { startSoundServer, type SoundServer } from "./sound-server.js";

const SPEAKERS: Readonly<Record<string, readonly string[]>> = {
  EN: ["EN-US", "EN-BR", "EN_INDIA", "EN-AU", "EN-Default"],
  ES: ["ES"],
  FR: ["FR"],
  ZH: ["ZH"],
  JP: ["JP"],
  KR: ["KR"],
};

/** MeloTTS behind FastAPI: 422 for a body that does not fit, a bare 500 for a speaker that the model lacks, WAV labelled as MP3. */
export const startMeloTtsServer = (): Promise<SoundServer> =>
  startSoundServer({
    path: "/convert/tts",
    sampleRateHz: 44_100,
    contentType: "audio/mpeg",
    refuse({ text, speed = 1, language = "EN", speaker_id: speaker = "EN-US" }) {
      if (typeof text !== "string" || typeof speed !== "number")
        return { status: 422, body: { detail: [{ loc: ["body", "text"], msg: "Field required", type: "missing" }] } };
      const known = SPEAKERS[String(language)] ?? [];
      return known.includes(String(speaker)) ? undefined : { status: 500, body: "Internal Server Error" };
    },
  });
