import type { ModelSize } from "./estimate-memory.js";

export interface NamedSize extends Omit<ModelSize, "contextTokens"> {
  /** What the numbers rest on, for people. */
  readonly source: string;
}

interface Known {
  readonly pattern: RegExp;
  readonly params: number;
  /** Size of the 4-bit file (Q4_K_M) as Ollama serves it, bytes. */
  readonly q4Bytes?: number;
  readonly layers?: number;
  readonly kvHeads?: number;
  readonly headDim?: number;
}

/** Models that planners and moderators are often run with. Files: Ollama's library; shapes: the models' own configurations. */
const KNOWN: readonly Known[] = [
  { pattern: /^qwen3-?vl[:-]2b/, params: 2.1e9, q4Bytes: 1.9e9, layers: 28, kvHeads: 8, headDim: 128 },
  { pattern: /^qwen3-?vl[:-]4b/, params: 4.4e9, q4Bytes: 3.3e9, layers: 36, kvHeads: 8, headDim: 128 },
  { pattern: /^qwen3-?vl[:-]8b/, params: 8.8e9, q4Bytes: 6.2e9, layers: 36, kvHeads: 8, headDim: 128 },
  { pattern: /^qwen3-?vl[:-]30b/, params: 31e9, q4Bytes: 20e9, layers: 48, kvHeads: 4, headDim: 128 },
  { pattern: /^qwen3-?vl[:-]32b/, params: 33e9, q4Bytes: 21e9, layers: 64, kvHeads: 8, headDim: 128 },
  { pattern: /^qwen3-?vl[:-]235b/, params: 235e9, q4Bytes: 143e9, layers: 94, kvHeads: 4, headDim: 128 },
  { pattern: /^qwen2\.?5-?vl[:-]7b/, params: 8.3e9, layers: 28, kvHeads: 4, headDim: 128 },
  { pattern: /^llama-?3\.2-(?:90b-vision|vision:90b)/, params: 90e9, layers: 100, kvHeads: 8, headDim: 128 },
  { pattern: /^llama-?3\.2-(?:11b-vision|vision:11b)/, params: 11e9, layers: 40, kvHeads: 8, headDim: 128 },
  { pattern: /^llama-guard3:8b/, params: 8e9, q4Bytes: 4.9e9, layers: 32, kvHeads: 8, headDim: 128 },
];

/**
 * What a server's model name says of its size: a known model, else the number of parameters in its name ("internvl3-38b").
 * Undefined when the name says nothing.
 */
export function sizeFromName(name: string, bits?: number): NamedSize | undefined {
  const id = name.toLowerCase().replace(/^.*\//, "");
  const known = KNOWN.find(({ pattern }) => pattern.test(id));
  if (known !== undefined) {
    const { pattern: _, q4Bytes, ...shape } = known;
    const asFile = (bits === undefined || bits === 4) && q4Bytes !== undefined;
    const source = asFile ? "Ollama's 4-bit file and the model's configuration" : "the model's configuration";
    return { ...shape, bits: bits ?? 4, ...(asFile && { fileBytes: q4Bytes }), source };
  }
  const billions = /(?:^|[-_:])(\d+(?:\.\d+)?)b(?![a-z])/.exec(id)?.[1];
  if (billions === undefined) return undefined;
  return { params: Number(billions) * 1e9, bits: bits ?? 4, source: "the number in its name" };
}
