import { randomUUID } from "node:crypto";
import { leavesMachine } from "../../../adapters/model-link/index.js";
import type { Animator } from "../../../ports/animator.js";
import type { AnimateEntry } from "../../launch/skills/animate-schema.js";
import type { BackendTable } from "../backend-kind.js";
import { checkGenerated } from "../media/check-generated.js";
import { mediaLink } from "../media/media-link.js";
import { readFaceConsent } from "../media/read-face-consent.js";
import { checkKey } from "./check-key.js";

const PART = "skills.animate.backends";

/** Who can animate pictures. */
export const animateBackends: BackendTable<AnimateEntry, Animator> = {
  comfyui: {
    description: "Wan2.2-Animate and Wan2.2-S2V in a ComfyUI.",
    example: { type: "comfyui", baseUrl: "http://127.0.0.1:8188", consent: "consent/ada.json" },
    leavesMachine: ({ baseUrl }) => leavesMachine(baseUrl),
    check: checkKey,
    async open(config, deps) {
      const consent = await readFaceConsent(config.consent);
      const { createComfyAnimator } = await import("../../../adapters/comfyui/index.js");
      const maker = createComfyAnimator({ ...mediaLink(PART, config, deps), clientId: randomUUID() }, config);
      return { port: checked(maker, consent), close: () => maker.close() };
    },
  },
  "vllm-omni": {
    description: "Wan2.2-S2V, or Wan2.2-Animate, on a vLLM-Omni server.",
    example: { type: "vllm-omni", baseUrl: "http://127.0.0.1:8091/v1", model: "Wan-AI/Wan2.2-S2V-14B" },
    leavesMachine: ({ baseUrl }) => leavesMachine(baseUrl),
    check: checkKey,
    async open(config, deps) {
      const consent = await readFaceConsent(config.consent);
      const { createOmniAnimator } = await import("../../../adapters/openai-media/index.js");
      const maker = createOmniAnimator(mediaLink(PART, config, deps), config);
      return { port: checked(maker, consent), close: () => maker.close() };
    },
  },
};

type Animate = Animator["animate"];

/** What a server sent counts only once it was read from end to end. */
const checked = (
  maker: {
    animate(
      ...given: Parameters<Animate>
    ): Promise<
      | { readonly ok: true; readonly value: Parameters<typeof checkGenerated>[0] }
      | Extract<Awaited<ReturnType<Animate>>, { ok: false }>
    >;
  },
  consent: string | undefined,
): Animator => ({
  ...(consent === undefined ? {} : { consent }),
  async animate(request, options) {
    const made = await maker.animate(request, options);
    return made.ok ? checkGenerated(made.value) : made;
  },
});
