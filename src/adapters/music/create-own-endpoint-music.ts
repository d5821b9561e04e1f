import { ControllerError } from "../../domain/errors.js";
import { fail, ok, type Result } from "../../domain/result.js";
import type { BackendFailure } from "../../ports/skill-backends.js";
import type { MusicMaker } from "../../ports/music-maker.js";
import {
  callWithRetries,
  errorWords,
  leavesMachine,
  openLink,
  rewordRefusal,
  type LinkOptions,
} from "../model-link/index.js";
import type { OwnEndpointConfig } from "./config-schema.js";
import { fieldAt, fillIn, fillInJob } from "./fill-in.js";

export interface OwnEndpointOptions
  extends
    Pick<OwnEndpointConfig, "submit" | "poll" | "cancel" | "keyHeader" | "keyPrefix" | "format" | "maxRetries">,
    Pick<LinkOptions, "fetch" | "delay" | "random" | "apiKey"> {
  /** Milliseconds that one job may take in all. */
  readonly timeoutMs: number;
}

/** Milliseconds for one request; the job as a whole has its own limit. */
const REQUEST_MS = 60_000;
const LARGEST_BYTES = 128 * 1024 * 1024;
const ADVICE = "Check the addresses, the body and the fields of own-endpoint against the service's own pages.";

