/** Kinds of networks whose inputs and outputs this folder knows. */
export const FAMILIES = ["grounding-dino", "owlv2", "depth-anything-v2", "clip", "table-transformer", "sam"] as const;
export type Family = (typeof FAMILIES)[number];

/** Where a network may run, in the words of the launch file. */
export const PROVIDERS = ["cpu", "cuda", "coreml", "webgpu", "dml"] as const;
export type Provider = (typeof PROVIDERS)[number];
