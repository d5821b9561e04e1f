export { automatic1111ConfigSchema, type Automatic1111Config } from "./config-schema.js";
export { createAutomatic1111, type Automatic1111Options } from "./create-automatic1111.js";
