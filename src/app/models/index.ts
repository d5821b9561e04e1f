export { readCatalog, sizeOfCard, type CatalogCard } from "./catalog-card.js";
export {
  estimateMemory,
  fitsMachine,
  type MachineMemory,
  type MemoryEstimate,
  type ModelSize,
} from "./estimate-memory.js";
export { findCard, type FoundCard } from "./find-card.js";
export { inspectModels, inspectPulled, shippedFolder, type ModelReport } from "./inspect-models.js";
export { sizeFromName, type NamedSize } from "./known-sizes.js";
export { machineMemory } from "./machine-memory.js";
export { modelsFolder, stagingFolder } from "./models-folder.js";
export { httpFrom, machineDeps, mirrorFrom } from "./pull-deps.js";
export { pullModel, type PulledModel, type PullOptions, type PullProgress } from "./pull-model.js";
export { removeModel } from "./remove-model.js";
