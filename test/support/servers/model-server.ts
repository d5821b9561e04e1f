import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** An answer or a fault, in the order in which the server gives them. */
export type ServerStep =
  | ReplyStep
  | {
      readonly status: number;
      readonly message?: string;
      readonly headers?: Record<string, string>;
      readonly body?: string;
    }
  /** Status 200 with exactly this body. */
  | { readonly raw: string }
  | { readonly cut: "before-answer" | "half-answer" }
  | { readonly silent: true };

export interface ReplyStep {
  readonly reply: string;
  readonly finish?: "stop" | "length" | "filtered";
  readonly inputTokens?: number;
  readonly outputTokens?: number;
}

/** What a dialect made of a request, in the words of the port. */
export interface SeenRequest {
  readonly model: string;
  readonly key?: string;
  readonly system: string;
  readonly turns: readonly { readonly role: string; readonly text: string; readonly images: readonly string[] }[];
  readonly jsonSchema?: unknown;
  readonly temperature?: number;
  readonly maxOutputTokens?: number;
  /** What only this dialect has. */
  readonly own?: Readonly<Record<string, unknown>>;
}

/** A request that the real server would refuse. */
export class Objection extends Error {}

export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
}

/** How one kind of server reads and writes. */
export interface Dialect {
  /** Path under the origin that stands in the launch file's baseUrl. */
  readonly basePath: string;
  /** Throws `Objection` for what the real server does not accept. */
  read(request: RawRequest): SeenRequest;
  /** Answers to requests that are not for text (model information). They take no step. */
  side?(request: RawRequest): { status: number; body: unknown } | undefined;
  /** The body, in the pieces in which the real server sends it. */
  write(step: ReplyStep, seen: SeenRequest): readonly string[];
  error(status: number, message: string): unknown;
}

export interface ModelServer {
  readonly baseUrl: string;
  readonly requests: readonly SeenRequest[];
  /** What this server answers to its next requests. */
  will(...steps: ServerStep[]): void;
  /** Answer every request that no step is left for from what stands in it. */
  respond(answer: (seen: SeenRequest) => string | Promise<string>): void;
  /** Refuse (HTTP 400) every request for which this gives a reason. */
  refuse(reason: (seen: SeenRequest) => string | undefined): void;
  /** Resolves when so many requests have come. */
  untilRequests(count: number): Promise<void>;
  /** Rejects when there were requests that the real server would have refused, or that no test told it to expect. */
  close(): Promise<void>;
}

/** A real HTTP server on loopback, on a port of its own. */
export async function startModelServer(dialect: Dialect): Promise<ModelServer> {
  const steps: ServerStep[] = [];
  const requests: SeenRequest[] = [];
  const objections: string[] = [];
  const watchers: { readonly count: number; readonly resolve: () => void }[] = [];
  let refusal: (seen: SeenRequest) => string | undefined = () => undefined;
  let responder: ((seen: SeenRequest) => string | Promise<string>) | undefined;

  const sendJson = (
    response: ServerResponse,
    status: number,
    body: unknown,
    headers: Record<string, string> = {},
  ): void => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  };

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await readAll(incoming);
    const request: RawRequest = {
      method: incoming.method ?? "",
      path: incoming.url ?? "",
      headers: incoming.headers,
      body: text === "" ? undefined : JSON.parse(text),
    };
    const side = dialect.side?.(request);
    if (side !== undefined) return sendJson(response, side.status, side.body);

    const seen = dialect.read(request);
    requests.push(seen);
    for (const watcher of watchers.filter(({ count }) => requests.length >= count)) watcher.resolve();
    const reason = refusal(seen);
    if (reason !== undefined) return sendJson(response, 400, dialect.error(400, reason));

    const step = steps.shift() ?? (responder === undefined ? undefined : { reply: await responder(seen) });
    if (step === undefined) throw new Objection(`Request ${requests.length} was not expected.`);
    play(step, seen, response);
  }

  function play(step: ServerStep, seen: SeenRequest, response: ServerResponse): void {
    if ("silent" in step) return;
    if ("raw" in step) return sendJson(response, 200, step.raw);
    if ("status" in step) {
      return sendJson(response, step.status, step.body ?? dialect.error(step.status, step.message ?? ""), step.headers);
    }
    if ("reply" in step) {
      response.writeHead(200, { "content-type": "application/json" });
      for (const piece of dialect.write(step, seen)) response.write(piece);
      return void response.end();
    }
    if (step.cut === "before-answer") return void response.destroy();
    const whole = dialect.write({ reply: "This answer is never finished." }, seen).join("");
    response.writeHead(200, { "content-type": "application/json" });
    response.write(whole.slice(0, whole.length / 2), () => response.destroy());
  }

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch((error: unknown) => {
      objections.push(String(error));
      if (!response.headersSent) sendJson(response, 400, dialect.error(400, String(error)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}${dialect.basePath}`,
    requests,
    will: (...more) => void steps.push(...more),
    respond: (answer) => {
      responder = answer;
    },
    refuse: (reason) => {
      refusal = reason;
    },
    untilRequests: (count) =>
      new Promise((resolve) => {
        if (requests.length >= count) return resolve();
        watchers.push({ count, resolve });
      }),
    async close() {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      if (objections.length > 0) throw new Error(`The real server objects: ${objections.join("\n")}`);
    },
  };
}

async function readAll(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
