import { toneWav } from "../audio-files.js";
import { startAnthropicServer } from "../servers/anthropic-server.js";
import { startAudioChatServer } from "../servers/audio-chat-server.js";
import { startComfyServer, type ComfyServer } from "../servers/comfyui-server.js";
import { startGoogleServer } from "../servers/google-server.js";
import { startGptSovitsServer } from "../servers/gpt-sovits-server.js";
import { startMeloTtsServer } from "../servers/melotts-server.js";
import type { ModelServer, SeenRequest } from "../servers/model-server.js";
import { startModerationServer } from "../servers/moderation-server.js";
import { startMusicJobServer, type MusicJobServer } from "../servers/music-job-server.js";
import { startOllamaServer } from "../servers/ollama-server.js";
import { startOpenAiServer } from "../servers/openai-server.js";
import { startAutomatic1111Server, startImagesServer, type PicturesServer } from "../servers/pictures-server.js";
import type { SoundServer } from "../servers/sound-server.js";
import { startSpeechServer, type SpeechServer } from "../servers/speech-server.js";
import { startVideosServer, type VideosServer } from "../servers/videos-server.js";
import { startVllmOmniAudioServer, type VllmOmniAudioServer } from "../servers/vllm-omni-audio-server.js";

export const MODEL_SERVERS = ["openai-compatible", "ollama", "google", "anthropic"] as const;
type ModelServerType = (typeof MODEL_SERVERS)[number];

/** One server of each dialect. */
export interface RowServers {
  readonly models: Readonly<Record<ModelServerType, ModelServer>>;
  readonly moderation: ModelServer;
  readonly audioChat: ModelServer;
  readonly speech: SpeechServer;
  readonly melotts: SoundServer;
  readonly sovits: SoundServer;
  readonly audio: VllmOmniAudioServer;
  readonly musicJobs: MusicJobServer;
  readonly webUi: PicturesServer;
  readonly images: PicturesServer;
  readonly videos: VideosServer;
  readonly comfyPictures: ComfyServer;
  readonly comfyVideos: ComfyServer;
  /** Rejects where a server got a request that the real one would have refused. */
  close(): Promise<void>;
}

export async function rowServers(made: { readonly png: Uint8Array; readonly video: Uint8Array }): Promise<RowServers> {
  const { png, video } = made;
  const models = {
    "openai-compatible": await startOpenAiServer(),
    ollama: await startOllamaServer(),
    google: await startGoogleServer(),
    anthropic: await startAnthropicServer(),
  };
  for (const server of Object.values(models)) server.respond(answerTo);
  const moderation = await startModerationServer();
  moderation.respond(({ turns: [{ images }] }) => (images.length > 0 ? "violence" : ""));
  const audioChat = await startAudioChatServer();
  audioChat.respond(() => "A bell rings.");
  const musicJobs = await startMusicJobServer();
  musicJobs.plan({
    answers: [{ status: "complete", audio_url: `${musicJobs.url}/files/1.mp3` }],
    file: toneWav({ seconds: 3, sampleRateHz: 8_000 }),
  });
  const others = {
    moderation,
    audioChat,
    musicJobs,
    speech: await startSpeechServer(),
    melotts: await startMeloTtsServer(),
    sovits: await startGptSovitsServer(),
    audio: await startVllmOmniAudioServer(),
    webUi: await startAutomatic1111Server(png),
    images: await startImagesServer(png),
    videos: await startVideosServer({ dialect: "vllm-omni", video }),
    comfyPictures: await startComfyServer({ file: { name: "made.png", bytes: png } }),
    comfyVideos: await startComfyServer({ file: { name: "made.mp4", bytes: video } }),
  };
  return {
    models,
    ...others,
    async close() {
      await Promise.all([...Object.values(models), ...Object.values(others)].map((server) => server.close()));
    },
  };
}

/** What a model that sees says, by what it is asked. */
function answerTo({ model, turns }: SeenRequest): string {
  const text = turns.at(-1)?.text ?? "";
  if (model.startsWith("llama-guard")) return "unsafe\nS2";
  if (text.includes("as HTML"))
    return "<table><tr><th>Part</th><th>Mass</th></tr><tr><td>Gripper</td><td>420</td></tr></table>";
  return text.includes("yes or no") ? "Yes" : "A red square on black.";
}
