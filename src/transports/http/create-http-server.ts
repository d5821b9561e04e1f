import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ControllerError } from "../../domain/errors.js";

/** Answers a request, or says that it is not its own. */
export type Route = (request: IncomingMessage, url: URL, response: ServerResponse) => boolean | Promise<boolean>;

export interface HttpServer {
  readonly port: number;
  readonly server: Server;
  close(): Promise<void>;
}

/** Routes are asked in order. Rejects with `port-taken`. */
export async function createHttpServer(options: {
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
  readonly routes: readonly Route[];
}): Promise<HttpServer> {
  const { host, port, routes } = options;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let url: URL;
    try {
      url = new URL(request.url ?? "/", "http://localhost");
    } catch {
      return say(response, 400, "The address cannot be read.");
    }
    for (const route of routes) if (await route(request, url, response)) return;
    say(response, 404, `There is nothing at ${url.pathname}.`);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (!response.headersSent) say(response, 500, error instanceof Error ? error.message : String(error));
      else response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const why = cause.code === "EADDRINUSE" ? "another program uses it" : cause.message;
      reject(
        new ControllerError("port-taken", `Cannot listen on ${host}:${port}: ${why}. Name another --port.`, { cause }),
      );
    });
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    server,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function say(response: ServerResponse, status: number, text: string, type = "text/plain; charset=utf-8"): void {
  response.writeHead(status, { "content-type": type, "cache-control": "no-store" });
  response.end(text.endsWith("\n") ? text : `${text}\n`);
}
