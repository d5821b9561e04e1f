import { LinkFailure } from "./link-failure.js";

/** The machine's own code for a network error: fetch hides it one or more causes deep. */
function errorCode(error: unknown): string | undefined {
  for (let at = error, depth = 0; typeof at === "object" && at !== null && depth < 5; depth++) {
    const { code, cause, errors } = at as { code?: unknown; cause?: unknown; errors?: unknown };
    if (typeof code === "string") return code;
    // A name with an IPv4 and an IPv6 address fails with one error for each.
    at = cause ?? (Array.isArray(errors) ? errors[0] : undefined);
  }
  return undefined;
}

/** What a request without an answer means. Only the code is used: the error's text may hold the request. */
export function explainNetwork(error: unknown, place: { server: string; begun: boolean }): LinkFailure {
  const { server, begun } = place;
  const code = errorCode(error) ?? "no code";

  if (error instanceof TypeError && error.cause instanceof Error && error.cause.message === "bad port") {
    return new LinkFailure("link-lost", `The port of ${server} is one that web clients never use. Choose another one.`);
  }
  if (code === "ENOTFOUND") {
    return new LinkFailure(
      "link-lost",
      `Expected ${server}; its name is unknown (${code}). Check baseUrl and the network.`,
    );
  }
  if (code === "ECONNREFUSED") {
    return new LinkFailure(
      "link-lost",
      `Expected ${server}; nothing listens there (${code}). Start the server, or correct baseUrl.`,
      { passing: true },
    );
  }
  if (/CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)) {
    return new LinkFailure(
      "link-lost",
      `The certificate of ${server} is not trusted (${code}). Install it on this machine (NODE_EXTRA_CA_CERTS).`,
    );
  }
  if (/^UND_ERR_(HEADERS|BODY)_TIMEOUT$/.test(code)) {
    // Node's own limit of 5 minutes, below a longer one in the launch file. The server is still at work on it: no second one.
    return new LinkFailure(
      "timeout",
      `${server} kept silent for too long (${code}). Take a smaller model or fewer tokens.`,
    );
  }
  return new LinkFailure(
    "link-lost",
    begun
      ? `${server} broke the connection in the middle of its answer (${code}). Look at the server's own log.`
      : `The connection to ${server} broke before an answer (${code}). Check the server and the network.`,
    { passing: true },
  );
}
