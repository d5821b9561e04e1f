export { intrinsicsFor } from "./intrinsics-for.js";
export { createSceneRenderer, type SceneRendererOptions } from "./scene-renderer.js";
export { createTextureLibrary, type TextureLibrary } from "./shading/textures.js";
export type * from "./scene-renderer.types.js";
