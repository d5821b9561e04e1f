import { z } from "zod";
import { fail, ok } from "../../domain/result.js";
import { resample } from "../../domain/speech/resample.js";
import { writeWav } from "../../domain/speech/write-wav.js";
import type { ModelFailure } from "../../ports/model-client.js";
import type { Transcriber, TranscriptionFailure } from "../../ports/transcriber.js";
import { callWithRetries, leavesMachine, LinkFailure, openLink, type LinkOptions } from "../model-link/index.js";

const answerSchema = z.object({ text: z.string(), language: z.string().optional() });
/** All that speech models make use of. */
const RATE_HZ = 16_000;
/** Below this loudest sample nobody has spoken; models write a sentence of thanks into silence. */
const SILENCE = 0.003;

const FAILURES: Readonly<Record<ModelFailure, TranscriptionFailure>> = {
  "link-lost": "link-lost",
  timeout: "timeout",
  unauthorized: "unauthorized",
  "model-not-found": "unsupported",
  "rate-limited": "link-lost",
  "server-error": "model-failed",
  "bad-answer": "model-failed",
  unsupported: "unsupported",
};

/** `/v1/audio/transcriptions`. */
export function createOpenAiTranscriber(options: LinkOptions): Transcriber {
  const { baseUrl, model, apiKey } = options;
  const link = openLink("transcription server", options);
  const closed = new AbortController();

  return {
    name: "openai-compatible",
    leavesMachine: leavesMachine(baseUrl),
    async transcribe(sound, { signal, language }) {
      if (sound.samples.length === 0) return fail("bad-sound", "Expected sound; found no samples. Record again.");
      if (sound.samples.every((sample) => Math.abs(sample) < SILENCE))
        return fail("nothing-said", "Expected somebody to speak; heard silence. Say it again, nearer.");
      const wav = writeWav(resample(sound, RATE_HZ));
      const result = await callWithRetries(
        async (context) => {
          context.count();
          // A body of a form can be sent once only.
          const form = new FormData();
          form.set("file", new Blob([wav], { type: "audio/wav" }), "sound.wav");
          form.set("model", model);
          form.set("response_format", "json");
          if (language !== undefined) form.set("language", language.toLowerCase().split("-")[0]);
          const response = await link.fetch(`${baseUrl.replace(/\/+$/, "")}/audio/transcriptions`, {
            method: "POST",
            headers: {
              ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
              ...options.headers,
            },
            body: form,
            signal: context.signal,
          });
          const answer = answerSchema.safeParse(await response.json());
          if (answer.success) return answer.data;
          throw new LinkFailure(
            "bad-answer",
            `${link.server} answered with JSON that is no transcript. Check baseUrl.`,
          );
        },
        { ...options, server: link.server, signal: AbortSignal.any([signal, closed.signal]) },
      );
      if (!result.ok) return fail(FAILURES[result.code], result.message, result.details);
      const { text, language: spoken = language } = result.value.value;
      const said = link.clean(text).trim();
      if (said === "")
        return fail("nothing-said", "Expected somebody to speak; the server heard nothing. Say it again.");
      return ok({ text: said, ...(spoken === undefined ? {} : { language: spoken }) });
    },
    async close() {
      closed.abort();
    },
  };
}
