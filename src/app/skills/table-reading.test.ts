import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { backendDeps } from "../../../test/support/backend-deps.js";
import { buildTable } from "../../../test/support/onnx/small-graphs.js";
import { writeModelFolder } from "../../../test/support/onnx/write-model-folder.js";
import { paintFrame } from "../../../test/support/painted-frame.js";
import { startOllamaServer } from "../../../test/support/servers/ollama-server.js";
import { startOpenAiServer } from "../../../test/support/servers/openai-server.js";
import { createTableTransformer } from "../../adapters/open-weights/index.js";
import { createFlorence2TextReader } from "../../adapters/transformers/index.js";
import { ok } from "../../domain/result.js";
import type { DocumentPage, TableReader } from "../../ports/table-reader.js";
import { tableEntrySchema } from "../launch/skills/table-schema.js";
import { tableBackends } from "./backends/table-backends.js";
import { readByParts } from "./table-reading.js";

const idle = { signal: new AbortController().signal };
const closing: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const each of closing.splice(0).reverse()) await each.close();
});
const using = <T extends { close(): Promise<unknown> }>(thing: T): T => (closing.push(thing), thing);

// Red in the upper left quarter: what the stand-in for Florence-2 reads as "stop".
const picture = paintFrame({
  width: 200,
  height: 100,
  background: [255, 255, 255],
  squares: [{ x: 30, y: 15, side: 20, rgb: [255, 0, 0] }],
});
const page: DocumentPage = { number: 1, aspect: 2, picture: async () => picture };
const LABELS = [
  "table",
  "table column",
  "table row",
  "table column header",
  "table projected row header",
  "table spanning cell",
];
const logits = (label: string): readonly number[] => [...LABELS.map((each) => (each === label ? 9 : 0)), 0];
const structure = () =>
  writeModelFolder({
    "model.onnx": buildTable([
      { logits: logits("table row"), box: [0.5, 0.25, 1, 0.5] },
      { logits: logits("table row"), box: [0.5, 0.75, 1, 0.5] },
      { logits: logits("table column"), box: [0.25, 0.5, 0.5, 1] },
      { logits: logits("table column"), box: [0.75, 0.5, 0.5, 1] },
      { logits: [0, 0, 0, 0, 0, 0, 9], box: [0.5, 0.5, 1, 1] },
    ]),
    "config.json": JSON.stringify({ id2label: Object.fromEntries(LABELS.map((label, id) => [id, label])) }),
  });
const nothingFound = () =>
  writeModelFolder({
    "model.onnx": buildTable([{ logits: [0, 9], box: [0.5, 0.5, 1, 1] }]),
    "config.json": JSON.stringify({ id2label: { 0: "table" } }),
  });

async function open(entry: object): Promise<TableReader> {
  const config = tableEntrySchema.parse(entry);
  const kind = tableBackends[config.type] as {
    open(config: unknown, deps: unknown): Promise<{ port: TableReader; close(): Promise<void> }>;
  };
  return using(await kind.open(config, backendDeps())).port;
}
const texts = (read: Awaited<ReturnType<TableReader["read"]>>): unknown =>
  read.ok ? read.value.tables.map(({ cells }) => cells.map(({ text }) => text)) : read;

