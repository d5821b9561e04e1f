import { fail, ok } from "../../domain/result.js";
import type { AudioFormat } from "../../domain/speech/check-audio.js";
import type { MusicMaker } from "../../ports/music-maker.js";
import { callWithRetries, openLink, rewordRefusal, type LinkOptions } from "../model-link/index.js";

export interface VllmOmniMusicOptions extends LinkOptions {
  readonly guidanceScale: number;
  readonly steps: number;
  readonly negativePrompt?: string;
}

/** Stable Audio Open's window. */
const LONGEST_S = 47;
/** 47 s of stereo float at 48 kHz are 18 MB. */
const LARGEST_BYTES = 64 * 1024 * 1024;
/** The server's names. */
const FORMATS: Readonly<Record<AudioFormat, string>> = { wav: "wav", mp3: "mp3", flac: "flac", ogg: "opus" };

/** vLLM-Omni's `POST /v1/audio/generate`: one request, answered with the file when it is made. */
export function createVllmOmniMusic(options: VllmOmniMusicOptions): MusicMaker & { close(): Promise<void> } {
  const { baseUrl, model, apiKey, guidanceScale, steps, negativePrompt } = options;
  const link = openLink("vLLM-Omni server", options, { largestAnswerBytes: LARGEST_BYTES });
  const closed = new AbortController();

  return {
    model,
    keepsDuration: true,
    async make({ prompt, durationS, seed, format }, { signal, onProgress }) {
      if (durationS > LONGEST_S)
        return fail("unsupported", `${model} makes at most ${LONGEST_S} s; ${durationS} s were asked for.`);
      const body = JSON.stringify({
        input: prompt,
        model,
        audio_length: durationS,
        response_format: FORMATS[format],
        guidance_scale: guidanceScale,
        num_inference_steps: steps,
        ...(seed === undefined ? {} : { seed }),
        ...(negativePrompt === undefined ? {} : { negative_prompt: negativePrompt }),
      });
      onProgress({ fraction: 0, message: "the server is at it" });
      const result = await callWithRetries(
        async (context) => {
          context.count();
          try {
            return await link.bytes(`${baseUrl.replace(/\/+$/, "")}/audio/generate`, {
              method: "POST",
              headers: {
                "content-type": "application/json",
                ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
                ...options.headers,
              },
              body,
              signal: context.signal,
            });
          } catch (error) {
            throw rewordRefusal(error, { server: link.server, advice: "Check model, length and format." });
          }
        },
        { ...options, server: link.server, signal: AbortSignal.any([signal, closed.signal]) },
      );
      if (!result.ok) return result;
      return ok({ bytes: result.value.value, format, ...(seed === undefined ? {} : { seed }) });
    },
    async close() {
      closed.abort();
    },
  };
}
