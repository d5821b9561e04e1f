import { randomUUID } from "node:crypto";
import { leavesMachine } from "../../../adapters/model-link/index.js";
import { decodePicture } from "../../../adapters/picture/decode-picture.js";
import { encodeClearMask, encodePng } from "../../../adapters/picture/encode-png.js";
import { isPng } from "../../../domain/picture/mark-png.js";
import { fail, ok } from "../../../domain/result.js";
import type { PictureMaker } from "../../../ports/picture-maker.js";
import type { PictureEntry } from "../../launch/skills/picture-schema.js";
import { serverLink } from "../../server-link.js";
import type { BackendTable } from "../backend-kind.js";
import { mediaLink } from "../media/media-link.js";
import { checkKey } from "./check-key.js";

const PART = "skills.picture.backends";

/** Who can make pictures. */
export const pictureBackends: BackendTable<PictureEntry, PictureMaker> = {
  automatic1111: {
    description: "Stable Diffusion in AUTOMATIC1111's web UI or Forge, with ControlNet where its extension is there.",
    example: {
      type: "automatic1111",
      baseUrl: "http://127.0.0.1:7860",
      controlNets: { edges: "control_v11p_sd15_canny [d14c016b]" },
    },
    leavesMachine: ({ baseUrl }) => leavesMachine(baseUrl),
    check: checkKey,
    async open(config, { env }) {
      const { createAutomatic1111 } = await import("../../../adapters/automatic1111/index.js");
      const maker = createAutomatic1111({ ...serverLink(PART, config, env), encodePng }, config);
      return { port: decoded(maker), close: () => maker.close() };
    },
  },
  comfyui: {
    description: "Stable Diffusion in a ComfyUI, with ControlNet.",
    example: { type: "comfyui", baseUrl: "http://127.0.0.1:8188", checkpoint: "sd_xl_base_1.0.safetensors" },
    leavesMachine: ({ baseUrl }) => leavesMachine(baseUrl),
    check: checkKey,
    async open(config, deps) {
      const { createComfyPictures } = await import("../../../adapters/comfyui/index.js");
      const maker = createComfyPictures({ ...mediaLink(PART, config, deps), clientId: randomUUID() }, config);
      return { port: decoded(maker), close: () => maker.close() };
    },
  },
  "openai-images": {
    description: "A server with /v1/images/generations and /v1/images/edits: OpenAI, vLLM-Omni, SGLang-Diffusion.",
    example: { type: "openai-images", baseUrl: "http://127.0.0.1:8091/v1", model: "Qwen/Qwen-Image" },
    leavesMachine: ({ baseUrl }) => leavesMachine(baseUrl),
    check: checkKey,
    async open(config, { env }) {
      const { createOpenAiImages } = await import("../../../adapters/openai-media/index.js");
      const link = serverLink(PART, config, env);
      const maker = createOpenAiImages({ ...link, encodePng, encodeMask: encodeClearMask }, config);
      return { port: decoded(maker), close: () => maker.close() };
    },
  },
};

const LARGEST_PIXELS = 8_192 * 8_192;

/** What a server sent counts only once it was decoded; it goes on as a PNG. */
const decoded = (maker: PictureMaker): PictureMaker => ({
  async make(request, options) {
    const made = await maker.make(request, options);
    if (!made.ok) return made;
    const { bytes } = made.value;
    try {
      const picture = await decodePicture(bytes, LARGEST_PIXELS);
      return ok({ ...made.value, bytes: isPng(bytes) ? bytes : await encodePng(picture) });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return fail("bad-answer", `${made.value.model} gave what is no picture: ${why}`);
    }
  },
});
