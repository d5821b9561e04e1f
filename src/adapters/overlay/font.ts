import { GLYPH_HEIGHT, GLYPH_WIDTH, isInk } from "./glyphs.js";

/** A face at one size: smooth coverage (0 to 255) for each character. */
export interface Font {
  /** Pixels from one character to the next. */
  readonly advance: number;
  /** Height of a character's cell, descender included. */
  readonly height: number;
  readonly cellWidth: number;
  coverage(code: number): Uint8Array;
}

type Bitmap = { readonly width: number; readonly height: number; readonly at: (x: number, y: number) => boolean };

/** EPX: doubles a bitmap and rounds its stairs, so that scaled letters have smooth diagonals. */
function epx({ width, height, at }: Bitmap): Bitmap {
  const ink = new Uint8Array(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [up, right, left, down, self] = [at(x, y - 1), at(x + 1, y), at(x - 1, y), at(x, y + 1), at(x, y)];
      const top = 2 * y * 2 * width + 2 * x;
      const bottom = top + 2 * width;
      ink[top] = +(left === up && left !== down && up !== right ? up : self);
      ink[top + 1] = +(up === right && up !== left && right !== down ? right : self);
      ink[bottom] = +(down === left && down !== right && left !== up ? left : self);
      ink[bottom + 1] = +(right === down && right !== up && down !== left ? down : self);
    }
  }
  const [w, h] = [2 * width, 2 * height];
  return { width: w, height: h, at: (x, y) => x >= 0 && y >= 0 && x < w && y < h && ink[y * w + x] === 1 };
}

/** The face scaled by `scale` (1 = 5 x 8 pixels), antialiased. Characters are made when first used. */
export function createFont(scale: number): Font {
  const cellWidth = Math.ceil(GLYPH_WIDTH * scale);
  const height = Math.ceil(GLYPH_HEIGHT * scale);
  const cells = new Map<number, Uint8Array>();

  function rasterise(code: number): Uint8Array {
    const base: Bitmap = { width: GLYPH_WIDTH, height: GLYPH_HEIGHT, at: (x, y) => isInk(code, x, y) };
    const fine = epx(epx(base));
    const cell = new Uint8Array(cellWidth * height);
    const samples = 4;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < cellWidth; x++) {
        let hits = 0;
        for (let i = 0; i < samples * samples; i++) {
          const u = (x + ((i % samples) + 0.5) / samples) * (4 / scale);
          const v = (y + (Math.floor(i / samples) + 0.5) / samples) * (4 / scale);
          if (fine.at(Math.floor(u), Math.floor(v))) hits++;
        }
        cell[y * cellWidth + x] = Math.round((hits * 255) / (samples * samples));
      }
    }
    return cell;
  }

  return {
    advance: Math.round(6 * scale),
    height,
    cellWidth,
    coverage(code) {
      const known = cells.get(code);
      if (known) return known;
      const cell = rasterise(code);
      cells.set(code, cell);
      return cell;
    },
  };
}

export const textWidth = (font: Font, text: string): number => text.length * font.advance;

/** What the face can show: other characters (Chinese in a person's words) become one ellipsis per run. */
export const toAscii = (text: string): string => text.replace(/[^\x20-\x7e]+/g, "...");

/** Cut to fit, with dots at the end. */
export function fitText(font: Font, text: string, widthPx: number): string {
  const room = Math.floor(widthPx / font.advance);
  if (text.length <= room) return text;
  return room <= 2 ? "" : `${text.slice(0, room - 2).trimEnd()}..`;
}

/** Breaks at spaces into at most `maxLines` lines; the last one is cut to fit. */
export function wrapText(font: Font, text: string, options: { widthPx: number; maxLines: number }): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(font, `${last} ${word}`) <= options.widthPx)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  const kept = lines.slice(0, options.maxLines);
  if (lines.length > kept.length) kept[kept.length - 1] += ` ${lines.slice(kept.length).join(" ")}`;
  return kept.map((line) => fitText(font, line, options.widthPx));
}
