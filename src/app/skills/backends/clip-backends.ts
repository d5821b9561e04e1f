import { randomUUID } from "node:crypto";
import { leavesMachine } from "../../../adapters/model-link/index.js";
import type { ClipMaker } from "../../../ports/clip-maker.js";
import type { ClipEntry } from "../../launch/skills/clip-schema.js";
import type { BackendTable } from "../backend-kind.js";
import { checkGenerated } from "../media/check-generated.js";
import { mediaLink } from "../media/media-link.js";
import { checkKey } from "./check-key.js";

const PART = "skills.clip.backends";

/** Who can make clips. */
export const clipBackends: BackendTable<ClipEntry, ClipMaker> = {
  onboard: {
    description: "Rehearsals in a copy of the simulated world, spoken by flite, and highlights of recordings.",
    example: { type: "onboard" },
    async open(_config, { launch, env, stage }) {
      return {
        port: {
          async rehearse(request, options) {
            const { rehearse } = await import("../clip/rehearse.js");
            // The oracle sees only its own simulation: the copy makes its own.
            const eyes = launch.perception.type === "oracle" ? {} : { eyes: await stage.eyes() };
            return rehearse(request, { ...options, ...eyes, launch, env });
          },
          async highlights(request, options) {
            const { cutHighlights } = await import("../clip/cut-highlights.js");
            return cutHighlights(request, options);
          },
        },
        close: async () => undefined,
      };
    },
  },
  comfyui: {
    description: "Videos from words and pictures by CogVideoX or Wan2.2 in a ComfyUI.",
    example: { type: "comfyui", baseUrl: "http://127.0.0.1:8188", model: "cogvideox-5b" },
    leavesMachine: ({ baseUrl }) => leavesMachine(baseUrl),
    check: checkKey,
    async open(config, deps) {
      const { createComfyClips } = await import("../../../adapters/comfyui/index.js");
      const maker = createComfyClips({ ...mediaLink(PART, config, deps), clientId: randomUUID() }, config);
      return { port: generating(maker), close: () => maker.close() };
    },
  },
  "openai-videos": {
    description: "Videos from words and pictures by a server with /v1/videos: vLLM-Omni, SGLang-Diffusion.",
    example: {
      type: "openai-videos",
      baseUrl: "http://127.0.0.1:8091/v1",
      model: "Wan-AI/Wan2.2-T2V-A14B-Diffusers",
    },
    leavesMachine: ({ baseUrl }) => leavesMachine(baseUrl),
    check: checkKey,
    async open(config, deps) {
      const { createOpenAiVideos } = await import("../../../adapters/openai-media/index.js");
      const maker = createOpenAiVideos(mediaLink(PART, config, deps), config);
      return { port: generating(maker), close: () => maker.close() };
    },
  },
};

type Generate = NonNullable<ClipMaker["generate"]>;

/** What a server sent counts only once it was read from end to end. */
const generating = (maker: {
  generate(
    ...given: Parameters<Generate>
  ): Promise<
    | { readonly ok: true; readonly value: Parameters<typeof checkGenerated>[0] }
    | Extract<Awaited<ReturnType<Generate>>, { ok: false }>
  >;
}): ClipMaker => ({
  async generate(request, options) {
    const made = await maker.generate(request, options);
    return made.ok ? checkGenerated(made.value) : made;
  },
});
