export { createOracleDepth } from "./create-oracle-depth.js";
export { createOracleGrounder } from "./create-oracle-grounder.js";
export { instanceMasks, type InstanceMask } from "./instance-masks.js";
export { drawerStateOf, instanceWords } from "./instance-words.js";
