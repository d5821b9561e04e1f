export { audioChatConfigSchema, type AudioChatConfig } from "./config-schema.js";
export { createAudioChat, type AudioChat, type AudioChatOptions } from "./create-audio-chat.js";
