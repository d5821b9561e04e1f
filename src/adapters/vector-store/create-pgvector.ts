import { Pool, type PoolConfig } from "pg";
import { ControllerError } from "../../domain/errors.js";
import { fail, ok, type Result } from "../../domain/result.js";
import type { VectorStore } from "../../ports/picture-memory.js";
import type { BackendFailure } from "../../ports/skill-backends.js";

export interface PgvectorOptions {
  /** `postgresql://user@host:port/database`. */
  readonly url: string;
  readonly password?: string;
  /** A plain SQL name. */
  readonly table: string;
  /** For one statement, and for a connection. */
  readonly timeoutMs: number;
  /** Default: a pool of connections by `pg`. */
  readonly openPool?: (config: PoolConfig) => SqlPool;
}

/** What is used of a pool of connections. */
export interface SqlPool {
  query(text: string, values: unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
  end(): Promise<void>;
}

function openPgPool(config: PoolConfig): SqlPool {
  const pool = new Pool(config);
  // An idle connection that breaks says so here; the next statement opens a new one.
  pool.on("error", () => undefined);
  return pool;
}

/** SQLSTATE classes and codes of what a person can mend. */
const NO_TABLE = "42P01";
const MEANINGS: readonly (readonly [RegExp, BackendFailure, string])[] = [
  [/^28/, "unauthorized", "Check the user in url and the variable that passwordEnv names."],
  [/^(?:0A000|58P01|42704)$/, "not-installed", "Install pgvector on the server and run: CREATE EXTENSION vector."],
  [/^42501$/, "unauthorized", "Let the user make tables, or make the extension and the table beforehand."],
  [/^22000$/, "unsupported", "The table holds vectors of another length: name another table for another model."],
  [/^3D000$/, "model-not-found", "Make the database, or correct url."],
  [/^(?:57014|ETIMEDOUT)$/, "timeout", "Raise timeoutS, or look at the server's load."],
  [/^(?:08|57P|ECONN|ENOTFOUND|EPIPE|EAI)/, "link-lost", "Start the server, or correct url."],
];

/** PostgreSQL with pgvector. Extension and table are made at first use, the table with the first vector's length. */
export function createPgvector(options: PgvectorOptions): VectorStore {
  const { url, password, table, timeoutMs, openPool = openPgPool } = options;
  if (!/^[a-z][a-z0-9_]*$/.test(table)) {
    throw new ControllerError("bad-input", `Expected a plain name for a table, found "${table}".`);
  }
  const pool = openPool({
    connectionString: url,
    ...(password === undefined ? {} : { password }),
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
    max: 2,
    allowExitOnIdle: true,
  });
  const server = `PostgreSQL at ${new URL(url).host}`;
  let isMade = false;
  let ending: Promise<void> | undefined;

  async function query(
    text: string,
    values: readonly unknown[],
    signal: AbortSignal,
  ): Promise<Result<Awaited<ReturnType<SqlPool["query"]>>, BackendFailure>> {
    if (signal.aborted) throw new ControllerError("aborted", `The call of ${server} was called off.`);
    try {
      return ok(await pool.query(text, [...values]));
    } catch (error) {
      const { code = "", message } = error as { readonly code?: string; readonly message: string };
      const key =
        code !== ""
          ? code
          : /time ?out/i.test(message)
            ? "ETIMEDOUT"
            : /terminated|ended/i.test(message)
              ? "ECONN"
              : "";
      const meaning = MEANINGS.find(([pattern]) => pattern.test(key));
      if (code === NO_TABLE) return fail("model-not-found", `${server} has no table ${table} yet.`);
      const words = message.replaceAll(/\s+/gu, " ").slice(0, 200);
      return fail(
        meaning?.[1] ?? "server-error",
        `${server}: ${words} (${key === "" ? "no code" : key}). ${meaning?.[2] ?? "Look at its log."}`,
      );
    }
  }

  async function make(size: number, signal: AbortSignal): Promise<Result<unknown, BackendFailure>> {
    if (isMade) return ok(undefined);
    const there = await query(`SELECT 1 FROM ${table} LIMIT 0`, [], signal);
    if (!there.ok && there.code !== "model-not-found") return there;
    if (!there.ok) {
      const extension = await query("CREATE EXTENSION IF NOT EXISTS vector", [], signal);
      if (!extension.ok) return extension;
      const made = await query(
        `CREATE TABLE IF NOT EXISTS ${table} (id text PRIMARY KEY, seen_at_ms bigint NOT NULL, embedding vector(${size}) NOT NULL)`,
        [],
        signal,
      );
      if (!made.ok) return made;
    }
    isMade = true;
    return ok(undefined);
  }

  return {
    name: "pgvector",
    async put(points, { signal }) {
      if (points.length === 0) return ok(undefined);
      const made = await make(points[0].vector.length, signal);
      if (!made.ok) return made;
      for (const { id, vector, seenAtMs } of points) {
        const put = await query(
          `INSERT INTO ${table} (id, seen_at_ms, embedding) VALUES ($1, $2, $3::vector)
           ON CONFLICT (id) DO UPDATE SET seen_at_ms = EXCLUDED.seen_at_ms, embedding = EXCLUDED.embedding`,
          [id, Math.round(seenAtMs), literal(vector)],
          signal,
        );
        if (!put.ok) return put;
      }
      return ok(undefined);
    },
    async known(ids, { signal }) {
      const found = await query(`SELECT id FROM ${table} WHERE id = ANY($1::text[])`, [ids], signal);
      if (!found.ok) return found.code === "model-not-found" ? ok(new Set()) : found;
      return ok(new Set((found.value.rows as readonly { readonly id: string }[]).map(({ id }) => id)));
    },
    async nearest(vector, { limit, sinceMs, untilMs, signal }) {
      // `<=>` is the cosine distance.
      const found = await query(
        `SELECT id, 1 - (embedding <=> $1::vector) AS score FROM ${table}
         WHERE seen_at_ms BETWEEN $2 AND $3 ORDER BY embedding <=> $1::vector, id LIMIT $4`,
        [literal(vector), Math.floor(sinceMs ?? 0), Math.ceil(untilMs ?? Number.MAX_SAFE_INTEGER), limit],
        signal,
      );
      if (!found.ok) return found.code === "model-not-found" ? ok([]) : found;
      const rows = found.value.rows as readonly { readonly id: string; readonly score: unknown }[];
      return ok(rows.map(({ id, score }) => ({ id, score: Number(score) })));
    },
    close: () => (ending ??= pool.end()),
  };
}

const literal = (vector: Float32Array): string => `[${[...vector].join(",")}]`;
