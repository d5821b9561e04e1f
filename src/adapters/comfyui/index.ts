export {
  comfyAnimateConfigSchema,
  comfyClipConfigSchema,
  comfyPictureConfigSchema,
  type ComfyAnimateConfig,
  type ComfyClipConfig,
  type ComfyPictureConfig,
} from "./config-schema.js";
export { createComfyAnimator, createComfyClips, createComfyPictures, type ComfyMakerOptions } from "./makers.js";
