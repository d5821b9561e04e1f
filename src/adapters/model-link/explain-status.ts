import { LinkFailure } from "./link-failure.js";

/** One answer that was not a success. */
export interface RefusedAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The whole body, as it came. */
  readonly body: string;
  /** The body's words, cleaned. */
  readonly said: string;
}

/** Statuses that mean "not now": overloaded, restarting, still loading the model. 529 is Anthropic's "overloaded". */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504, 529]);

/** What an HTTP status means here, in words for the person who wrote the launch file. */
export function explainStatus(
  answer: RefusedAnswer,
  place: { server: string; model: string; onMissing?: string },
): LinkFailure {
  const { status, said } = answer;
  const { server, model, onMissing = "Check model and baseUrl." } = place;
  const quote = said === "" ? "without a reason" : `"${said}"`;
  const more = { status, said };

  if (status >= 300 && status < 400) {
    // Followed, a redirect could carry pictures and keys to a host that nobody wrote into the launch file.
    return new LinkFailure(
      "unsupported",
      `${server} redirects (HTTP ${status}); redirects are not followed. Put the final address into baseUrl.`,
      more,
    );
  }
  // Gemini answers 400, not 401, to a wrong key.
  if (status === 401 || status === 403 || /API_KEY_INVALID|API key not valid/.test(answer.body)) {
    return new LinkFailure(
      "unauthorized",
      `${server} refused the key or its rights (HTTP ${status}): ${quote}. Check the variable that apiKeyEnv names.`,
      more,
    );
  }
  if (status === 404) {
    return new LinkFailure(
      "model-not-found",
      `${server} has no model "${model}", or baseUrl has the wrong path (HTTP 404): ${quote}. ${onMissing}`,
      more,
    );
  }
  if (status === 429) {
    // An account without money says 429 as well; waiting does not help it.
    const spent = /insufficient_quota|exceeded your current quota, please check your plan/i.test(answer.body);
    const retryAfterMs = retryAfter(answer);
    const wait = retryAfterMs === undefined ? "" : ` Try again in ${Math.ceil(retryAfterMs / 1_000)} s.`;
    return new LinkFailure(
      "rate-limited",
      `${server} has had too many requests or tokens (HTTP 429): ${quote}.${spent ? " The account's quota is used up." : wait}`,
      { ...more, passing: !spent || retryAfterMs !== undefined, retryAfterMs },
    );
  }
  if (status >= 500 || PASSING.has(status)) {
    return new LinkFailure(
      "server-error",
      `${server} failed (HTTP ${status}): ${quote}. Look at the server's own log; it may be loading or out of memory.`,
      { ...more, passing: PASSING.has(status), retryAfterMs: retryAfter(answer) },
    );
  }
  return new LinkFailure(
    "unsupported",
    `${server} does not take this request for "${model}" (HTTP ${status}): ${quote}. The model may lack vision, or the request may be longer than its context.`,
    more,
  );
}

/** The pause that the server asks for, milliseconds: a header in one of three forms, or Google's field in the body. */
export function retryAfter({ headers, body }: RefusedAnswer): number | undefined {
  const exact = Number(headers.get("retry-after-ms") ?? Number.NaN);
  if (Number.isFinite(exact) && exact >= 0) return exact;

  const header = headers.get("retry-after")?.trim();
  if (header !== undefined && /^\d+(\.\d+)?$/.test(header)) return Number(header) * 1_000;
  if (header !== undefined) {
    // A date is meant by the server's own clock, which is in the answer too.
    const pause = Date.parse(header) - Date.parse(headers.get("date") ?? "");
    if (Number.isFinite(pause)) return Math.max(0, pause);
  }

  const field = /"retryDelay":\s*"(\d+(?:\.\d+)?)s"/.exec(body)?.[1];
  return field === undefined ? undefined : Number(field) * 1_000;
}
