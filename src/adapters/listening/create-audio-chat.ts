import { z } from "zod";
import { fail, ok, type Result } from "../../domain/result.js";
import { resample } from "../../domain/speech/resample.js";
import { durationOf, type Sound } from "../../domain/speech/sound.js";
import { writeWav } from "../../domain/speech/write-wav.js";
import type { BackendFailure } from "../../ports/skill-backends.js";
import type { ListenOptions, SoundListener } from "../../ports/sound-listener.js";
import { callWithRetries, LinkFailure, openLink, rewordRefusal, type LinkOptions } from "../model-link/index.js";
import { parseSoundEvents } from "./parse-sound-events.js";

export interface AudioChatOptions extends LinkOptions {
  readonly temperature: number;
  readonly maxOutputTokens: number;
  /** Seconds of sound that the model takes. */
  readonly longestS: number;
}

export interface AudioChat extends SoundListener {
  close(): Promise<void>;
}

/** What audio encoders work at. */
const RATE_HZ = 16_000;
const SYSTEM = "You listen to sounds and tell what is heard in them. Tell only what can be heard.";

const answerSchema = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string().nullish() }) })).min(1),
});

/** `/chat/completions` with `input_audio` parts, as vLLM, llama.cpp and OpenAI take them. */
export function createAudioChat(options: AudioChatOptions): AudioChat {
  const { baseUrl, model, apiKey, temperature, maxOutputTokens, longestS } = options;
  const link = openLink("audio server", options, { onMissing: "Check baseUrl and model." });
  const closed = new AbortController();

  async function send(body: string, signal: AbortSignal): Promise<unknown> {
    try {
      const response = await link.fetch(`${baseUrl.replace(/\/+$/, "")}/chat/completions`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
          ...options.headers,
        },
        body,
        signal,
      });
      return await response.json();
    } catch (error) {
      throw rewordRefusal(error, { server: link.server, advice: "The model may not hear, or take less sound." });
    }
  }

  async function ask(sound: Sound, words: string, signal: AbortSignal): Promise<Result<string, BackendFailure>> {
    if (durationOf(sound) > longestS) {
      const found = `the sound lasts ${Math.round(durationOf(sound))} s`;
      return fail("unsupported", `${model} takes ${longestS} s of sound (longestS); ${found}. Cut it.`);
    }
    const data = Buffer.from(writeWav(resample(sound, RATE_HZ))).toString("base64");
    const body = JSON.stringify({
      model,
      messages: [
        { role: "system", content: SYSTEM },
        {
          role: "user",
          content: [
            { type: "input_audio", input_audio: { data, format: "wav" } },
            { type: "text", text: words },
          ],
        },
      ],
      temperature,
      max_tokens: maxOutputTokens,
    });
    const result = await callWithRetries(
      async (context) => {
        context.count();
        const answer = answerSchema.safeParse(await send(body, context.signal));
        const text = answer.success ? (answer.data.choices[0].message.content ?? "").trim() : "";
        if (text !== "") return text;
        throw new LinkFailure(
          "bad-answer",
          `${link.server} answered without words. The model may not be made to hear.`,
        );
      },
      { ...options, server: link.server, signal: AbortSignal.any([signal, closed.signal]) },
    );
    return result.ok ? ok(result.value.value) : result;
  }

  const inLanguage = (words: string, { language }: Pick<ListenOptions, "language">): string =>
    language === "zh" ? `${words} Answer in Chinese.` : words;

  return {
    caption: (sound, how) => ask(sound, inLanguage("Describe this sound in one sentence.", how), how.signal),
    ask: (sound, question, how) => ask(sound, inLanguage(question, how), how.signal),
    async events(sound, { labels, ...how }) {
      const only = labels === undefined ? "" : ` Listen only for these, and use these words: ${labels.join("; ")}.`;
      const wish = `List the sound events in this recording in order of time.${only} Answer with a JSON array and nothing else, each entry {"label": text, "startS": seconds, "endS": seconds}. An empty array if there are none.`;
      const answer = await ask(sound, inLanguage(wish, how), how.signal);
      return answer.ok ? parseSoundEvents(answer.value, { durationS: durationOf(sound), labels }) : answer;
    },
    async close() {
      closed.abort();
    },
  };
}
