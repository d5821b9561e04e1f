// oxlint-disable no-underscore-dangle -- that is what the C functions are called in WebAssembly
import { PDFiumLibrary, type PDFiumPage } from "@hyzyla/pdfium";
import { fail, ok, type Result } from "../../domain/result.js";
import type { RgbPicture } from "../../ports/model-client.js";
import type { DocumentFailure, OpenedDocument } from "../../ports/table-reader.js";
import type { PdfiumModule } from "./pdfium-module.js";
import { readPage } from "./read-page.js";

export interface PdfOpener {
  open(bytes: Uint8Array, options?: { readonly password?: string }): Promise<Result<OpenedDocument, DocumentFailure>>;
  close(): void;
}

/** Dots along a page's longer side: 150 dots per inch on A4. */
const LONG_SIDE_PIXELS = 1_754;
/** PDF allows pages of kilometres; drawn, one would be a bomb. */
const MOST_POINTS = 20_000;

/**
 * PDFs by PDFium, compiled to WebAssembly, in this process: text layer with places, ruled lines, and pages as pictures.
 * One opener holds one copy of the library (some 30 MB).
 */
export async function createPdfOpener(): Promise<PdfOpener> {
  const library = await PDFiumLibrary.init();
  const { module } = library as unknown as { readonly module: PdfiumModule };
  return {
    async open(bytes, { password } = {}) {
      // The library takes anything that has the magic somewhere; what has none is told apart from what is damaged.
      if (!Buffer.from(bytes.subarray(0, 1_024)).includes("%PDF-")) {
        return fail("bad-document", "Expected a PDF; found a file that does not begin like one.");
      }
      try {
        const document = await library.loadDocument(bytes, password ?? "");
        const pageCount = document.getPageCount();
        if (pageCount < 1) return fail("bad-document", "The PDF has no pages.");
        let isOpen = true;
        return ok({
          pageCount,
          async page(number) {
            const page = document.getPage(number - 1);
            const { pageIdx } = page as unknown as { readonly pageIdx: number };
            const [width, height] = [module._FPDF_GetPageWidthF(pageIdx), module._FPDF_GetPageHeightF(pageIdx)];
            const { words, lines } = readPage(module, pageIdx, width / height);
            return {
              number,
              aspect: width / height,
              ...(words.length === 0 ? {} : { words }),
              lines,
              picture: () => draw(page, { width, height }),
            };
          },
          close() {
            if (isOpen) document.destroy();
            isOpen = false;
          },
        });
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        if (/password/i.test(reason)) {
          return fail(
            "encrypted",
            password === undefined
              ? 'The PDF is encrypted. Give its password: {"password": "..."}.'
              : "The PDF is encrypted, and this is not its password.",
          );
        }
        if (/security/i.test(reason)) return fail("encrypted", "The PDF is encrypted in a way that cannot be read.");
        return fail("bad-document", `The PDF is damaged and cannot be read (${reason}).`);
      }
    },
    close: () => library.destroy(),
  };
}

async function draw(page: PDFiumPage, { width, height }: { width: number; height: number }): Promise<RgbPicture> {
  const scale = LONG_SIDE_PIXELS / Math.min(MOST_POINTS, Math.max(width, height, 1));
  const drawn = await page.render({ scale: Math.min(scale, 8), render: "bitmap", colorSpace: "BGRA" });
  const rgb = new Uint8Array(drawn.width * drawn.height * 3);
  for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
    // The wrapper gives RGBA or BGRA by version; white pages hide it, so a test holds it to a red square.
    rgb[to] = drawn.data[from];
    rgb[to + 1] = drawn.data[from + 1];
    rgb[to + 2] = drawn.data[from + 2];
  }
  return { width: drawn.width, height: drawn.height, rgb };
}