/** A job service by its addresses and fields: hand in, ask until it is done, fetch the file. */
export function createOwnEndpointMusic(options: OwnEndpointOptions): MusicMaker & { close(): Promise<void> } {
  const { submit, poll, cancel, keyHeader, keyPrefix, format: given, apiKey, delay, timeoutMs } = options;
  const headers = apiKey === undefined ? {} : { [keyHeader.toLowerCase()]: `${keyPrefix}${apiKey}` };
  const own = new Set([submit.url, poll.url, ...(cancel === undefined ? [] : [cancel.url])].map(originOf));
  const closed = new AbortController();
  const linkOptions = (url: string): LinkOptions => ({
    baseUrl: url,
    model: "own-endpoint",
    timeoutMs: REQUEST_MS,
    maxRetries: options.maxRetries,
    fetch: options.fetch,
    delay,
    random: options.random,
    headers,
    ...(apiKey === undefined ? {} : { apiKey }),
  });

  /** One request, tried again where it failed in passing. */
  async function request<T>(
    url: string,
    use: (link: ReturnType<typeof openLink>, signal: AbortSignal) => Promise<T>,
    { signal, maxRetries = options.maxRetries }: { signal: AbortSignal; maxRetries?: number },
  ): Promise<Result<T, BackendFailure>> {
    const link = openLink("music service", linkOptions(url), { onMissing: ADVICE, largestAnswerBytes: LARGEST_BYTES });
    const result = await callWithRetries(
      async (context) => {
        context.count();
        try {
          return await use(link, context.signal);
        } catch (error) {
          throw rewordRefusal(error, { server: link.server, advice: ADVICE });
        }
      },
      { ...linkOptions(url), maxRetries, server: link.server, signal },
    );
    return result.ok ? ok(result.value.value) : result;
  }

  const json = (url: string, init: RequestInit, signal: AbortSignal, maxRetries?: number) =>
    request<unknown>(
      url,
      async (link, each) => {
        const response = await link.fetch(url, {
          ...init,
          headers: { ...headers, "content-type": "application/json" },
          signal: each,
        });
        return response.json();
      },
      { signal, ...(maxRetries === undefined ? {} : { maxRetries }) },
    );

  async function run(
    wish: Parameters<MusicMaker["make"]>[0],
    {
      signal,
      onProgress,
      begun,
    }: Parameters<MusicMaker["make"]>[1] & { readonly begun: (job: string, status: string) => void },
  ): Promise<Result<Uint8Array, BackendFailure>> {
    const { prompt, durationS, seed } = wish;
    const body = JSON.stringify(fillIn(submit.body, { prompt, durationS, seed }));
    // Never a second time: the first may have been taken, and jobs cost money.
    const submitted = await json(submit.url, { method: "POST", body }, signal, 0);
    if (!submitted.ok) return submitted;
    const job = fieldAt(submitted.value, submit.jobField);
    if ((typeof job !== "string" && typeof job !== "number") || String(job) === "" || String(job).length > 256) {
      return fail("bad-answer", `The answer has no job at ${submit.jobField}. ${ADVICE}`);
    }
    onProgress({ fraction: 0, message: "handed in" });
    for (;;) {
      begun(String(job), "");
      await delay(poll.everyS * 1000, { signal });
      const asked = await json(fillInJob(poll.url, String(job)), { method: "GET" }, signal);
      if (!asked.ok) return asked;
      const status = wordAt(asked.value, poll.statusField);
      begun(String(job), status);
      if (poll.failed.includes(status)) {
        const why = errorWords(JSON.stringify(asked.value)).slice(0, 300);
        return fail("server-error", `The music service says that the job is "${status}": ${clean(why, apiKey)}`);
      }
      if (poll.done.includes(status)) return download(fieldAt(asked.value, poll.audioUrlField), signal);
      onProgress({ fraction: fractionOf(fieldAt(asked.value, poll.progressField ?? "progress")), message: status });
    }
  }

  async function download(url: unknown, signal: AbortSignal): Promise<Result<Uint8Array, BackendFailure>> {
    if (typeof url !== "string" || !URL.canParse(url)) {
      return fail("bad-answer", `The job is done, and has no address at ${poll.audioUrlField}. ${ADVICE}`);
    }
    const { origin, protocol } = new URL(url);
    // Elsewhere only over https and not on this machine: an answer must not make the robot ask its own neighbours.
    if (!own.has(origin) && (protocol !== "https:" || !leavesMachine(url) || isNumbered(url))) {
      return fail(
        "bad-answer",
        `The service names its file at ${origin}, which is neither its own nor a public https address.`,
      );
    }
    const key = own.has(origin) ? headers : {};
    return request(url, (link, each) => link.bytes(url, { headers: key, signal: each }), { signal });
  }

  return {
    model: new URL(submit.url).host,
    keepsDuration: false,
    async make(wish, { signal, onProgress }) {
      if (wish.format !== given)
        return fail(
          "unsupported",
          `This service gives ${given}; ${wish.format} was asked for. Ask for format ${given}.`,
        );
      const late = new AbortController();
      const over = new AbortController();
      const limit = delay(timeoutMs, { signal: over.signal }).then(
        () => late.abort(),
        () => undefined,
      );
      let job: string | undefined;
      let last = "";
      const all = AbortSignal.any([signal, late.signal, closed.signal]);
      try {
        const made = await run(wish, {
          signal: all,
          onProgress,
          begun: (name, status) => ([job, last] = [name, status === "" ? last : status]),
        });
        return made.ok ? ok({ bytes: made.value, format: given }) : made;
      } catch (error) {
        if (!all.aborted) throw error;
        if (cancel !== undefined && job !== undefined) {
          // Best effort: whoever called off, or ran out of time, hears of that and of nothing else.
          await json(fillInJob(cancel.url, job), { method: cancel.method }, closed.signal, 0).catch(() => undefined);
        }
        if (!late.signal.aborted || signal.aborted)
          throw new ControllerError("aborted", "The music job was called off.");
        const state = last === "" ? "" : ` It was "${last}" last.`;
        return fail("timeout", `The job was not done within ${timeoutMs / 1000} s (timeoutS).${state}`);
      } finally {
        over.abort();
        await limit;
      }
    },
    async close() {
      closed.abort();
    },
  };
}

const originOf = (url: string): string => new URL(url.replaceAll(/[{}]/g, "_")).origin;
const isNumbered = (url: string): boolean => /^(\[|[\d.]+$)/.test(new URL(url).hostname);

/** Services write states as words, some as numbers. */
function wordAt(value: unknown, path: string): string {
  const found = fieldAt(value, path);
  return typeof found === "string" || typeof found === "number" ? String(found) : "";
}

function fractionOf(value: unknown): number {
  const number = typeof value === "number" ? value : Number.parseFloat(String(value));
  if (!Number.isFinite(number) || number < 0) return 0;
  return Math.min(1, number > 1 ? number / 100 : number);
}

const clean = (text: string, secret: string | undefined): string =>
  (secret === undefined || secret.length < 4 ? text : text.replaceAll(secret, "[secret]")).replaceAll(/\p{Cc}+/gu, " ");
