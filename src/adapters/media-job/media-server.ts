import { createHash } from "node:crypto";
import type { Result } from "../../domain/result.js";
import type { MediaJobs } from "../../ports/media-jobs.js";
import type { BackendFailure } from "../../ports/skill-backends.js";
import {
  callWithRetries,
  LinkFailure,
  openLink,
  rewordRefusal,
  type Link,
  type LinkOptions,
} from "../model-link/index.js";

export interface MediaServerOptions extends LinkOptions {
  readonly jobs: MediaJobs;
  /** Milliseconds between two questions how a job is. */
  readonly pollMs: number;
  /** Milliseconds after which a job that was handed in is given up. */
  readonly jobTimeoutMs: number;
  /** Unix time. */
  readonly nowMs: () => number;
}

export interface CallOptions {
  readonly signal: AbortSignal;
  /** How often it is sent again; 0 for what must not be done twice. Default: the launch file's. */
  readonly maxRetries?: number;
}

/** One server of pictures or videos: requests whose failures are values. */
export interface MediaServer {
  readonly server: string;
  readonly closed: AbortSignal;
  readonly linger: (work: Promise<unknown>) => void;
  bytes(path: string, init: RequestInit, options: CallOptions): Promise<Result<Uint8Array, BackendFailure>>;
  json(path: string, init: RequestInit, options: CallOptions): Promise<Result<unknown, BackendFailure>>;
  /** Lets what is being cleaned up end. */
  close(): Promise<void>;
}

const LARGEST_BYTES = 512 * 1024 * 1024;

export function openMediaServer(
  name: string,
  options: LinkOptions,
  { advice, headers = {} }: { readonly advice: string; readonly headers?: Readonly<Record<string, string>> },
): MediaServer {
  const link: Link = openLink(name, options, { onMissing: advice, largestAnswerBytes: LARGEST_BYTES });
  const base = options.baseUrl.replace(/\/+$/, "");
  const closed = new AbortController();
  const lingering = new Set<Promise<unknown>>();

  async function call<T>(
    use: (signal: AbortSignal) => Promise<T>,
    { signal, maxRetries = options.maxRetries }: CallOptions,
  ): Promise<Result<T, BackendFailure>> {
    const result = await callWithRetries(
      async (context) => {
        context.count();
        try {
          return await use(context.signal);
        } catch (error) {
          throw rewordRefusal(error, { server: link.server, advice });
        }
      },
      { ...options, maxRetries, server: link.server, signal },
    );
    return result.ok ? { ok: true, value: result.value.value } : result;
  }
  const withHeaders = (init: RequestInit, signal: AbortSignal): RequestInit => ({
    ...init,
    headers: { ...headers, ...(init.headers as Record<string, string> | undefined) },
    signal,
  });

  return {
    server: link.server,
    closed: closed.signal,
    linger(work) {
      const tracked: Promise<unknown> = work.finally(() => lingering.delete(tracked));
      lingering.add(tracked);
    },
    bytes: (path, init, each) => call((signal) => link.bytes(`${base}${path}`, withHeaders(init, signal)), each),
    json: (path, init, each) =>
      call(async (signal) => {
        const body = await link.text(`${base}${path}`, withHeaders(init, signal));
        try {
          return JSON.parse(body) as unknown;
        } catch {
          const found = body.trim() === "" ? "nothing" : `"${link.clean(body)}"`;
          throw new LinkFailure("bad-answer", `Expected JSON from ${link.server}, found ${found}. Check baseUrl.`);
        }
      }, each),
    async close() {
      await Promise.allSettled(lingering);
      closed.abort();
    },
  };
}

/** What tells one request from another: everything in it, pictures and sounds by their bytes, and who is asked. */
export function requestKey(...parts: readonly unknown[]): string {
  const hash = createHash("sha256");
  for (const part of parts) {
    if (part instanceof Uint8Array) hash.update(part);
    else hash.update(JSON.stringify(part) ?? "");
    hash.update("\0");
  }
  return hash.digest("hex");
}
