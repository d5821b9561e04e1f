import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";

export interface FileFacts {
  readonly bytes: number;
  readonly sha256: string;
}

/** Feeds the file into the hash, streaming: weights can be larger than memory. */
export async function hashInto(hash: Hash, path: string): Promise<number> {
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return bytes;
}

export async function factsOf(path: string): Promise<FileFacts> {
  const hash = createHash("sha256");
  const bytes = await hashInto(hash, path);
  return { bytes, sha256: hash.digest("hex") };
}

/** Size of a file; undefined when there is none. */
export const sizeOf = (path: string): Promise<number | undefined> =>
  stat(path).then(
    ({ size }) => size,
    () => undefined,
  );
