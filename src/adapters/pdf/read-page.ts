// oxlint-disable no-underscore-dangle -- that is what the C functions are called in WebAssembly
import type { PlacedText, RuledLine } from "../../ports/table-reader.js";
import { PATH_OBJECT, type PdfiumModule } from "./pdfium-module.js";

/** More letters or lines are no page. */
const MOST_CHARACTERS = 200_000;
const MOST_OBJECTS = 50_000;
/** A path at most this thick, in parts of the page's height, is a line. */
const LINE_THICKNESS = 0.006;
/** A gap as wide as this share of a letter's height ends a word. PDFium puts spaces where it sees words end; this is for the rest. */
const WORD_GAP = 0.6;
/** Pixels that places are counted in: enough for a thousandth of a millimetre on A4. */
const GRID = 200_000;

interface Rectangle {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** The words of the text layer and the ruled lines, turned as the page is shown. */
export function readPage(
  module: PdfiumModule,
  page: number,
  aspect: number,
): { readonly words: readonly PlacedText[]; readonly lines: readonly RuledLine[] } {
  const memory = module._malloc(32);
  const place = placer(module, page, memory);
  const text = module._FPDFText_LoadPage(page);
  try {
    return {
      words: text === 0 ? [] : readWords(module, text, { memory, place, aspect }),
      lines: readLines(module, page, { memory, place, aspect }),
    };
  } finally {
    if (text !== 0) module._FPDFText_ClosePage(text);
    module._free(memory);
  }
}

type Place = (left: number, bottom: number, right: number, top: number) => Rectangle;

/** From the page's own coordinates to 0..1 from its shown top left corner: crop box and rotation included. */
function placer(module: PdfiumModule, page: number, memory: number): Place {
  const view = (): DataView => new DataView(module.HEAPU8.buffer);
  const corner = (x: number, y: number): readonly [number, number] => {
    module._FPDF_PageToDevice(page, 0, 0, GRID, GRID, 0, x, y, memory, memory + 4);
    return [view().getInt32(memory, true) / GRID, view().getInt32(memory + 4, true) / GRID];
  };
  return (left, bottom, right, top) => {
    const [ax, ay] = corner(left, top);
    const [bx, by] = corner(right, bottom);
    return { x0: Math.min(ax, bx), y0: Math.min(ay, by), x1: Math.max(ax, bx), y1: Math.max(ay, by) };
  };
}

interface Tools {
  /** 32 bytes to get numbers through. */
  readonly memory: number;
  readonly place: Place;
  /** The page's width by its height. */
  readonly aspect: number;
}

function readWords(module: PdfiumModule, text: number, { memory, place, aspect }: Tools): readonly PlacedText[] {
  const words: PlacedText[] = [];
  let letters = "";
  let box: Rectangle | undefined;
  const end = (): void => {
    if (box !== undefined && letters.trim() !== "") words.push({ text: letters.trim(), box });
    letters = "";
    box = undefined;
  };
  const count = Math.min(MOST_CHARACTERS, module._FPDFText_CountChars(text));
  for (let at = 0; at < count; at++) {
    const letter = String.fromCodePoint(Math.min(0x10ffff, module._FPDFText_GetUnicode(text, at) >>> 0));
    // PDFium gives 0 for letters without a meaning, and U+FFFE for hyphens at line ends.
    if (/\s/u.test(letter) || letter === "\0" || letter === "\uFFFE" || letter === "\uFFFF") {
      end();
      continue;
    }
    if (module._FPDFText_GetCharBox(text, at, memory, memory + 8, memory + 16, memory + 24) === 0) continue;
    const view = new DataView(module.HEAPU8.buffer);
    const [left, right, bottom, top] = [0, 8, 16, 24].map((offset) => view.getFloat64(memory + offset, true));
    const own = place(left, bottom, right, top);
    const height = box === undefined ? own.y1 - own.y0 : Math.max(own.y1 - own.y0, box.y1 - box.y0);
    const sameLine = box !== undefined && own.y0 < box.y1 + height * 0.3 && own.y1 > box.y0 - height * 0.3;
    const gap = box === undefined ? 0 : (own.x0 - box.x1) * aspect;
    if (box !== undefined && (!sameLine || gap > height * WORD_GAP || own.x1 < box.x0)) end();
    letters += letter;
    box =
      box === undefined
        ? own
        : {
            x0: Math.min(box.x0, own.x0),
            y0: Math.min(box.y0, own.y0),
            x1: Math.max(box.x1, own.x1),
            y1: Math.max(box.y1, own.y1),
          };
  }
  end();
  return words;
}

/** Thin paths are lines; a rectangle is its four sides. */
function readLines(module: PdfiumModule, page: number, { memory, place }: Tools): readonly RuledLine[] {
  const lines: RuledLine[] = [];
  const count = Math.min(MOST_OBJECTS, module._FPDFPage_CountObjects(page));
  for (let at = 0; at < count; at++) {
    const object = module._FPDFPage_GetObject(page, at);
    if (object === 0 || module._FPDFPageObj_GetType(object) !== PATH_OBJECT) continue;
    if (module._FPDFPageObj_GetBounds(object, memory, memory + 4, memory + 8, memory + 12) === 0) continue;
    const view = new DataView(module.HEAPU8.buffer);
    const [left, bottom, right, top] = [0, 4, 8, 12].map((offset) => view.getFloat32(memory + offset, true));
    const { x0, y0, x1, y1 } = place(left, bottom, right, top);
    if (![x0, y0, x1, y1].every(Number.isFinite)) continue;
    const [width, height] = [x1 - x0, y1 - y0];
    const middle = { x: (x0 + x1) / 2, y: (y0 + y1) / 2 };
    if (height <= LINE_THICKNESS && width > height) lines.push({ x0, x1, y0: middle.y, y1: middle.y });
    else if (width <= LINE_THICKNESS) lines.push({ y0, y1, x0: middle.x, x1: middle.x });
    else {
      lines.push({ x0, x1, y0, y1: y0 }, { x0, x1, y0: y1, y1 }, { x0, x1: x0, y0, y1 }, { x0: x1, x1, y0, y1 });
    }
  }
  return lines;
}
