import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { colorDinoFiles } from "../../../test/support/onnx/color-dino.js";
import { buildDepth } from "../../../test/support/onnx/small-graphs.js";
import { writeModelFolder } from "../../../test/support/onnx/write-model-folder.js";
import type { Family } from "./families.js";
import { openGraph, type Signature } from "./open-graph.js";
import { readPreprocessing } from "./preprocessor-config.js";
import { IMAGENET } from "./picture-tensor.js";
import { readBytePair, readWordPiece } from "./tokenizers/read-tokenizer.js";
import { openWeightsFolder } from "./weights-folder.js";

const dino = colorDinoFiles();
const SIGNATURE: Signature = {
  inputs: [{ name: "pixel_values", type: "float32", shape: [undefined, 3, undefined, undefined] }],
  outputs: [{ name: "predicted_depth", type: "float32", shape: [undefined, undefined, undefined] }],
};
const ON_CPU = { providers: ["cpu"], threads: 1 } as const;
const FAMILY_WAYS = { ...IMAGENET, kernel: "linear", size: { shortest_edge: 800 } } as const;
const folderOf = async (files: Parameters<typeof writeModelFolder>[0], card = {}, family: Family = "grounding-dino") =>
  openWeightsFolder(await writeModelFolder(files, card), family);

describe("a folder of weights", () => {
  it("is read only through its card, wherever a file lies", async () => {
    const folder = await folderOf(dino);
    await writeFile(join(folder.path, "config.json"), "{}");

    expect(folder.graph("model.onnx")).toBe(join(folder.path, "onnx/model.onnx"));
    expect(folder.has("config.json")).toBe(false);
    expect(await folder.readText("vocab.txt")).toContain("[CLS]");
  });

  it("is refused when a byte differs, a file is short or missing", async () => {
    const path = await writeModelFolder(dino);
    const graph = join(path, "onnx/model.onnx");
    const bytes = await readFile(graph);
    const open = (): Promise<unknown> => openWeightsFolder(path, "grounding-dino");

    bytes[99] ^= 1;
    await writeFile(graph, bytes);
    await expect(open()).rejects.toMatchObject({
      code: "model-damaged",
      message: expect.stringMatching(/card says sha256 [0-9a-f]{64}, found [0-9a-f]{64}/),
    });
    await writeFile(graph, "short");
    await expect(open()).rejects.toMatchObject({ code: "model-damaged", details: { foundBytes: 5 } });
    await rm(graph);
    await expect(open()).rejects.toMatchObject({ code: "model-missing" });
  });

  it("is refused when its card is of another family, and accepted when it names none", async () => {
    await expect(folderOf(dino, { family: "owlv2" })).rejects.toMatchObject({
      code: "model-damaged",
      details: { reason: "family", expected: "grounding-dino", found: "owlv2" },
    });
    await expect(folderOf(dino, { family: "grounding-dino" })).resolves.toBeDefined();
  });

  it("says which graphs there are when it has several to choose from", async () => {
    const folder = await folderOf({ "onnx/a.onnx": "a", "onnx/b.onnx": "b" });

    expect(() => folder.graph("model.onnx")).toThrow(/names 2 graphs \(onnx\/a\.onnx, onnx\/b\.onnx\)/);
  });
});

