export { describeScene, type SceneDescription } from "./describe-scene.js";
