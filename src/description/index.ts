export { describeScene, type SceneDescription } from "./captions/describe-scene.js";
export type { SceneTag } from "./captions/scene-tags.js";
export { answerScene } from "./answers/answer-scene.js";
export type { SceneAnswer } from "./answers/scene-answer.js";
export { converse, type ConverseFailure, type Turn } from "./converse.js";
export { knownThings, sureThings, type KnownThing } from "./known-things.js";
export { languageOf, type Language } from "./language.js";
export { parseQuestion, parseStatement } from "./questions/parse-question.js";
export { answerAboutSound, describeSound, soundEvents } from "./describe-sound.js";