describe("tokenizers of a folder", () => {
  it("come from tokenizer.json or vocab.txt, and are the same", async () => {
    const vocab = { "[UNK]": 0, red: 1, cup: 2, "##s": 3 };
    const json = await folderOf({
      "tokenizer.json": JSON.stringify({ normalizer: { lowercase: true }, model: { type: "WordPiece", vocab } }),
    });
    const text = await folderOf({ "vocab.txt": `${Object.keys(vocab).join("\r\n")}\r\n` });

    expect((await readWordPiece(json)).encode("Red cups")).toEqual([1, 2, 3]);
    expect((await readWordPiece(text)).encode("Red cups")).toEqual([1, 2, 3]);
  });

  it("come from vocab.json and merges.txt too", async () => {
    const vocab = { "a</w>": 0, "ab</w>": 1, a: 2, "b</w>": 3, "<|startoftext|>": 4, "<|endoftext|>": 5 };
    const folder = await folderOf({ "vocab.json": JSON.stringify(vocab), "merges.txt": "#version: 0.2\na b</w>\n" });

    expect((await readBytePair(folder)).encode("ab a", 77)).toEqual([4, 1, 0, 5]);
  });

  it("are refused when they are another family's, or not there", async () => {
    const bytePair = await folderOf({
      "tokenizer.json": JSON.stringify({ model: { type: "BPE", vocab: { a: 0 }, merges: [] } }),
    });
    const none = await folderOf({ "config.json": "{}" });

    await expect(readWordPiece(bytePair)).rejects.toMatchObject({
      code: "model-damaged",
      details: { reason: "tokenizer" },
    });
    await expect(readBytePair(bytePair)).rejects.toMatchObject({ code: "model-damaged" });
    await expect(readWordPiece(none)).rejects.toMatchObject({ code: "model-missing" });
    await expect(readBytePair(none)).rejects.toMatchObject({ code: "model-missing" });
  });
});

describe("preprocessing of a folder", () => {
  it("is the family's own but for what the configuration says", async () => {
    const config = { size: { height: 800, width: 800 }, resample: 3, image_mean: [0.5, 0.5, 0.5] };
    const folder = await folderOf({ "preprocessor_config.json": JSON.stringify(config) });

    expect(await readPreprocessing(folder, FAMILY_WAYS)).toEqual({
      ...FAMILY_WAYS,
      size: { height: 800, width: 800 },
      mean: [0.5, 0.5, 0.5],
      kernel: "cubic",
    });
    expect(await readPreprocessing(await folderOf({ "a.json": "{}" }), FAMILY_WAYS)).toEqual(FAMILY_WAYS);
  });

  it("is refused when it cannot be", async () => {
    const folder = await folderOf({ "preprocessor_config.json": JSON.stringify({ image_std: [0, 1, 1] }) });

    await expect(readPreprocessing(folder, FAMILY_WAYS)).rejects.toMatchObject({ code: "model-damaged" });
  });
});

describe("a graph", () => {
  const written = async (content: Uint8Array | string): Promise<string> =>
    join(await writeModelFolder({ "model.onnx": content }), "model.onnx");

  it("is loaded on the first provider that works, with the reasons of the others", async () => {
    const path = await written(buildDepth({ gain: 1, offset: 0 }));

    const graph = await openGraph(path, SIGNATURE, { providers: ["dml", "cpu"], threads: 1 });

    expect(graph.provider).toBe("cpu");
    expect(graph.skipped).toMatchObject([{ provider: "dml", reason: expect.stringMatching(/dml/) }]);
    await graph.session.release();
  });

  it("is not loaded on a provider that nobody named", async () => {
    const path = await written(buildDepth({ gain: 1, offset: 0 }));

    await expect(openGraph(path, SIGNATURE, { providers: ["dml"], threads: 1 })).rejects.toMatchObject({
      code: "model-failed",
      details: { reason: "providers", skipped: [{ provider: "dml" }] },
    });
  });

  it("is refused when the file is none", async () => {
    await expect(openGraph(await written("not a graph"), SIGNATURE, ON_CPU)).rejects.toMatchObject({
      code: "model-damaged",
      details: { reason: "graph" },
    });
  });

  it("is refused when its tensors are another family's, naming each", async () => {
    const path = await written(dino["onnx/model.onnx"]);

    await expect(openGraph(path, SIGNATURE, ON_CPU)).rejects.toMatchObject({
      code: "model-damaged",
      message: expect.stringMatching(
        /input "input_ids" is none.*output "predicted_depth" is expected; found .*logits/s,
      ),
      details: { reason: "signature" },
    });
    const wide: Signature = {
      ...SIGNATURE,
      inputs: [{ name: "pixel_values", type: "int64", shape: [undefined, 4, undefined, undefined] }],
    };
    await expect(openGraph(await written(buildDepth({ gain: 1, offset: 0 })), wide, ON_CPU)).rejects.toThrow(
      /must be int64, found float32.*must be \[any, 4, any, any\], found \[batch_size, 3, height, width\]/,
    );
  });
});
