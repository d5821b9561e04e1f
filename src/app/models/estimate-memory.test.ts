import { describe, expect, it } from "vitest";
import { estimateMemory, fitsMachine, ruleOfThumb } from "./estimate-memory.js";
import { sizeFromName } from "./known-sizes.js";
import { machineMemory, readGpus } from "./machine-memory.js";

describe("memory of a model", () => {
  it.each([
    [90e9, 16, 216e9],
    [70e9, 16, 168e9],
    [70e9, 4, 42e9],
    [11e9, 4, 6.6e9],
    [8e9, 32, 38.4e9],
  ])("by the rule of thumb: %d parameters of %i bits", (params, bits, bytes) => {
    expect(ruleOfThumb(params, bits)).toBeCloseTo(bytes, -3);
  });

  it("is weights, keys and values, and working space", () => {
    const { cacheBytes, weightsBytes, workBytes, betterBytes, weightsFrom } = estimateMemory({
      params: 8e9,
      bits: 16,
      layers: 32,
      kvHeads: 8,
      headDim: 128,
      contextTokens: 8192,
    });

    expect([weightsBytes, weightsFrom]).toEqual([16e9, "effective-bits"]);
    expect(cacheBytes).toBe(1024 ** 3); // 128 kB a token
    expect(betterBytes).toBe(16e9 + 1024 ** 3 + workBytes);
  });

  it("counts what 4 bits are in truth, and takes the file's size over it", () => {
    expect(estimateMemory({ params: 8e9, bits: 4 }).weightsBytes).toBe(4.85e9);
    expect(estimateMemory({ params: 8e9, bits: 4, fileBytes: 6.2e9 })).toMatchObject({
      weightsBytes: 6.2e9,
      weightsFrom: "file-size",
    });
  });

  it("says nothing of keys and values without the shape", () => {
    expect(estimateMemory({ params: 8e9, bits: 4, layers: 32 }).cacheBytes).toBeUndefined();
  });
});

describe("what a name says", () => {
  it.each([
    ["qwen3-vl:8b", 6.2e9],
    ["llama-guard3:8b", 4.9e9],
  ])("%s: its file", (name, fileBytes) => {
    expect(sizeFromName(name)).toMatchObject({ fileBytes, bits: 4 });
  });

  it.each([
    ["meta-llama/Llama-3.2-90B-Vision-Instruct", 16, 90e9],
    ["OpenGVLab/InternVL3-38B", 8, 38e9],
    ["gemma-4-1.5b-it", 16, 1.5e9],
  ])("%s at %i bits: its parameters", (name, bits, params) => {
    expect(sizeFromName(name, bits)).toMatchObject({ params, bits });
    expect(sizeFromName(name, bits)?.fileBytes).toBeUndefined();
  });

  it("nothing, where it has no number of billions", () => {
    expect(sizeFromName("claude-opus-5")).toBeUndefined();
    expect(sizeFromName("x-100bits")).toBeUndefined();
  });
});

describe("this machine", () => {
  const gpu = (bytes: number) => ({ name: "G", bytes });

  it("has the memory that its parts have, alone and together", () => {
    const fits = fitsMachine(50e9, { ramBytes: 52e9, gpus: [gpu(40e9), gpu(24e9)] });

    expect(fits.map(({ where, fits: answer }) => [where, answer])).toEqual([
      ["GPU G", "no"],
      ["GPU G", "no"],
      ["2 GPUs together", "yes"],
      ["RAM", "tight"],
    ]);
  });

  it("reads what nvidia-smi prints, the largest first", () => {
    expect(readGpus("NVIDIA A10, 23028\nNVIDIA H200, 143771\n")).toEqual([
      { name: "NVIDIA H200", bytes: 143_771 * 1024 ** 2 },
      { name: "NVIDIA A10", bytes: 23_028 * 1024 ** 2 },
    ]);
    expect(readGpus("[N/A], [N/A]\nFailed to initialize NVML")).toEqual([]);
  });

  it("has no GPU where nobody can be asked", async () => {
    const memory = await machineMemory(() => Promise.reject(new Error("ENOENT")));

    expect(memory.gpus).toEqual([]);
    expect(memory.ramBytes).toBeGreaterThan(0);
  });
});
