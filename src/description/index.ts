export { answerAboutSound, describeSound, soundEvents } from "./describe-sound.js";
export { describeScene, type SceneDescription } from "./describe-scene.js";
