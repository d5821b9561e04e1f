export { createTextIndex } from "./create-text-index.js";
