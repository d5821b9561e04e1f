import { ControllerError } from "../../domain/errors.js";
import { fail, ok } from "../../domain/result.js";
import { writeWav } from "../../domain/speech/write-wav.js";
import type { MusicMaker } from "../../ports/music-maker.js";
import { openTransformers, type TransformersOptions } from "./open-transformers.js";

/** What the model was trained on; longer pieces lose themselves. */
const LONGEST_S = 30;

/** MusicGen on this machine: WAV of one channel at 32 kHz. Some minutes for ten seconds without a GPU. */
export async function createMusicgen(options: TransformersOptions): Promise<MusicMaker & { close(): Promise<void> }> {
  const link = await openTransformers("musicgen", options);
  return {
    model: options.modelDir ?? options.model ?? "musicgen",
    keepsDuration: true,
    async make({ prompt, durationS, seed = 0, format }, { signal, onProgress }) {
      if (format !== "wav") return fail("unsupported", `MusicGen gives WAV here; ${format} was asked for.`);
      if (durationS > LONGEST_S)
        return fail("unsupported", `MusicGen makes at most ${LONGEST_S} s; ${durationS} s were asked for.`);
      onProgress({ fraction: 0, message: "composing" });
      try {
        const answer = await link.ask({ type: "compose", prompt, seconds: durationS, seed }, { signal });
        if (answer.type !== "sound" || answer.samples.length === 0)
          return fail("bad-answer", "MusicGen gave no sound. Choose other weights.");
        return ok({ bytes: writeWav(answer), format: "wav", seed });
      } catch (error) {
        if (error instanceof ControllerError && (error.code === "model-failed" || error.code === "worker-died"))
          return fail("model-failed", error.message);
        throw error;
      }
    },
    close: () => link.close(),
  };
}
