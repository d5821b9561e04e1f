import type { Box, ImagePoint, Mask } from "../../domain/detection.js";
import { drawCircle, drawText, fillPanel, strokeLine, type Canvas, type Ink } from "./canvas.js";
import { createFont, textWidth, toAscii } from "./font.js";

export interface DrawnThing {
  readonly label: string;
  readonly box: Box;
  readonly point?: ImagePoint;
  readonly mask?: Mask;
  /** One of several that fit. */
  readonly isDoubtful?: boolean;
}

const INKS: readonly Ink[] = [
  [74, 222, 128],
  [120, 205, 255],
  [255, 196, 61],
  [232, 121, 249],
  [251, 146, 60],
  [45, 212, 191],
];
const PANEL: Ink = [14, 18, 24];

/** The picture with a box, a label, a cross and, where there is one, a mask for each thing; a new array. */
export function drawThings(
  frame: { readonly width: number; readonly height: number; readonly rgb: Uint8Array },
  things: readonly DrawnThing[],
): { readonly width: number; readonly height: number; readonly rgb: Uint8Array } {
  const canvas: Canvas = { width: frame.width, height: frame.height, rgb: Uint8Array.from(frame.rgb) };
  const unit = Math.max(0.6, frame.width / 640);
  const font = createFont(Math.max(1, 1.25 * unit));
  for (const [index, thing] of things.entries()) {
    const ink = INKS[index % INKS.length];
    if (thing.mask !== undefined) tint(canvas, thing.box, thing.mask, ink);
    const [x0, y0] = [thing.box.x0 * canvas.width, thing.box.y0 * canvas.height];
    const [x1, y1] = [thing.box.x1 * canvas.width, thing.box.y1 * canvas.height];
    const line = { ink, alpha: 0.95, widthPx: 2 * unit, ...(thing.isDoubtful === true ? { dashPx: 6 * unit } : {}) };
    strokeLine(canvas, [x0, y0, x1, y0], line);
    strokeLine(canvas, [x1, y0, x1, y1], line);
    strokeLine(canvas, [x1, y1, x0, y1], line);
    strokeLine(canvas, [x0, y1, x0, y0], line);
    if (thing.point !== undefined) {
      const [x, y] = [thing.point.x * canvas.width, thing.point.y * canvas.height];
      drawCircle(canvas, [x, y, 4 * unit], { ink, alpha: 1, widthPx: 1.5 * unit });
    }
    const text = toAscii(thing.label);
    const width = textWidth(font, text) + 6;
    const left = Math.max(0, Math.min(x0, canvas.width - width));
    const top = Math.max(0, y0 - font.height - 5);
    fillPanel(canvas, { x: left, y: top, width, height: font.height + 4 }, { ink: PANEL, alpha: 0.75, radiusPx: 3 });
    drawText(canvas, text, { x: left + 3, y: top + 2, font, ink });
  }
  return canvas;
}

function tint(canvas: Canvas, box: Box, mask: Mask, ink: Ink): void {
  forMask(canvas, box, mask, (at) => {
    for (let i = 0; i < 3; i++) canvas.rgb[at * 3 + i] = (canvas.rgb[at * 3 + i] * 3 + ink[i] * 2) / 5;
  });
}

/** A mask over the whole picture: 255 is the thing. */
export function wholeMask(
  { width, height }: { readonly width: number; readonly height: number },
  box: Box,
  mask: Mask,
): Uint8Array {
  const whole = new Uint8Array(width * height);
  forMask({ width, height }, box, mask, (at) => (whole[at] = 255));
  return whole;
}

/** Calls `visit` with the index of each pixel that the mask covers. */
function forMask(
  { width, height }: { readonly width: number; readonly height: number },
  { x0, y0, x1, y1 }: Box,
  mask: Mask,
  visit: (index: number) => void,
): void {
  const [left, right] = [Math.max(0, Math.round(x0 * width)), Math.min(width, Math.round(x1 * width))];
  const [top, bottom] = [Math.max(0, Math.round(y0 * height)), Math.min(height, Math.round(y1 * height))];
  for (let y = top; y < bottom; y++) {
    const row = Math.min(mask.height - 1, Math.floor(((y - top + 0.5) / (bottom - top)) * mask.height));
    for (let x = left; x < right; x++) {
      const column = Math.min(mask.width - 1, Math.floor(((x - left + 0.5) / (right - left)) * mask.width));
      if (mask.data[row * mask.width + column] > 0) visit(y * width + x);
    }
  }
}
