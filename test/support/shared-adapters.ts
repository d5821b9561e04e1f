import { afterAll } from "vitest";

interface Closable {
  close(): Promise<void>;
}

/**
 * Adapters that several tests of a file use, made once and closed after the last: starting a worker is most of such a test's time.
 * Tests that close them close nothing; that closing works needs a test with an adapter of its own.
 */
export function sharedAdapters(): <T extends Closable>(name: string, create: () => Promise<T>) => Promise<T> {
  const made = new Map<string, Promise<Closable>>();
  afterAll(async () => {
    for (const adapter of made.values()) await (await adapter).close();
  });
  return async <T extends Closable>(name: string, create: () => Promise<T>) => {
    const adapter = (made.get(name) as Promise<T> | undefined) ?? create();
    made.set(name, adapter);
    return { ...(await adapter), close: () => Promise.resolve() };
  };
}
