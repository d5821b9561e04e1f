export { createPdfOpener, type PdfOpener } from "./open-pdf.js";
