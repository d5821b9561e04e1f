import { ControllerError } from "../../domain/errors.js";
import { fail, ok } from "../../domain/result.js";
import type { Sound } from "../../domain/speech/sound.js";
import type { Speaker } from "../../ports/speaker.js";
import { spawnWorker } from "../../ports/spawn-worker.js";
import { openWorker } from "../worker-link/open-worker.js";
import { FLITE_VOICES, type FliteRequest } from "./flite-voices.js";
import { joinSounds, phrasesOf } from "./phrases.js";

export interface FliteSpeakerOptions {
  /** One of FLITE_VOICES. */
  readonly voice?: string;
  /** 1 is the voice's own tempo; 1.2 is slower. 0.5 to 2. */
  readonly stretch?: number;
}

/** English voices inside the package, in a worker thread: no system package, no network. About 50 ms a sentence. */
export async function createFliteSpeaker({
  voice: usual = "slt",
  stretch = 1,
}: FliteSpeakerOptions = {}): Promise<Speaker> {
  const link = await openWorker<FliteRequest, Sound, null>({
    name: "flite",
    start: () => spawnWorker(import.meta.url, "./flite-worker.js"),
  });
  return {
    name: "flite",
    leavesMachine: false,
    speak: async (text, { signal, language = "en", voice = usual, speed = 1 }) => {
      if (language.toLowerCase().split("-")[0] !== "en")
        return fail(
          "unsupported-language",
          `flite speaks English only; "${language}" was asked for. Name espeak-ng after it.`,
        );
      const known = FLITE_VOICES.find((name) => name === voice);
      if (known === undefined)
        return fail("unknown-voice", `flite has the voices ${FLITE_VOICES.join(", ")}; "${voice}" was asked for.`);
      try {
        const sounds: Sound[] = [];
        for (const phrase of phrasesOf(text))
          sounds.push(await link.ask({ text: phrase, voice: known, stretch: stretch / speed }, { signal }));
        return ok({ ...joinSounds(sounds), voice: known });
      } catch (error) {
        if (error instanceof ControllerError && error.code === "model-failed")
          return fail("model-failed", error.message);
        throw error;
      }
    },
    close: () => link.close(),
  };
}
