import { z } from "zod";
import { readWav } from "../../../src/domain/speech/read-wav.js";
import { checkBody, checkPath, header } from "./check-request.js";
import { Objection, startModelServer, type Dialect, type ModelServer } from "./model-server.js";

/** Chat completions as vLLM and llama.cpp take them for models that hear. */
const bodySchema = z.strictObject({
  model: z.string().min(1),
  messages: z.tuple([
    z.strictObject({ role: z.literal("system"), content: z.string() }),
    z.strictObject({
      role: z.literal("user"),
      content: z.tuple([
        z.strictObject({
          type: z.literal("input_audio"),
          // Bare base64: a data URL is for audio_url parts.
          input_audio: z.strictObject({ data: z.base64().min(1), format: z.enum(["wav", "mp3"]) }),
        }),
        z.strictObject({ type: z.literal("text"), text: z.string().min(1) }),
      ]),
    }),
  ]),
  temperature: z.number().min(0).max(2),
  max_tokens: z.int().positive(),
});

const dialect: Dialect = {
  basePath: "/v1",
  read(request) {
    checkPath(request, "/v1/chat/completions");
    const body = checkBody(bodySchema, request);
    const [system, user] = body.messages;
    const [audio, text] = user.content;
    const sound = readWav(Buffer.from(audio.input_audio.data, "base64"));
    if (!sound.ok) throw new Objection(sound.message);
    const { samples, sampleRateHz } = sound.value;
    return {
      model: body.model,
      key: header(request, "authorization")?.replace(/^Bearer /, ""),
      system: system.content,
      turns: [{ role: "user", text: text.text, images: [] }],
      temperature: body.temperature,
      maxOutputTokens: body.max_tokens,
      own: { seconds: samples.length / sampleRateHz, sampleRateHz },
    };
  },
  write: ({ reply }) => [
    JSON.stringify({
      id: "chatcmpl-1",
      object: "chat.completion",
      choices: [{ index: 0, message: { role: "assistant", content: reply }, finish_reason: "stop" }],
      usage: { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 },
    }),
  ],
  error: (status, message) => ({ error: { message, type: "BadRequestError", code: status } }),
};

export const startAudioChatServer = (): Promise<ModelServer> => startModelServer(dialect);
