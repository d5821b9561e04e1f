/** What is known of a model. The more, the better the estimate. */
export interface ModelSize {
  /** All of them, also the experts that a token does not pass. */
  readonly params: number;
  /** Bits of a weight, in name: 4 for Q4_K_M. */
  readonly bits: number;
  /** Size of the weight files, where known. */
  readonly fileBytes?: number;
  readonly layers?: number;
  readonly kvHeads?: number;
  readonly headDim?: number;
  /** Tokens of request, picture and answer together. */
  readonly contextTokens?: number;
}

export interface MemoryEstimate {
  /** The rule of thumb M = (P * 4 bytes) / (32 / Q) * 1.2, bytes. */
  readonly ruleBytes: number;
  /** Weights + keys and values + working space, bytes. */
  readonly betterBytes: number;
  readonly weightsBytes: number;
  /** `file-size`: as it lies on the disk; `effective-bits`: from the parameters. */
  readonly weightsFrom: "file-size" | "effective-bits";
  readonly effectiveBits: number;
  /** Undefined where layers and heads are not known. */
  readonly cacheBytes?: number;
  readonly workBytes: number;
}

/**
 * Bits that a weight takes in truth: quantised formats keep scales beside the numbers and leave embeddings finer (Q4_K_M: 4.85,
 * Q5_K_M: 5.7, Q6_K: 6.6, Q8_0: 8.5).
 */
const EFFECTIVE_BITS: Readonly<Record<number, number>> = { 2: 3.2, 3: 3.9, 4: 4.85, 5: 5.7, 6: 6.6, 8: 8.5 };
const LEAST_WORK_BYTES = 0.5e9;
const MOST_WORK_BYTES = 4e9;
const WORK_SHARE = 0.05;
const CACHE_BYTES_PER_VALUE = 2;

/** The rule of thumb, bytes: 90e9 parameters of 16 bits need 216 GB. */
export const ruleOfThumb = (params: number, bits: number): number => ((params * 4) / (32 / bits)) * 1.2;

/** Memory that running a model takes, by the rule of thumb and by parts. */
export function estimateMemory(size: ModelSize): MemoryEstimate {
  const { params, bits, fileBytes, layers, kvHeads, headDim, contextTokens = 8192 } = size;
  const effectiveBits = EFFECTIVE_BITS[bits] ?? bits;
  const weightsBytes = fileBytes ?? (params * effectiveBits) / 8;
  const known = layers !== undefined && kvHeads !== undefined && headDim !== undefined;
  const cacheBytes = known ? 2 * layers * kvHeads * headDim * CACHE_BYTES_PER_VALUE * contextTokens : undefined;
  const workBytes = Math.min(MOST_WORK_BYTES, Math.max(LEAST_WORK_BYTES, weightsBytes * WORK_SHARE));
  return {
    ruleBytes: ruleOfThumb(params, bits),
    betterBytes: weightsBytes + (cacheBytes ?? 0) + workBytes,
    weightsBytes,
    weightsFrom: fileBytes === undefined ? "effective-bits" : "file-size",
    effectiveBits,
    ...(cacheBytes !== undefined && { cacheBytes }),
    workBytes,
  };
}

/** Memory of a machine, bytes. */
export interface MachineMemory {
  readonly ramBytes: number;
  /** Largest GPU first. Empty without one, or where none can be asked. */
  readonly gpus: readonly { readonly name: string; readonly bytes: number }[];
}

export interface Fit {
  readonly where: string;
  readonly bytes: number;
  /** `tight`: it fits, with less than a tenth to spare. */
  readonly fits: "yes" | "tight" | "no";
}

/** Whether so much fits into the machine's RAM, into each GPU, and into all GPUs together. */
export function fitsMachine(bytes: number, { ramBytes, gpus }: MachineMemory): readonly Fit[] {
  const places = [
    ...gpus.map(({ name, bytes: own }) => ({ where: `GPU ${name}`, bytes: own })),
    ...(gpus.length > 1
      ? [{ where: `${gpus.length} GPUs together`, bytes: gpus.reduce((sum, gpu) => sum + gpu.bytes, 0) }]
      : []),
    { where: "RAM", bytes: ramBytes },
  ];
  return places.map((place) => ({
    ...place,
    fits: bytes > place.bytes ? "no" : bytes > place.bytes * 0.9 ? "tight" : "yes",
  }));
}
