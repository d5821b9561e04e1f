export {
  ownEndpointConfigSchema,
  vllmOmniMusicConfigSchema,
  type OwnEndpointConfig,
  type VllmOmniMusicConfig,
} from "./config-schema.js";
export { createOwnEndpointMusic, type OwnEndpointOptions } from "./create-own-endpoint-music.js";
export { createScriptedMusic } from "./create-scripted-music.js";
export { createVllmOmniMusic, type VllmOmniMusicOptions } from "./create-vllm-omni-music.js";