describe("Table Transformer", () => {
  it("gets a scan's words from Florence-2, each into its cell", async () => {
    const specifier = pathToFileURL(
      resolve(import.meta.dirname, "../../../test/support/transformers-stand-in.ts"),
    ).href;
    const weights = await writeModelFolder({ "config.json": "{}", "preprocessor_config.json": "{}" });
    const reader = using(await createFlorence2TextReader({ modelDir: weights, specifier }));
    const parts = using(await createTableTransformer({ modelDir: await structure() }));

    const read = await readByParts(
      page,
      {
        structure: parts,
        words: { locate: async (seen, options) => ok(await reader.locate(seen, options)), close: () => reader.close() },
      },
      idle,
    );

    expect(texts(read)).toEqual([["stop", "", "", ""]]);
    expect(read).toMatchObject({ value: { text: "stop", tables: [{ rows: 2, columns: 2 }] } });
  });

  it("takes the text layer's words where there is one", async () => {
    const reader = await open({ type: "table-transformer", structureDir: await structure() });
    const word = (text: string, x: number, y: number) => ({ text, box: { x0: x, y0: y, x1: x + 0.1, y1: y + 0.1 } });

    const read = await reader.read(
      { ...page, words: [word("a", 0.1, 0.2), word("b", 0.6, 0.2), word("7", 0.6, 0.7)] },
      idle,
    );

    expect(texts(read)).toEqual([["a", "b", "", "7"]]);
  });

  it("without anybody to read words says so for a scan", async () => {
    const reader = await open({ type: "table-transformer", structureDir: await structure() });

    expect(await reader.read(page, idle)).toMatchObject({
      ok: false,
      code: "unsupported",
      message: expect.stringContaining("words"),
    });
  });

  it("has a model that sees read row by row, which must give every cell", async () => {
    const server = using(await startOpenAiServer());
    server.will(
      { reply: '{"cells": ["Part", "Mass"]}' },
      { reply: '```json\n{"cells": ["Arm", "9"]}\n```' },
      { reply: '{"cells": ["Part"]}' },
    );
    const words = { type: "openai-compatible", baseUrl: server.baseUrl, model: "qwen3-vl" };
    const reader = await open({ type: "table-transformer", structureDir: await structure(), words });

    expect(texts(await reader.read(page, idle))).toEqual([["Part", "Mass", "Arm", "9"]]);
    expect(await reader.read(page, idle)).toMatchObject({ ok: false, code: "bad-answer" });
    expect(server.requests[0].turns.at(-1)?.images).toHaveLength(1);
  });

  it("finds none where the detection finds none", async () => {
    const server = using(await startOpenAiServer());
    const words = { type: "openai-compatible", baseUrl: server.baseUrl, model: "qwen3-vl" };
    const reader = await open({
      type: "table-transformer",
      detectionDir: await nothingFound(),
      structureDir: await structure(),
      words,
    });

    expect(await reader.read(page, idle)).toMatchObject({ ok: true, value: { tables: [] } });
    expect(server.requests).toEqual([]);
  });

  it("is not opened without its weights", async () => {
    await expect(open({ type: "table-transformer", structureDir: "/nowhere" })).rejects.toMatchObject({
      code: "model-missing",
    });
  });
});

describe.each([
  ["openai-compatible", startOpenAiServer],
  ["ollama", startOllamaServer],
] as const)("a model that sees, by itself, on %s", (type, start) => {
  it("writes HTML, of which text and spans are taken", async () => {
    const server = using(await start());
    server.will(
      {
        reply:
          'Sure:\n```html\n<table><tr><th colspan=2 onclick="x()">T</th></tr><tr><td>a<script>b</script></td><td>1</td></tr></table>\n```',
      },
      { reply: "NO TABLE" },
      { reply: "I cannot help with that." },
      { raw: "<html><body>proxy</body></html>" },
    );
    const reader = await open({ type, baseUrl: server.baseUrl, model: "qwen3-vl", maxRetries: 0 });

    expect(texts(await reader.read(page, idle))).toEqual([["T", "a", "1"]]);
    expect(await reader.read(page, idle)).toMatchObject({ ok: true, value: { tables: [] } });
    expect(await reader.read(page, idle)).toMatchObject({ ok: false, code: "bad-answer" });
    expect(await reader.read(page, idle)).toMatchObject({ ok: false, code: "bad-answer" });
  });
});

describe("who reads tables", () => {
  it("has examples that the launch file takes", () => {
    for (const { example } of Object.values(tableBackends))
      expect(tableEntrySchema.safeParse(example).success).toBe(true);
  });
});
