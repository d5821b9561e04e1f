export { createFinder, type FinderOptions } from "./create-finder.js";
export { rememberLook } from "./remember-look.js";
