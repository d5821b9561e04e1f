export { createOnnxEyes, type OnnxEyes, type OnnxEyesOptions } from "./create-onnx-eyes.js";
export { readModelCard, readModelFile, verifyModel } from "./model-folder.js";
export { createOnnxWords, type OnnxWordsOptions } from "./create-onnx-words.js";
