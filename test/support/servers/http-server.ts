import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
  json(): Record<string, unknown>;
  form(): Promise<FormData>;
}

/** A real server on loopback whose answers a function gives; what it throws is status 500. */
export async function startHttpServer(
  answer: (request: HttpRequest, response: ServerResponse) => Promise<void> | void,
): Promise<{ readonly origin: string; readonly server: Server; readonly close: () => Promise<void> }> {
  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const url = new URL(incoming.url ?? "/", "http://server");
    await answer(
      {
        method: incoming.method ?? "GET",
        path: url.pathname,
        query: url.searchParams,
        headers: incoming.headers,
        body,
        json: () => JSON.parse(body.toString("utf8")) as Record<string, unknown>,
        form: () =>
          new Response(new Uint8Array(body), {
            headers: { "content-type": incoming.headers["content-type"] ?? "" },
          }).formData(),
      },
      response,
    );
  };
  const server = createServer((incoming, response) => {
    handle(incoming, response).catch((error: unknown) => sendJson(response, 500, { detail: String(error) }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    server,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

export function sendHtml(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/html" });
  response.end("<!doctype html><title>Welcome</title>");
}

/** A file; `cut` ends the connection in the middle of it. */
export function sendFile(response: ServerResponse, bytes: Uint8Array, { cut = false } = {}): void {
  response.writeHead(200, { "content-type": "application/octet-stream", "content-length": bytes.length });
  if (!cut) return void response.end(bytes);
  response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
}
