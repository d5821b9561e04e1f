import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { writeWav } from "../../../src/domain/speech/write-wav.js";

/** What a server of a dialect makes of a request: an answer to a good one, or its way of refusing. */
export interface SoundDialect {
  readonly path: string;
  /** Rate of its sounds, and the label that it puts on them. */
  readonly sampleRateHz: number;
  readonly contentType: string;
  /** Undefined for a request that it takes. */
  refuse(
    body: Readonly<Record<string, unknown>>,
  ): { readonly status: number; readonly body: object | string } | undefined;
}

export type SoundStep =
  | "sound"
  /** Status 200 and a web page, as proxies send it. */
  | "html"
  /** A whole answer with half of the samples that its header states. */
  | "half-a-wav"
  /** The connection ends in the middle of the answer. */
  | "cut"
  /** Never answers. */
  | "slow"
  | { readonly status: number; readonly body: object | string };

export interface SoundServer {
  readonly baseUrl: string;
  readonly requests: readonly { readonly key?: string; readonly body: Readonly<Record<string, unknown>> }[];
  /** What happens next; `sound` when nothing is said. */
  will(...steps: SoundStep[]): void;
  close(): Promise<void>;
}

/** A real HTTP server that turns JSON into half a second of tone, and fails as told. */
export async function startSoundServer(dialect: SoundDialect): Promise<SoundServer> {
  const steps: SoundStep[] = [];
  const requests: { key?: string; body: Record<string, unknown> }[] = [];

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    if (incoming.url !== dialect.path || incoming.method !== "POST")
      return json(response, 404, { detail: "Not Found" });
    const body = JSON.parse(Buffer.concat(chunks).toString("utf8")) as Record<string, unknown>;
    const key = incoming.headers.authorization?.replace(/^Bearer /, "");
    requests.push({ body, ...(key === undefined ? {} : { key }) });
    const refusal = dialect.refuse(body);
    if (refusal !== undefined) return json(response, refusal.status, refusal.body);
    play(steps.shift() ?? "sound", dialect, response);
  };
  const server = createServer((incoming, response) => {
    handle(incoming, response).catch((error: unknown) => json(response, 500, { detail: String(error) }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    will: (...more) => void steps.push(...more),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function play(step: SoundStep, { sampleRateHz, contentType }: SoundDialect, response: ServerResponse): void {
  if (typeof step === "object") return json(response, step.status, step.body);
  if (step === "slow") return;
  if (step === "html") {
    response.writeHead(200, { "content-type": "text/html" });
    return void response.end("<!doctype html><title>Welcome</title>");
  }
  const samples = Float32Array.from({ length: sampleRateHz / 2 }, (_, i) => 0.3 * Math.sin(i / 9));
  const wav = writeWav({ samples, sampleRateHz });
  const length = step === "cut" ? { "content-length": wav.length } : {};
  response.writeHead(200, { "content-type": contentType, ...length });
  if (step === "sound") return void response.end(wav);
  const half = wav.subarray(0, wav.length / 2);
  if (step === "half-a-wav") return void response.end(half);
  response.write(half, () => response.destroy());
}

function json(response: ServerResponse, status: number, body: object | string): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}
