import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What goes wrong with one request, in the order in which they come. `{}`: nothing. */
export interface HubStep {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Send on to this address. */
  readonly redirect?: string;
  /** Send nothing more after so many bytes, and keep the connection until `cut`. */
  readonly silentAfter?: number;
  /** A page with status 200 in place of the file. */
  readonly page?: boolean;
  /** No content-length: the body comes in chunks. */
  readonly noLength?: boolean;
  /** Ignore the asked-for range, as servers without ranges do. */
  readonly noRanges?: boolean;
}

export interface HubRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

export interface HubServer {
  /** With a slash at its end. */
  readonly url: string;
  readonly host: string;
  readonly requests: readonly HubRequest[];
  /** Puts a file there, or another version of it: its tag changes with its bytes. */
  put(path: string, bytes: Uint8Array | string): void;
  will(...steps: HubStep[]): void;
  /** Breaks the connections that have gone silent. */
  cut(): void;
  /** Resolves when so many requests have been answered as far as they will be. */
  untilAnswered(count: number): Promise<void>;
  close(): Promise<void>;
}

/** A file server with ranges and entity tags, as hubs and their mirrors have them, on a port of its own. */
export async function startHubServer(): Promise<HubServer> {
  const files = new Map<string, { readonly bytes: Buffer; readonly etag: string }>();
  const steps: HubStep[] = [];
  const requests: HubRequest[] = [];
  const watchers: { readonly count: number; readonly resolve: () => void }[] = [];
  const silent = new Set<ServerResponse>();
  let answered = 0;
  let versions = 0;

  function answer(path: string, headers: IncomingHttpHeaders, response: ServerResponse): void {
    const step = steps.shift() ?? {};
    const file = files.get(path);
    if (step.redirect !== undefined)
      return void response.writeHead(302, { location: step.redirect, ...step.headers }).end();
    if (step.status !== undefined) return void response.writeHead(step.status, step.headers).end("no");
    if (step.page === true)
      return void response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end("<html>");
    if (file === undefined) return void response.writeHead(404).end("Entry not found");

    const { bytes, etag } = file;
    const asked = /^bytes=(\d+)-$/.exec(headers.range ?? "")?.[1];
    const valid = headers["if-range"] === undefined || headers["if-range"] === etag;
    const from = asked !== undefined && valid && step.noRanges !== true ? Number(asked) : 0;
    if (from > bytes.length || (from > 0 && from === bytes.length)) {
      return void response.writeHead(416, { "content-range": `bytes */${bytes.length}` }).end();
    }
    const body = bytes.subarray(from);
    response.writeHead(from > 0 ? 206 : 200, {
      etag,
      "content-type": "application/octet-stream",
      ...(step.noLength !== true && { "content-length": body.length }),
      ...(from > 0 && { "content-range": `bytes ${from}-${bytes.length - 1}/${bytes.length}` }),
      ...step.headers,
    });
    if (step.silentAfter === undefined) return void response.end(body);
    response.write(body.subarray(0, step.silentAfter));
    silent.add(response);
  }

  const server = createServer(({ url = "/", headers }, response) => {
    requests.push({ path: url, headers });
    answer(url, headers, response);
    answered += 1;
    for (const { resolve } of watchers.filter(({ count }) => answered >= count)) resolve();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url: `http://${host}/`,
    host,
    requests,
    put(path, bytes) {
      versions += 1;
      files.set(`/${path}`, { bytes: Buffer.from(bytes), etag: `"v${versions}"` });
    },
    will: (...more) => void steps.push(...more),
    cut() {
      for (const response of silent) response.destroy();
      silent.clear();
    },
    untilAnswered: (count) =>
      new Promise((resolve) => {
        if (answered >= count) return resolve();
        watchers.push({ count, resolve });
      }),
    async close() {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
}
