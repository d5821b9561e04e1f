import { LinkFailure } from "./link-failure.js";
import { cleanText, errorWords, parseJson } from "./clean-text.js";
import { explainNetwork } from "./explain-network.js";
import { explainStatus } from "./explain-status.js";
import type { LinkOptions } from "./link-options.js";

/** No plan is longer, and no sentence's sound. A server that sends more is broken or hostile. */
const LARGEST_ANSWER_BYTES = 8 * 1024 * 1024;

/** One server, reached by requests that either succeed or throw a `LinkFailure`. */
export interface Link {
  /** For people: dialect and host, without path, key or user. */
  readonly server: string;
  /** A success's body in pieces of text. Throws `LinkFailure`; passes on the error of an abort. */
  stream(url: string, init: RequestInit): AsyncGenerator<string>;
  /** The whole of it. */
  text(url: string, init: RequestInit): Promise<string>;
  /** The whole of it as it came, for sound and pictures. */
  bytes(url: string, init: RequestInit): Promise<Uint8Array>;
  /** `text` in fetch's clothes, for vendor code: it only ever sees successes. */
  readonly fetch: typeof globalThis.fetch;
  /** Text from the server, fit for a message. */
  clean(text: string): string;
}

export interface OpenLinkOptions {
  /** What to do about a model that the server does not have, where there is something better than to check its name. */
  readonly onMissing?: string;
  /** For servers whose answers are files. */
  readonly largestAnswerBytes?: number;
}

export function openLink(
  name: string,
  options: LinkOptions,
  { onMissing, largestAnswerBytes: largest = LARGEST_ANSWER_BYTES }: OpenLinkOptions = {},
): Link {
  const server = `${name} at ${new URL(options.baseUrl).origin}`;
  const place = { server, model: options.model, onMissing };
  const secrets = [...(options.apiKey === undefined ? [] : [options.apiKey]), ...Object.values(options.headers ?? {})];
  const clean = (text: string): string => cleanText(text, secrets);
  const isAbort = (init: RequestInit): boolean => init.signal?.aborted === true;

  async function send(url: string, init: RequestInit): Promise<Response> {
    try {
      return await options.fetch(url, { ...init, redirect: "manual" });
    } catch (error) {
      if (isAbort(init)) throw error;
      throw explainNetwork(error, { server, begun: false });
    }
  }

  async function* chunks(response: Response, init: RequestInit): AsyncGenerator<Uint8Array> {
    if (response.body === null) return;
    let bytes = 0;
    try {
      for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
        bytes += chunk.length;
        if (bytes > largest) {
          throw new LinkFailure("bad-answer", `${server} sent more than ${largest} bytes. Check baseUrl.`);
        }
        yield chunk;
      }
    } catch (error) {
      if (error instanceof LinkFailure || isAbort(init)) throw error;
      throw explainNetwork(error, { server, begun: true });
    }
  }

  async function* pieces(response: Response, init: RequestInit): AsyncGenerator<string> {
    const decoder = new TextDecoder();
    for await (const chunk of chunks(response, init)) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  }

  async function* stream(url: string, init: RequestInit): AsyncGenerator<string> {
    const response = await send(url, init);
    if (response.ok) return yield* pieces(response, init);
    throw await refused(response, init);
  }

  async function bytes(url: string, init: RequestInit): Promise<Uint8Array> {
    const response = await send(url, init);
    if (!response.ok) throw await refused(response, init);
    const parts: Uint8Array[] = [];
    for await (const chunk of chunks(response, init)) parts.push(chunk);
    return Buffer.concat(parts);
  }

  async function refused(response: Response, init: RequestInit): Promise<LinkFailure> {
    let body = "";
    for await (const piece of pieces(response, init)) body += piece;
    const { status, headers } = response;
    return explainStatus({ status, headers, body, said: clean(errorWords(body)) }, place);
  }

  async function text(url: string, init: RequestInit): Promise<string> {
    let whole = "";
    for await (const piece of stream(url, init)) whole += piece;
    return whole;
  }

  return {
    server,
    clean,
    stream,
    text,
    bytes,
    async fetch(input, init = {}) {
      const body = await text(input instanceof Request ? input.url : String(input), init);
      const answer = parseJson(body);
      if (typeof answer !== "object" || answer === null) {
        const found = body.trim() === "" ? "nothing" : `"${clean(body)}"`;
        throw new LinkFailure("bad-answer", `Expected JSON from ${server}, found ${found}. Check the path in baseUrl.`);
      }
      // Routers in front of several providers report a provider's error under status 200.
      const { error } = answer as { error?: unknown };
      if (error !== undefined && error !== null) {
        const given = (error as { code?: unknown }).code;
        const status = typeof given === "number" && given >= 400 && given < 600 ? given : 500;
        throw explainStatus({ status, headers: new Headers(), body, said: clean(errorWords(body)) }, place);
      }
      return new Response(body, { headers: { "content-type": "application/json" } });
    },
  };
}
