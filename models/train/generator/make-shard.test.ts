import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { makeShard, VIEWS_PER_SCENE } from "./make-shard.js";

const ROOT = mkdtempSync(join(tmpdir(), "handeye-shard-"));
afterAll(() => rmSync(ROOT, { recursive: true, force: true }));

const FIELDS = 15;
const things = (folder: string): Float32Array => {
  const bytes = readFileSync(join(folder, "things.bin"));
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
};

describe("makeShard", () => {
  it("writes the same bytes for the same scenes, and arrays of the promised sizes", () => {
    const [one, two] = ["one", "two"].map((name) => join(ROOT, name));

    const counts = makeShard({ folder: one, split: "train", firstScene: 3, scenes: 1 });
    makeShard({ folder: two, split: "train", firstScene: 3, scenes: 1 });

    expect(readFileSync(join(one, "shard.json"))).toEqual(readFileSync(join(two, "shard.json")));
    expect(readFileSync(join(one, "crops.bin")).equals(readFileSync(join(two, "crops.bin")))).toBe(true);
    expect(counts.pictures).toBe(VIEWS_PER_SCENE);
    const bytes = (name: string): number => statSync(join(one, `${name}.bin`)).size;
    expect(bytes("rgb")).toBe(counts.pictures * 240 * 320 * 3);
    expect(bytes("depth")).toBe(counts.pictures * 60 * 80 * 2);
    expect(bytes("crops")).toBe(counts.looks * 80 * 80 * 3);
    expect(bytes("masks")).toBe(counts.looks * 40 * 40);
  });

  it("gives every visible thing a box inside the picture that holds its pixels", () => {
    const table = things(join(ROOT, "one"));

    expect(table.length).toBeGreaterThan(0);
    for (let i = 0; i < table.length; i += FIELDS) {
      const [, group, kind, , , pixels, x0, y0, x1, y1, zM] = table.subarray(i, i + FIELDS);
      expect(x0 >= 0 && y0 >= 0 && x1 <= 640 && y1 <= 480).toBe(true);
      expect((x1 - x0) * (y1 - y0)).toBeGreaterThanOrEqual(pixels);
      expect(group === 2).toBe(kind === 15);
      expect(zM).toBeGreaterThan(0.1);
    }
  });
});
