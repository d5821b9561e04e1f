import { LinkFailure } from "./link-failure.js";

/** Something that a request can do without, for servers that refuse it. */
export interface Concession<Name extends string> {
  readonly name: Name;
  /** Whether the server's refusal is about this. */
  readonly fits: (said: string) => boolean;
}

/**
 * Sends a request as well as the server takes it. When the server refuses it (HTTP 400 or 422), one thing after another is left out, and
 * what helped is remembered in `made`, so that later requests are right at once. If nothing helps, the first refusal is the answer: the
 * others are about requests that nobody asked for.
 */
export async function sendWithConcessions<T, Name extends string>(
  send: (made: ReadonlySet<Name>) => Promise<T>,
  possible: readonly Concession<Name>[],
  made: Set<Name>,
): Promise<T> {
  const trial = new Set(made);
  let refusal: LinkFailure | undefined;
  for (;;) {
    try {
      const value = await send(trial);
      for (const name of trial) made.add(name);
      return value;
    } catch (error) {
      if (!(error instanceof LinkFailure) || !isRefusal(error)) throw error;
      refusal ??= error;
      const next = possible.find(({ name, fits }) => !trial.has(name) && fits(error.said ?? ""));
      if (next === undefined) throw refusal;
      trial.add(next.name);
    }
  }
}

const isRefusal = ({ code, status }: LinkFailure): boolean =>
  code === "unsupported" && (status === 400 || status === 422 || status === 501);

/** The schema in words, for servers that do not hold a model to it. */
export const schemaInWords = (schema: Readonly<Record<string, unknown>>): string =>
  `Answer with one JSON object and nothing else: no explanation, no code fence. It must fit this JSON schema:\n${JSON.stringify(schema)}`;
