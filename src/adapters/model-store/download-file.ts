import { createHash } from "node:crypto";
import { mkdir, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { ControllerError } from "../../domain/errors.js";
import { ok, type Result } from "../../domain/result.js";
import { factsOf, hashInto, sizeOf, type FileFacts } from "./file-hash.js";
import { checkStatus, openUrl, type Http } from "./open-url.js";
import { PullProblem, type PullFailure } from "./pull-failure.js";

/** Waits so many milliseconds; rejects once the signal has fired. */
export type Delay = (ms: number, options: { signal: AbortSignal }) => Promise<unknown>;

export interface DownloadOptions {
  readonly url: string;
  /** Where the whole file goes. Until then it is `<target>.part`, with `<target>.part.json` beside it. */
  readonly target: string;
  /** What the card says of the file, as far as it does. */
  readonly expected: Partial<FileFacts>;
  readonly http: Http;
  readonly delay: Delay;
  readonly signal: AbortSignal;
  /** How often a transfer that broke is taken up again. */
  readonly maxRetries: number;
  /** Milliseconds without a byte after which a transfer counts as broken. */
  readonly stallMs: number;
  /** Told before every further attempt. */
  readonly onRetry?: (why: string, waitMs: number) => void;
  readonly onProgress?: (progress: { readonly received: number; readonly total?: number }) => void;
}

export interface Downloaded extends FileFacts {
  readonly etag?: string;
  readonly commit?: string;
}

const partSchema = z.object({ url: z.string(), etag: z.string() });

/**
 * Fetches one file, from where an earlier attempt broke off when the server still has the same one (`Range` with `If-Range`), checks
 * size and sha256, and puts it in place in one step. Rejects with `aborted` when the signal fires; what came so far stays.
 */
export async function downloadFile(options: DownloadOptions): Promise<Result<Downloaded, PullFailure>> {
  const { signal, delay, maxRetries } = options;
  await mkdir(dirname(options.target), { recursive: true });
  for (let attempt = 0; ; attempt++) {
    if (signal.aborted) throw aborted(signal);
    try {
      return ok(await attemptOnce(options));
    } catch (error) {
      if (signal.aborted) throw aborted(signal);
      if (!(error instanceof PullProblem)) throw error;
      if (!error.passing || attempt >= maxRetries) return error.toFailure({ url: options.url, attempts: attempt + 1 });
      const waitMs = error.retryAfterMs ?? 500 * 2 ** attempt;
      options.onRetry?.(error.message, waitMs);
      await delay(waitMs, { signal }).catch(() => undefined);
    }
  }
}

const aborted = (signal: AbortSignal): ControllerError =>
  new ControllerError(
    "aborted",
    "The download was called off; what came so far is kept, and the next pull goes on from there.",
    {
      cause: signal.reason,
    },
  );

async function attemptOnce(options: DownloadOptions): Promise<Downloaded> {
  const { url, target, expected, http, stallMs } = options;
  const part = `${target}.part`;
  const known = await startedPart(options, part);
  const stalled = new AbortController();
  const signal = AbortSignal.any([options.signal, stalled.signal]);
  const watch = watchdog(stallMs, options.delay, stalled);
  try {
    const headers = {
      // Ranges count bytes of the file itself, not of a packed form of it.
      "accept-encoding": "identity",
      ...(known !== undefined && { range: `bytes=${known.bytes}-`, "if-range": known.etag }),
    };
    const { response, statedSha256, commit } = await openUrl(url, headers, { http, signal });
    watch.alive();
    checkStatus(response, url);
    if (response.status === 416 && known !== undefined && isWhole(response, known.bytes)) {
      // It broke off after the last byte: nothing is left to fetch, everything to check.
      await response.body?.cancel();
      const facts = await factsOf(part);
      await settle({ ...options, part, facts, total: expected.bytes ?? facts.bytes, statedSha256 });
      return { ...facts, etag: known.etag, ...(commit !== undefined && { commit }) };
    }
    if (response.status === 416 || (response.status === 206 && !continues(response, known?.bytes))) {
      await response.body?.cancel();
      await forget(part);
      throw new PullProblem("bad-answer", `${new URL(url).host} answers with another range than was asked for.`, {
        passing: true,
      });
    }
    refusePages(response, url);
    const resumed = response.status === 206 ? (known?.bytes ?? 0) : 0;
    const etag = response.headers.get("etag") ?? undefined;
    await noteState(part, url, etag);
    const left = Number(response.headers.get("content-length") ?? Number.NaN);
    const total = expected.bytes ?? (Number.isFinite(left) ? resumed + left : undefined);
    const facts = await receive({ ...options, signal }, { response, part, resumed, total, alive: watch.alive });
    await settle({ ...options, part, facts, total, statedSha256 });
    return { ...facts, ...(etag !== undefined && { etag }), ...(commit !== undefined && { commit }) };
  } catch (error) {
    if (stalled.signal.aborted && !options.signal.aborted) {
      throw new PullProblem(
        "timeout",
        `${new URL(url).host} sent nothing for ${stallMs / 1000} s. What came so far is kept.`,
        { passing: true },
      );
    }
    throw error;
  } finally {
    watch.end();
  }
}

/** Ends the transfer when nothing has come for a while. */
function watchdog(stallMs: number, delay: Delay, stalled: AbortController) {
  let round = new AbortController();
  const arm = (): void => {
    const current = round;
    void delay(stallMs, { signal: current.signal }).then(
      () => (current.signal.aborted ? undefined : stalled.abort()),
      () => undefined,
    );
  };
  arm();
  return {
    alive: (): void => {
      round.abort();
      round = new AbortController();
      arm();
    },
    end: () => round.abort(),
  };
}

/** What is there of the file, when it can be gone on with: only where the server had named a version of it. */
async function startedPart(
  { url }: DownloadOptions,
  part: string,
): Promise<{ bytes: number; etag: string } | undefined> {
  const bytes = await sizeOf(part);
  if (bytes === undefined || bytes === 0) return undefined;
  const text = await readFile(`${part}.json`, "utf8").catch(() => "null");
  const state = partSchema.safeParse(parse(text));
  // A weak tag promises like content, not the same bytes.
  if (!state.success || state.data.url !== url || state.data.etag.startsWith("W/")) return undefined;
  return { bytes, etag: state.data.etag };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const noteState = (part: string, url: string, etag: string | undefined): Promise<void> =>
  etag === undefined ? rm(`${part}.json`, { force: true }) : writeFile(`${part}.json`, JSON.stringify({ url, etag }));

async function forget(part: string): Promise<void> {
  await rm(part, { force: true });
  await rm(`${part}.json`, { force: true });
}

const continues = ({ headers }: Response, from: number | undefined): boolean =>
  from !== undefined && (headers.get("content-range") ?? "").startsWith(`bytes ${from}-`);

/** The server has no more than what is there: `bytes * /size`, without the space (RFC 9110, 14.4). */
const isWhole = ({ headers }: Response, bytes: number): boolean => headers.get("content-range") === `bytes */${bytes}`;

/** A login, a consent page or a hotel's portal with status 200. */
function refusePages({ headers }: Response, url: string): void {
  if (!/^text\/html\b/i.test(headers.get("content-type") ?? "") || new URL(url).pathname.endsWith(".html")) return;
  throw new PullProblem(
    "bad-answer",
    `${new URL(url).host} sent a web page instead of the file. A login or a network portal may be in between; open the address in a browser.`,
  );
}

interface Incoming {
  readonly response: Response;
  readonly part: string;
  readonly resumed: number;
  readonly total?: number;
  readonly alive: () => void;
}

async function receive(
  options: DownloadOptions,
  { response, part, resumed, total, alive }: Incoming,
): Promise<FileFacts> {
  const hash = createHash("sha256");
  if (resumed > 0) await hashInto(hash, part);
  const file = await open(part, resumed > 0 ? "a" : "w");
  let received = resumed;
  try {
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      alive();
      await file.write(chunk);
      hash.update(chunk);
      received += chunk.length;
      options.onProgress?.({ received, ...(total !== undefined && { total }) });
      if (total !== undefined && received > total) break;
    }
  } catch (error) {
    if (options.signal.aborted) throw error;
    throw fromBroken(error, options.url, received);
  } finally {
    await file.close();
  }
  return { bytes: received, sha256: hash.digest("hex") };
}

function fromBroken(error: unknown, url: string, received: number): unknown {
  if (error instanceof Error && "code" in error && error.code === "ENOSPC") {
    return new PullProblem("no-space", "The disk is full. Free some space and pull again; what came so far is kept.");
  }
  return new PullProblem(
    "link-lost",
    `${new URL(url).host} broke off after ${received} bytes. What came so far is kept.`,
    { passing: true },
  );
}

interface Received extends DownloadOptions {
  readonly part: string;
  readonly facts: FileFacts;
  readonly total?: number;
  readonly statedSha256?: string;
}

async function settle({ url, target, expected, part, facts, total, statedSha256 }: Received): Promise<void> {
  if (total !== undefined && facts.bytes < total) {
    throw new PullProblem(
      "link-lost",
      `${new URL(url).host} sent ${facts.bytes} of ${total} bytes. What came so far is kept.`,
      { passing: true },
    );
  }
  const bound = expected.sha256 ?? statedSha256;
  const source = expected.sha256 === undefined ? "the hub" : "the card";
  if (total !== undefined && facts.bytes > total) {
    await forget(part);
    throw new PullProblem("damaged", `${url} is longer than the ${total} bytes that were announced. Not kept.`);
  }
  if (bound !== undefined && facts.sha256 !== bound) {
    await forget(part);
    throw new PullProblem(
      "damaged",
      `${url} is not the file that ${source} names: expected sha256 ${bound}, found ${facts.sha256}. Not kept. The file was changed at its source, or on the way.`,
    );
  }
  await rename(part, target);
  await rm(`${part}.json`, { force: true });
}
