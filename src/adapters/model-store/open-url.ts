import { PullProblem } from "./pull-failure.js";

/** Networks names and places that a download may need; all of it comes from outside. */
export interface Http {
  readonly fetch: typeof globalThis.fetch;
  /** Sent to the hosts in `tokenHosts` alone, whatever redirects say. Kept out of messages. */
  readonly token?: string;
  /** Hosts with port, as in `URL.host`. */
  readonly tokenHosts: readonly string[];
}

export interface OpenedUrl {
  readonly response: Response;
  /** sha256 that the hub states for the file, where it does. */
  readonly statedSha256?: string;
  /** Commit of the repository that the file is from, where the hub says. */
  readonly commit?: string;
}

const MOST_REDIRECTS = 5;

/** A GET that follows redirects itself, so that the token goes to no other host than it is meant for. Throws `PullProblem`. */
export async function openUrl(
  start: string,
  headers: Readonly<Record<string, string>>,
  { http, signal }: { readonly http: Http; readonly signal: AbortSignal },
): Promise<OpenedUrl> {
  let url = new URL(start);
  let stated: Pick<OpenedUrl, "statedSha256" | "commit"> = {};
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    const allowed = http.token !== undefined && http.tokenHosts.includes(url.host);
    const response = await send(
      url,
      { ...headers, ...(allowed && { authorization: `Bearer ${http.token}` }) },
      http,
      signal,
    );
    stated = { ...statedBy(response), ...stated };
    const location = response.headers.get("location");
    if (response.status < 300 || response.status >= 400 || location === null) return { response, ...stated };
    await response.body?.cancel();
    const next = new URL(location, url);
    if (url.protocol === "https:" && next.protocol !== "https:") {
      throw new PullProblem(
        "bad-answer",
        `${url.host} sends on to ${next.protocol}//${next.host}, which is not encrypted. Not followed.`,
      );
    }
    url = next;
  }
  throw new PullProblem("bad-answer", `${new URL(start).host} sends on from address to address without an end.`);
}

/** A name that does not exist and a certificate that does not fit will be so in a minute, too. */
const LASTING = /^ENOTFOUND$|CERT|TLS|SSL/;

async function send(
  url: URL,
  headers: Readonly<Record<string, string>>,
  { fetch }: Http,
  signal: AbortSignal,
): Promise<Response> {
  try {
    return await fetch(url, { headers, redirect: "manual", signal });
  } catch (error) {
    if (signal.aborted) throw error;
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : undefined;
    const code = cause !== undefined && "code" in cause ? String(cause.code) : "";
    throw new PullProblem(
      "link-lost",
      `${url.host} cannot be reached (${cause?.message ?? String(error)}). Check the network, set HANDEYE_MODEL_MIRROR, or import files with --from.`,
      { passing: !LASTING.test(code) },
    );
  }
}

function statedBy({ headers }: Response): Pick<OpenedUrl, "statedSha256" | "commit"> {
  const sha256 = /^(?:W\/)?"?([0-9a-f]{64})"?$/.exec(headers.get("x-linked-etag") ?? "")?.[1];
  const commit = /^[0-9a-f]{40}$/.exec(headers.get("x-repo-commit") ?? "")?.[0];
  return { ...(sha256 !== undefined && { statedSha256: sha256 }), ...(commit !== undefined && { commit }) };
}

/** Throws what a refusal means and what to do about it; passes for 2xx and 416. */
export function checkStatus(response: Response, url: string): void {
  const { status, headers } = response;
  if (response.ok || status === 416) return;
  const { host, pathname } = new URL(url);
  if (status === 401 || status === 403) {
    throw new PullProblem(
      "unauthorized",
      `${host} does not give ${pathname} out (HTTP ${status}). Accept the licence on the model's page there, then set HF_TOKEN to a token that may read it.`,
    );
  }
  if (status === 404 || status === 410) {
    throw new PullProblem(
      "model-not-found",
      `${host} has no ${pathname} (HTTP ${status}). Check the card's addresses, or the mirror.`,
    );
  }
  const seconds = Number(headers.get("retry-after") ?? Number.NaN);
  const retry = Number.isFinite(seconds) && seconds >= 0 ? { retryAfterMs: seconds * 1000 } : {};
  if (status === 429) {
    throw new PullProblem(
      "rate-limited",
      `${host} has had too many requests (HTTP 429). Try again later; what came so far is kept.`,
      {
        passing: true,
        ...retry,
      },
    );
  }
  const passing = status >= 500 || status === 408;
  const code = status >= 500 ? "server-error" : "bad-answer";
  throw new PullProblem(code, `${host} failed to send ${pathname} (HTTP ${status}). What came so far is kept.`, {
    passing,
    ...retry,
  });
}
