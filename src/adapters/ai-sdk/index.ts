export { createAnthropicClient } from "./create-anthropic-client.js";
export { createGoogleClient } from "./create-google-client.js";
export { createOpenAiCompatibleClient } from "./create-openai-compatible-client.js";
