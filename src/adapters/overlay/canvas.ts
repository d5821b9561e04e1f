import type { Font } from "./font.js";

/** sRGB, 0 to 255. */
export type Ink = readonly [red: number, green: number, blue: number];

/** height x width x 3, row-major, drawn on in place. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function blend(canvas: Canvas, offset: number, ink: Ink, alpha: number): void {
  const { rgb } = canvas;
  for (let channel = 0; channel < 3; channel++) {
    rgb[offset + channel] += (ink[channel] - rgb[offset + channel]) * alpha;
  }
}

/** Blends the ink where `coverage` (0 to 1) is above zero; the rectangle is clipped to the picture. */
function shade(
  canvas: Canvas,
  bounds: Rect,
  style: { ink: Ink; alpha: number; coverage: (x: number, y: number) => number },
): void {
  const x1 = Math.min(canvas.width, Math.ceil(bounds.x + bounds.width));
  const y1 = Math.min(canvas.height, Math.ceil(bounds.y + bounds.height));
  for (let y = Math.max(0, Math.floor(bounds.y)); y < y1; y++) {
    for (let x = Math.max(0, Math.floor(bounds.x)); x < x1; x++) {
      const coverage = style.coverage(x + 0.5, y + 0.5);
      if (coverage > 0) blend(canvas, (y * canvas.width + x) * 3, style.ink, style.alpha * Math.min(1, coverage));
    }
  }
}

/** Filled rectangle with round corners. */
export function fillPanel(canvas: Canvas, rect: Rect, style: { ink: Ink; alpha: number; radiusPx?: number }): void {
  const radius = Math.min(style.radiusPx ?? 0, rect.width / 2, rect.height / 2);
  const [cx, cy] = [rect.x + rect.width / 2, rect.y + rect.height / 2];
  shade(canvas, rect, {
    ...style,
    coverage: (x, y) => {
      const dx = Math.max(0, Math.abs(x - cx) - (rect.width / 2 - radius));
      const dy = Math.max(0, Math.abs(y - cy) - (rect.height / 2 - radius));
      return radius - Math.hypot(dx, dy) + 0.5;
    },
  });
}

/** Line with round ends. */
export function strokeLine(
  canvas: Canvas,
  [x0, y0, x1, y1]: readonly [number, number, number, number],
  style: { ink: Ink; alpha: number; widthPx: number; dashPx?: number },
): void {
  const length = Math.hypot(x1 - x0, y1 - y0) || 1e-9;
  const [ux, uy] = [(x1 - x0) / length, (y1 - y0) / length];
  const pad = style.widthPx / 2 + 1;
  const bounds: Rect = {
    x: Math.min(x0, x1) - pad,
    y: Math.min(y0, y1) - pad,
    width: Math.abs(x1 - x0) + 2 * pad,
    height: Math.abs(y1 - y0) + 2 * pad,
  };
  const dash = style.dashPx;
  shade(canvas, bounds, {
    ...style,
    coverage: (x, y) => {
      const along = Math.max(0, Math.min(length, (x - x0) * ux + (y - y0) * uy));
      if (dash !== undefined && Math.floor(along / dash) % 2 === 1) return 0;
      return style.widthPx / 2 - Math.hypot(x - x0 - ux * along, y - y0 - uy * along) + 0.5;
    },
  });
}

/** Ring, or a filled disc when `widthPx` is absent. */
export function drawCircle(
  canvas: Canvas,
  [cx, cy, radius]: readonly [number, number, number],
  style: { ink: Ink; alpha: number; widthPx?: number },
): void {
  const reach = radius + (style.widthPx ?? 0) + 1;
  const bounds: Rect = { x: cx - reach, y: cy - reach, width: 2 * reach, height: 2 * reach };
  shade(canvas, bounds, {
    ...style,
    coverage: (x, y) => {
      const distance = Math.hypot(x - cx, y - cy);
      return style.widthPx === undefined
        ? radius - distance + 0.5
        : style.widthPx / 2 - Math.abs(distance - radius) + 0.5;
    },
  });
}

/** One line of ASCII text, its cell's top left corner at (x, y). */
export function drawText(canvas: Canvas, text: string, at: { x: number; y: number; font: Font; ink: Ink }): void {
  const { font, ink } = at;
  const top = Math.round(at.y);
  for (let i = 0; i < text.length; i++) {
    const cell = font.coverage(text.charCodeAt(i));
    const left = Math.round(at.x) + i * font.advance;
    for (let y = 0; y < font.height; y++) {
      for (let x = 0; x < font.cellWidth; x++) {
        const coverage = cell[y * font.cellWidth + x];
        const [px, py] = [left + x, top + y];
        if (coverage === 0 || px < 0 || py < 0 || px >= canvas.width || py >= canvas.height) continue;
        blend(canvas, (py * canvas.width + px) * 3, ink, coverage / 255);
      }
    }
  }
}
