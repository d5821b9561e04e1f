import { ControllerError } from "../../domain/errors.js";
import { fail, ok } from "../../domain/result.js";
import type { Sound } from "../../domain/speech/sound.js";
import type { SoundEvent, SoundListener } from "../../ports/sound-listener.js";
import { COMMON_SOUNDS } from "./common-sounds.js";
import { openTransformers, type TransformersOptions } from "./open-transformers.js";
import { toRate } from "./to-rate.js";

export interface ClapOptions extends TransformersOptions {
  /** What it listens for where a request names nothing: English words. */
  readonly labels?: readonly string[];
  /** Least share of the labels' sum that makes an event. */
  readonly threshold?: number;
}

/** What CLAP's feature extractor takes; it cuts longer sounds at a random place, so windows are cut here. */
const RATE_HZ = 48_000;
const WINDOW_S = 10;
/** Root mean square below which a window is not shown to it: its scores add up to 1 whatever it hears. */
const SILENCE = 0.001;

/** CLAP as a listener for sound events: which of a list of labels each ten seconds are most like. It writes no captions. */
export async function createClap(options: ClapOptions): Promise<SoundListener & { close(): Promise<void> }> {
  const { labels: usual, threshold = 0.25 } = options;
  const link = await openTransformers("clap", options);
  const cannot = (what: string) =>
    fail("unsupported", `CLAP compares sounds with labels; it cannot ${what}. Set up a model that hears and speaks.`);

  return {
    caption: async () => cannot("write a caption"),
    ask: async () => cannot("answer a question"),
    async events(sound, { labels, language, signal }) {
      const asked = labels ?? usual ?? Object.keys(COMMON_SOUNDS);
      // One label alone would get a score of 1 for anything.
      const compared = asked.length > 1 ? asked : [...asked, "something else"];
      const events: SoundEvent[] = [];
      try {
        for (const { startS, endS, samples } of windowsOf(sound)) {
          const answer = await link.ask({ type: "classify", samples, labels: compared }, { signal });
          if (answer.type !== "scores") continue;
          for (const { label, score } of [...answer.scores].sort((a, b) => b.score - a.score)) {
            if (score < threshold || !asked.includes(label)) continue;
            const word = labels === undefined && language === "zh" ? (COMMON_SOUNDS[label] ?? label) : label;
            events.push({ label: word, score: Math.min(1, Math.max(0, score)), startS, endS });
          }
        }
      } catch (error) {
        if (error instanceof ControllerError && (error.code === "model-failed" || error.code === "worker-died"))
          return fail("model-failed", error.message);
        throw error;
      }
      return ok(events);
    },
    close: () => link.close(),
  };
}

function* windowsOf({ samples, sampleRateHz }: Sound): Generator<{
  readonly startS: number;
  readonly endS: number;
  readonly samples: Float32Array;
}> {
  const size = Math.round(WINDOW_S * sampleRateHz);
  for (let start = 0; start < samples.length; start += size) {
    const part = samples.slice(start, start + size);
    // A rest of a quarter of a second says nothing beside the window before it.
    if (start > 0 && part.length < sampleRateHz / 4) return;
    if (Math.sqrt(part.reduce((sum, value) => sum + value * value, 0) / part.length) < SILENCE) continue;
    yield {
      startS: start / sampleRateHz,
      endS: (start + part.length) / sampleRateHz,
      samples: toRate({ samples: part, sampleRateHz }, RATE_HZ),
    };
  }
}
