import { ControllerError } from "../../domain/errors.js";
import { fail, ok } from "../../domain/result.js";
import type { Sound, Transcriber } from "../../ports/transcriber.js";
import { askText, openTransformers, type TransformersOptions } from "./open-transformers.js";
import { toRate } from "./to-rate.js";

const RATE_HZ = 16_000;
/** Root mean square below which there is nothing to transcribe: Whisper writes thanks and subtitles into silence. */
const SILENCE = 0.003;
/** What it writes for sounds without speech. */
const NOT_SPEECH = /^[\s.…♪]*$|^[[(*♪][^\])*♪]*[\])*♪]\.?$/u;

/** Whisper on this machine. Silence is not shown to it, since it answers silence with sentences from its training. */
export async function createWhisper(options: TransformersOptions): Promise<Transcriber> {
  const link = await openTransformers("whisper", options);
  return {
    name: "whisper",
    leavesMachine: false,
    async transcribe(sound, { signal, language }) {
      const bad = whyBad(sound);
      if (bad !== undefined) return fail("bad-sound", bad);
      if (rms(sound.samples) < SILENCE) return fail("nothing-said", "Nothing was said: the sound is silent.");
      const samples = toRate(sound, RATE_HZ);
      // Whisper wants a language, not a region.
      const [spoken] = (language ?? "").split("-");
      try {
        const text = await askText(
          link,
          { type: "transcribe", samples, ...(spoken === "" ? {} : { language: spoken }) },
          signal,
        );
        if (NOT_SPEECH.test(text))
          return fail("nothing-said", "Nothing was said: there is sound, but no speech in it.");
        return ok({ text, ...(language === undefined ? {} : { language }) });
      } catch (error) {
        if (error instanceof ControllerError && error.code === "model-failed")
          return fail("model-failed", error.message);
        throw error;
      }
    },
    close: () => link.close(),
  };
}

function whyBad({ samples, sampleRateHz }: Sound): string | undefined {
  if (samples.length === 0) return "The sound is empty; expected at least a moment of it.";
  if (!(sampleRateHz >= 4000 && sampleRateHz <= 384_000))
    return `A sound of ${sampleRateHz} samples a second came; expected 4,000 to 384,000.`;
  return samples.every(Number.isFinite) ? undefined : "The sound has samples that are no numbers; record it again.";
}

const rms = (samples: Float32Array): number =>
  Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);
