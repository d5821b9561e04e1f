import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { readWav } from "../../../src/domain/speech/read-wav.js";
import { writeWav } from "../../../src/domain/speech/write-wav.js";

/** What a client sent, as the real server understands it. */
export interface HeardRequest {
  readonly path: string;
  readonly key?: string;
  readonly fields: Readonly<Record<string, string>>;
  /** Seconds and rate of the sound that came with it. */
  readonly sound?: { readonly seconds: number; readonly sampleRateHz: number };
}

export type SpeechStep =
  | { readonly text: string; readonly language?: string }
  | { readonly speak: "tone" | "no-wav" | "html" | "half-a-wav" }
  | { readonly status: number; readonly message: string }
  | { readonly cut: true }
  | { readonly silent: true };

export interface SpeechServer {
  readonly baseUrl: string;
  readonly requests: readonly HeardRequest[];
  will(...steps: SpeechStep[]): void;
  /** What it lists under /v1/audio/voices, as Kokoro does; without them it has no such page, as OpenAI's. */
  hasVoices(...names: string[]): void;
  close(): Promise<void>;
}

/** `/v1/audio/transcriptions` (a form with a file) and `/v1/audio/speech` (JSON to sound), as OpenAI and its likes have them. */
export async function startSpeechServer(): Promise<SpeechServer> {
  const steps: SpeechStep[] = [];
  const requests: HeardRequest[] = [];
  const objections: string[] = [];
  let voices: readonly string[] = [];

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (incoming.method === "GET" && incoming.url === "/v1/audio/voices") {
      response.writeHead(voices.length === 0 ? 404 : 200, { "content-type": "application/json" });
      return void response.end(JSON.stringify(voices.length === 0 ? { detail: "Not Found" } : { voices }));
    }
    const request = await read(incoming);
    requests.push(request);
    const step = steps.shift();
    if (step === undefined) throw new Error(`Request ${requests.length} was not expected.`);
    play(step, response);
  };
  const server = createServer((incoming, response) => {
    handle(incoming, response).catch((error: unknown) => {
      objections.push(String(error));
      response.writeHead(400, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: { message: String(error) } }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    will: (...more) => void steps.push(...more),
    hasVoices: (...names) => void (voices = names),
    close: async () => {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      if (objections.length > 0) throw new Error(`The real server objects: ${objections.join("\n")}`);
    },
  };
}

async function read(incoming: IncomingMessage): Promise<HeardRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const path = incoming.url ?? "";
  const key = incoming.headers.authorization?.replace(/^Bearer /, "");
  const known = { path, ...(key === undefined ? {} : { key }) };
  const body = Buffer.concat(chunks);
  if (incoming.method !== "POST") throw new Error(`Expected POST, found ${incoming.method}.`);
  if (path === "/v1/audio/speech") {
    const fields = JSON.parse(body.toString("utf8")) as Record<string, string>;
    for (const name of ["model", "voice", "input"]) if (!fields[name]) throw new Error(`${name} is required.`);
    return { ...known, fields };
  }
  if (path !== "/v1/audio/transcriptions") throw new Error(`No such path: ${path}`);
  const headers = { "content-type": incoming.headers["content-type"] ?? "" };
  const form = await new Request("http://server/", { method: "POST", headers, body }).formData();
  const file = form.get("file");
  if (!(file instanceof Blob)) throw new Error("file is required.");
  const sound = readWav(new Uint8Array(await file.arrayBuffer()));
  if (!sound.ok) throw new Error(sound.message);
  const fields: Record<string, string> = {};
  for (const [name, value] of form) if (typeof value === "string") fields[name] = value;
  if (!fields["model"]) throw new Error("model is required.");
  const { samples, sampleRateHz } = sound.value;
  return { ...known, fields, sound: { seconds: samples.length / sampleRateHz, sampleRateHz } };
}

function play(step: SpeechStep, response: ServerResponse): void {
  if ("silent" in step) return;
  if ("cut" in step) return void response.destroy();
  if ("status" in step) {
    response.writeHead(step.status, { "content-type": "application/json" });
    return void response.end(JSON.stringify({ error: { message: step.message } }));
  }
  if ("text" in step) {
    response.writeHead(200, { "content-type": "application/json" });
    return void response.end(JSON.stringify(step));
  }
  const samples = Float32Array.from({ length: 12_000 }, (_, i) => 0.3 * Math.sin(i / 9));
  const wav = writeWav({ samples, sampleRateHz: 24_000 });
  const bodies = {
    tone: wav,
    "no-wav": "not a sound",
    html: "<!doctype html><title>Welcome</title>",
    "half-a-wav": wav.subarray(0, wav.length / 2),
  };
  response.writeHead(200, { "content-type": step.speak === "html" ? "text/html" : "audio/wav" });
  response.end(bodies[step.speak]);
}
