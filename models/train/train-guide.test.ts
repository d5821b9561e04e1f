import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { KINDS, MOVABLE_KINDS } from "../../src/domain/vocabulary.js";

const ROOT = join(import.meta.dirname, "../..");
const GUIDE = readFileSync(join(ROOT, "docs/guide/train.md"), "utf8");

it("names files that are there", () => {
  const named = [...GUIDE.matchAll(/\b(?:src|sim|models|test)\/[\w/-]+\.(?:ts|py)\b/g)].map(([path]) => path);
  const missing = named.filter((path) => !path.endsWith("/candle.ts") && !existsSync(join(ROOT, path)));

  expect(named.length).toBeGreaterThan(10);
  expect(missing).toEqual([]);
});

it("puts the new kind last of what can be picked up, by the neighbours that it shows", () => {
  const shown = [...(/```ts\n(\s+"\w+",\n)+```/.exec(GUIDE)?.[0] ?? "").matchAll(/"(\w+)"/g)].map(([, kind]) => kind);

  expect(shown).toEqual([MOVABLE_KINDS.at(-1), "candle", KINDS[MOVABLE_KINDS.length]]);
  expect(KINDS).not.toContain("candle");
});
