import { z } from "zod";
import { fail, ok, type Result } from "../../domain/result.js";
import { readWav } from "../../domain/speech/read-wav.js";
import type { Sound } from "../../domain/speech/sound.js";
import type { ModelFailure } from "../../ports/model-client.js";
import type { SpeechFailure } from "../../ports/speaker.js";
import { callWithRetries, LinkFailure, openLink, rewordRefusal, type LinkOptions } from "../model-link/index.js";

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

/** A server that takes JSON and answers with a WAV file. */
export interface SoundServer {
  /** Posts `body` to `path`, below the base address. Rejects with `aborted` when called off. */
  ask(path: string, body: object, options: { signal: AbortSignal }): Promise<Result<Sound, SpeechFailure>>;
  /** The names of its voices (GET), where it can list them. */
  voices(path: string, options: { signal: AbortSignal }): Promise<readonly string[] | undefined>;
  close(): Promise<void>;
}

/** Kokoro-FastAPI lists names, its later versions and vLLM-Omni things with an id or a name. */
const voicesSchema = z.object({
  voices: z
    .array(z.union([z.string(), z.object({ id: z.string() }), z.object({ name: z.string() })]))
    .min(1)
    .max(1000),
});

/** `advice`: what to check when the server does not take a request. */
export function openSoundServer(name: string, options: LinkOptions, { advice }: { advice: string }): SoundServer {
  const { baseUrl, apiKey } = options;
  const link = openLink(name, options, { onMissing: advice });
  const closed = new AbortController();

  async function send(url: string, body: object, signal: AbortSignal): Promise<Sound> {
    // What comes is judged by its bytes: servers label WAV files as MP3, and pages of proxies come under status 200.
    const bytes = await link.bytes(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
        ...options.headers,
      },
      body: JSON.stringify(body),
      signal,
    });
    const sound = readWav(bytes);
    if (sound.ok) return sound.value;
    throw new LinkFailure("bad-answer", `${link.server} sent no usable sound: ${sound.message}`);
  }

  return {
    async ask(path, body, { signal }) {
      const url = `${baseUrl.replace(/\/+$/, "")}${path}`;
      const result = await callWithRetries(
        async (context) => {
          context.count();
          try {
            return await send(url, body, context.signal);
          } catch (error) {
            throw rewordRefusal(error, { server: link.server, advice });
          }
        },
        { ...options, server: link.server, signal: AbortSignal.any([signal, closed.signal]) },
      );
      return result.ok ? ok(result.value.value) : fail(FAILURES[result.code], result.message, result.details);
    },
    async voices(path, { signal }) {
      const listed = await callWithRetries(
        async (context) => {
          context.count();
          const response = await link.fetch(`${baseUrl.replace(/\/+$/, "")}${path}`, {
            headers: { ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }), ...options.headers },
            signal: context.signal,
          });
          return voicesSchema.safeParse(await response.json());
        },
        { ...options, maxRetries: 0, server: link.server, signal: AbortSignal.any([signal, closed.signal]) },
      );
      // A list would have been a kindness; what the server refused is told anyway.
      if (!listed.ok || !listed.value.value.success) return undefined;
      return listed.value.value.data.voices.map((voice) =>
        link.clean(typeof voice === "string" ? voice : "id" in voice ? voice.id : voice.name),
      );
    },
    async close() {
      closed.abort();
    },
  };
}
