import { leavesMachine } from "../../../adapters/model-link/index.js";
import { answerAboutSound, describeSound, soundEvents } from "../../../description/index.js";
import { fail, ok } from "../../../domain/result.js";
import type { SoundListener } from "../../../ports/sound-listener.js";
import type { ListenEntry } from "../../launch/skills/listen-schema.js";
import { serverLink } from "../../server-link.js";
import type { BackendTable } from "../backend-kind.js";
import { checkKey } from "./check-key.js";
import { checkTransformers, transformersOptions } from "./transformers.js";

/** Who can listen. */
export const listenBackends: BackendTable<ListenEntry, SoundListener> = {
  onboard: {
    description: "Measures length, loudness and silence, and tells speech, tone, noise and silence apart by rules.",
    scripted: true,
    example: { type: "onboard" },
    open: async () => ({ port: onboardListener(), close: async () => undefined }),
  },
  clap: {
    description: "CLAP, by the optional package @huggingface/transformers: which of a list of sounds are heard.",
    example: { type: "clap", modelDir: "clap-htsat-unfused" },
    check: checkTransformers,
    async open(config, deps) {
      const { createClap } = await import("../../../adapters/transformers/index.js");
      const { labels, threshold } = config;
      const clap = await createClap({
        ...transformersOptions(config, deps),
        threshold,
        ...(labels === undefined ? {} : { labels }),
      });
      return { port: clap, close: () => clap.close() };
    },
  },
  "openai-compatible": {
    description:
      "A model that hears behind /chat/completions: Qwen2.5-Omni, Qwen2-Audio, Voxtral on vLLM or llama.cpp.",
    example: { type: "openai-compatible", baseUrl: "http://127.0.0.1:8000/v1", model: "Qwen/Qwen2.5-Omni-7B" },
    leavesMachine: ({ baseUrl }) => leavesMachine(baseUrl),
    check: checkKey,
    async open(config, { env }) {
      const { createAudioChat } = await import("../../../adapters/listening/index.js");
      const { temperature, maxOutputTokens, longestS } = config;
      const chat = createAudioChat({
        ...serverLink("skills.listen.backends", config, env),
        temperature,
        maxOutputTokens,
        longestS,
      });
      return { port: chat, close: () => chat.close() };
    },
  },
};

const onboardListener = (): SoundListener => ({
  caption: async (sound, { language }) => ok(describeSound(sound, language)),
  async ask(sound, question, { language }) {
    const answer = answerAboutSound(sound, question, language);
    if (answer !== undefined) return ok(answer);
    return fail(
      "unsupported",
      "On board only length, loudness, speech and silence can be asked for (how long is it, how loud is it, is anybody speaking, is it silent). Set up a model that hears for more.",
    );
  },
  async events(sound, { labels, language }) {
    if (labels === undefined) return ok(soundEvents(sound, language));
    return fail(
      "unsupported",
      "On board nothing is known of labels; it tells speech, tone and noise apart. Set up clap for a list of your own.",
    );
  },
});
