import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import { emptyMp3, stereoWav } from "../audio-files.js";

const bodySchema = z.strictObject({
  input: z.string(),
  model: z.string().optional(),
  audio_length: z.number().positive().optional(),
  audio_start: z.number().optional(),
  negative_prompt: z.string().optional(),
  guidance_scale: z.number().optional(),
  num_inference_steps: z.int().positive().optional(),
  seed: z.int().optional(),
  response_format: z.enum(["wav", "mp3", "flac", "pcm", "aac", "opus"]).default("wav"),
  speed: z.number().optional(),
});

export type AudioStep =
  | "sound"
  | "html"
  | "silence"
  /** A sound of a tenth of the length that was asked for. */
  | "short"
  /** A WAV file with half of the samples that its header states. */
  | "half"
  /** The connection ends in the middle of the file. */
  | "cut"
  /** Never answers. */
  | "slow"
  | { readonly status: number; readonly body: object };

export interface VllmOmniAudioServer {
  readonly baseUrl: string;
  readonly requests: readonly { readonly key?: string; readonly body: z.infer<typeof bodySchema> }[];
  /** What happens next; `sound` when nothing is said. */
  will(...steps: AudioStep[]): void;
  close(): Promise<void>;
}

/** vLLM-Omni's `/v1/audio/generate`: stereo at 44.1 kHz, FastAPI's 422 for a body that does not fit. */
export async function startVllmOmniAudioServer(): Promise<VllmOmniAudioServer> {
  const steps: AudioStep[] = [];
  const requests: { key?: string; body: z.infer<typeof bodySchema> }[] = [];

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    if (incoming.url !== "/v1/audio/generate" || incoming.method !== "POST")
      return json(response, 404, { detail: "Not Found" });
    const parsed = bodySchema.safeParse(JSON.parse(Buffer.concat(chunks).toString("utf8")));
    if (!parsed.success) {
      const detail = parsed.error.issues.map(({ path, message }) => ({ loc: ["body", ...path], msg: message }));
      return json(response, 422, { detail });
    }
    const key = incoming.headers.authorization?.replace(/^Bearer /, "");
    requests.push({ body: parsed.data, ...(key === undefined ? {} : { key }) });
    play(steps.shift() ?? "sound", parsed.data, response);
  };
  const server = createServer((incoming, response) => {
    handle(incoming, response).catch((error: unknown) => json(response, 500, { error: { message: String(error) } }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    will: (...more) => void steps.push(...more),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function play(step: AudioStep, body: z.infer<typeof bodySchema>, response: ServerResponse): void {
  if (typeof step === "object") return json(response, step.status, step.body);
  if (step === "slow") return;
  if (step === "html") {
    response.writeHead(200, { "content-type": "text/html" });
    return void response.end("<!doctype html><title>Welcome</title>");
  }
  if (body.response_format === "mp3") {
    response.writeHead(200, { "content-type": "audio/mpeg" });
    return void response.end(emptyMp3());
  }
  const seconds = (body.audio_length ?? 10) / (step === "short" ? 10 : 1);
  const wav = stereoWav({ seconds, sampleRateHz: 44_100, amplitude: step === "silence" ? 0 : 0.3 });
  response.writeHead(200, { "content-type": "audio/wav", ...(step === "cut" ? { "content-length": wav.length } : {}) });
  const half = wav.subarray(0, wav.length / 2);
  if (step === "cut") return void response.write(half, () => response.destroy());
  response.end(step === "half" ? half : wav);
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}
