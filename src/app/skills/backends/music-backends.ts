import { leavesMachine } from "../../../adapters/model-link/index.js";
import type { MusicMaker } from "../../../ports/music-maker.js";
import type { MusicEntry } from "../../launch/skills/music-schema.js";
import { serverLink } from "../../server-link.js";
import type { BackendTable } from "../backend-kind.js";
import { checkKey } from "./check-key.js";
import { checkTransformers, transformersOptions } from "./transformers.js";

const PART = "skills.music.backends";

/** Who can make music. */
export const musicBackends: BackendTable<MusicEntry, MusicMaker> = {
  onboard: {
    description: "Simple tunes, beeps and noises by rules over the words; no model composes them.",
    scripted: true,
    example: { type: "onboard" },
    async open() {
      const { createScriptedMusic } = await import("../../../adapters/music/index.js");
      return { port: createScriptedMusic(), close: async () => undefined };
    },
  },
  musicgen: {
    description: "MusicGen on this machine, by the optional package @huggingface/transformers; minutes without a GPU.",
    example: { type: "musicgen", modelDir: "musicgen-small" },
    check: checkTransformers,
    async open(config, deps) {
      const { createMusicgen } = await import("../../../adapters/transformers/index.js");
      const maker = await createMusicgen(transformersOptions(config, deps));
      return { port: { ...maker, model: config.modelDir }, close: () => maker.close() };
    },
  },
  "vllm-omni": {
    description: "A vLLM-Omni server with /audio/generate: Stable Audio Open, up to 47 s.",
    example: { type: "vllm-omni", baseUrl: "http://127.0.0.1:8091/v1", model: "stabilityai/stable-audio-open-1.0" },
    leavesMachine: ({ baseUrl }) => leavesMachine(baseUrl),
    check: checkKey,
    async open(config, { env }) {
      const { createVllmOmniMusic } = await import("../../../adapters/music/index.js");
      const { guidanceScale, steps, negativePrompt } = config;
      const maker = createVllmOmniMusic({
        ...serverLink(PART, config, env),
        guidanceScale,
        steps,
        ...(negativePrompt === undefined ? {} : { negativePrompt }),
      });
      return { port: maker, close: () => maker.close() };
    },
  },
  "own-endpoint": {
    description: "A job service of your own choice, by its addresses and fields.",
    example: {
      type: "own-endpoint",
      submit: { url: "https://music.example.com/api/jobs", body: { prompt: "{prompt}" } },
      poll: { url: "https://music.example.com/api/jobs/{job}" },
      apiKeyEnv: "MUSIC_KEY",
    },
    leavesMachine: ({ submit, poll }) =>
      [submit.url, poll.url].some((url) => leavesMachine(url.replaceAll(/[{}]/g, "_"))),
    check: checkKey,
    async open(config, { env }) {
      const { createOwnEndpointMusic } = await import("../../../adapters/music/index.js");
      const { fetch, delay, random, apiKey, timeoutMs } = serverLink(
        PART,
        { ...config, baseUrl: config.submit.url },
        env,
      );
      const maker = createOwnEndpointMusic({
        ...config,
        fetch,
        delay,
        random,
        timeoutMs,
        ...(apiKey === undefined ? {} : { apiKey }),
      });
      return { port: maker, close: () => maker.close() };
    },
  },
};
