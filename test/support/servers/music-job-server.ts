import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { emptyMp3 } from "../audio-files.js";

/** What a job answers to each question in turn; the last one is answered for ever. */
export interface JobPlan {
  readonly answers: readonly (Readonly<Record<string, unknown>> | "html" | "busy")[];
  /** What the file's address gives. */
  readonly file?: Uint8Array | string;
}

export interface MusicJobServer {
  readonly url: string;
  readonly submitted: readonly { readonly key?: string; readonly body: unknown }[];
  readonly polls: () => number;
  /** Jobs that were called off. */
  readonly cancelled: readonly string[];
  /** Keys that came with downloads. */
  readonly downloads: readonly (string | undefined)[];
  plan(plan: JobPlan): void;
  /** What handing in answers in place of a job. */
  answerSubmit(status: number, body: object | string): void;
  close(): Promise<void>;
}

/** A service with jobs as such services have them: a list with one entry, states in words, the file under an address of its own. */
export async function startMusicJobServer(): Promise<MusicJobServer> {
  const submitted: { key?: string; body: unknown }[] = [];
  const cancelled: string[] = [];
  const downloads: (string | undefined)[] = [];
  let plan: JobPlan = { answers: [{ status: "complete" }] };
  let instead: { status: number; body: object | string } | undefined;
  let polls = 0;
  let url = "";

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString("utf8");
    const at = new URL(incoming.url ?? "/", url);
    const key = incoming.headers.authorization;
    if (incoming.method === "POST" && at.pathname === "/api/generate") {
      submitted.push({ body: JSON.parse(text), ...(key === undefined ? {} : { key }) });
      return instead === undefined
        ? send(response, 200, [{ id: "job/1" }])
        : send(response, instead.status, instead.body);
    }
    if (incoming.method === "GET" && at.pathname === "/api/get" && at.searchParams.get("ids") === "job/1") {
      const answer = plan.answers[Math.min(polls++, plan.answers.length - 1)];
      if (answer === "html") return send(response, 200, "<!doctype html><title>Sign in</title>");
      if (answer === "busy") return send(response, 503, { error: "busy" });
      return send(response, 200, [{ id: "job/1", ...answer }]);
    }
    if (incoming.method === "DELETE" && at.pathname === "/api/jobs/job%2F1") {
      cancelled.push("job/1");
      return send(response, 200, {});
    }
    if (at.pathname === "/files/1.mp3") {
      downloads.push(key);
      response.writeHead(200, { "content-type": "audio/mpeg" });
      return void response.end(plan.file ?? emptyMp3());
    }
    send(response, 404, { error: { message: `nothing at ${at.pathname}` } });
  };
  const server = createServer((incoming, response) => {
    handle(incoming, response).catch((error: unknown) => send(response, 500, { error: { message: String(error) } }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    submitted,
    polls: () => polls,
    cancelled,
    downloads,
    plan: (next) => void (plan = next),
    answerSubmit: (status, body) => void (instead = { status, body }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const isPage = typeof body === "string";
  response.writeHead(status, { "content-type": isPage ? "text/html" : "application/json" });
  response.end(isPage ? body : JSON.stringify(body));
}
