export { compileSchema, type JsonValidator } from "./validate-json.js";
