export {
  imagesConfigSchema,
  omniAnimateConfigSchema,
  videosConfigSchema,
  type ImagesConfig,
  type OmniAnimateConfig,
  type VideosConfig,
} from "./config-schema.js";
export { createOpenAiImages, type ImagesOptions } from "./create-images.js";
export { createOmniAnimator, createOpenAiVideos, type VideosOptions } from "./create-videos.js";
