import { fail, ok } from "../../domain/result.js";
import { readWav } from "../../domain/speech/read-wav.js";
import type { ModelFailure } from "../../ports/model-client.js";
import type { Speaker, SpeechFailure } from "../../ports/speaker.js";
import { callWithRetries, leavesMachine, LinkFailure, openLink, type LinkOptions } from "../model-link/index.js";
import { joinSounds } from "./phrases.js";

const FAILURES: Readonly<Record<ModelFailure, SpeechFailure>> = {
  "link-lost": "link-lost",
  timeout: "timeout",
  unauthorized: "unauthorized",
  "model-not-found": "unsupported",
  "rate-limited": "link-lost",
  "server-error": "model-failed",
  "bad-answer": "model-failed",
  unsupported: "unsupported",
};

/** `/v1/audio/speech`, answered as a WAV file. */
export function createOpenAiSpeaker({ voice: usual, ...options }: LinkOptions & { readonly voice: string }): Speaker {
  const { baseUrl, model, apiKey } = options;
  const link = openLink("speech server", options);
  const closed = new AbortController();

  return {
    name: "openai-compatible",
    leavesMachine: leavesMachine(baseUrl),
    async speak(text, { signal, voice = usual }) {
      if (text.trim() === "") return ok(joinSounds([]));
      const result = await callWithRetries(
        async (context) => {
          context.count();
          const bytes = await link.bytes(`${baseUrl.replace(/\/+$/, "")}/audio/speech`, {
            method: "POST",
            headers: {
              "content-type": "application/json",
              ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
              ...options.headers,
            },
            body: JSON.stringify({ model, voice, input: text, response_format: "wav" }),
            signal: context.signal,
          });
          const sound = readWav(bytes);
          if (sound.ok) return sound.value;
          throw new LinkFailure("bad-answer", `${link.server} sent no usable sound: ${sound.message}`);
        },
        { ...options, server: link.server, signal: AbortSignal.any([signal, closed.signal]) },
      );
      return result.ok ? ok(result.value.value) : fail(FAILURES[result.code], result.message, result.details);
    },
    async close() {
      closed.abort();
    },
  };
}
