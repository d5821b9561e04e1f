export { createOllamaClient, type OllamaOptions } from "./create-ollama-client.js";
