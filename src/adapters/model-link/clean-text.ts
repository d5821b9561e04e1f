const LONGEST = 300;
/** Shorter "secrets" are words that would punch holes into every message. */
const SHORTEST_SECRET = 4;

/**
 * What a server said, fit for a message: one line, no control characters (they would reach a terminal), not long, and without the
 * secrets that were sent to it (some servers repeat a key that they refuse).
 */
export function cleanText(text: string, secrets: readonly string[]): string {
  const hidden = secrets
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .sort((a, b) => b.length - a.length)
    .reduce((rest, secret) => rest.replaceAll(secret, "[secret]"), text);
  const line = hidden.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029\s]+/gu, " ").trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)} ...` : line;
}

/** The words of an error answer. Each server family wraps them in its own way. */
export function errorWords(body: string): string {
  const parsed = parseJson(body);
  const from = (value: unknown): string | undefined => {
    if (typeof value === "string" && value.trim() !== "") return value;
    if (typeof value !== "object" || value === null) return undefined;
    const { error, message, detail } = value as Record<string, unknown>;
    return from(error) ?? from(message) ?? from(detail);
  };
  return from(Array.isArray(parsed) ? parsed[0] : parsed) ?? body;
}

/** The value, or undefined for text that is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
