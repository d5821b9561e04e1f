import { closeSync, mkdirSync, openSync, renameSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { createHash } from "node:crypto";

const FIELDS = ["rgb", "depth", "kind", "color", "camera", "things", "looks", "crops", "masks"] as const;
export type ShardField = (typeof FIELDS)[number];

export interface ShardInfo {
  readonly split: string;
  readonly pictures: number;
  readonly things: number;
  readonly looks: number;
  readonly firstSceneSeed: number;
  readonly scenes: number;
}

/** A folder of raw little-endian arrays that numpy maps as they are. `finish` writes `shard.json`, the sign that it is complete. */
export interface ShardWriter {
  append(field: ShardField, data: Uint8Array | Uint16Array | Float32Array): void;
  finish(info: ShardInfo): void;
}

export function createShardWriter(folder: string): ShardWriter {
  mkdirSync(folder, { recursive: true });
  const files = new Map(FIELDS.map((field) => [field, openSync(join(folder, `${field}.bin`), "w")]));
  const hash = createHash("sha256");
  return {
    append(field, data) {
      const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      if (field === "rgb" || field === "things") hash.update(bytes);
      for (let done = 0; done < bytes.length;) done += writeSync(files.get(field)!, bytes, done);
    },
    finish(info) {
      for (const file of files.values()) closeSync(file);
      const path = join(folder, "shard.json");
      const text = JSON.stringify({ ...info, sha256OfRgbAndThings: hash.digest("hex") }, undefined, 2);
      writeFileSync(`${path}.new`, text);
      renameSync(`${path}.new`, path);
    },
  };
}
