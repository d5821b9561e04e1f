export { assembleTable } from "./assemble-table.js";
export { cropPicture, inCrop, inWhole, type Crop } from "./crop-picture.js";
export { findTables } from "./find-tables.js";
export { parseHtmlTables } from "./parse-html-table.js";
export { textOf } from "./text-lines.js";
