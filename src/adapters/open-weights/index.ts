export { createClip, scoreTexts } from "./create-clip.js";
export { createDepthAnything, type DepthAnythingOptions } from "./create-depth-anything.js";
export { createGroundingDino, createOwlv2, type PhraseGrounderOptions } from "./create-phrase-grounder.js";
export { createSam } from "./create-sam.js";
export { createTableTransformer, type TableTransformerOptions } from "./create-table-transformer.js";
export { FAMILIES, PROVIDERS, type Family, type Provider } from "./families.js";
export type { ProviderFallback, WeightsOptions } from "./open-weights.js";
