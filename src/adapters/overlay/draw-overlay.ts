import { drawCircle, drawText, fillPanel, strokeLine, type Canvas, type Ink } from "./canvas.js";
import { createFont, fitText, textWidth, toAscii, wrapText, type Font } from "./font.js";
import type { OverlayState, Tone } from "./overlay-state.js";

const WHITE: Ink = [244, 247, 250];
const MUTED: Ink = [168, 178, 190];
const PANEL: Ink = [14, 18, 24];
const BOX: Ink = [120, 205, 255];
const ACCENT: Ink = [255, 196, 61];
const TONES: Readonly<Record<Tone, Ink>> = {
  neutral: [120, 205, 255],
  good: [74, 222, 128],
  warning: [255, 196, 61],
  bad: [255, 99, 92],
};

interface Fonts {
  readonly small: Font;
  readonly body: Font;
  readonly title: Font;
  /** One design pixel: 1 at 640 x 480. */
  readonly unit: number;
}

/** Fonts for a picture of that width. Keep it: characters are made once. */
export function createOverlayFonts(width: number): Fonts {
  const unit = Math.max(0.6, width / 640);
  return {
    small: createFont(Math.max(1, 1.25 * unit)),
    body: createFont(Math.max(1, 1.5 * unit)),
    title: createFont(Math.max(1.5, 3 * unit)),
    unit,
  };
}

/** Corner brackets instead of a full frame: the thing stays visible. */
function drawBrackets(canvas: Canvas, [x0, y0, x1, y1]: readonly number[], style: { ink: Ink; widthPx: number }): void {
  const arm = Math.min(14, (x1 - x0) / 3, (y1 - y0) / 3);
  const line = { ...style, alpha: 0.95 };
  for (const [x, dx] of [
    [x0, arm],
    [x1, -arm],
  ]) {
    for (const [y, dy] of [
      [y0, arm],
      [y1, -arm],
    ]) {
      strokeLine(canvas, [x, y, x + dx, y], line);
      strokeLine(canvas, [x, y, x, y + dy], line);
    }
  }
}

function drawChip(
  canvas: Canvas,
  text: string,
  { x, y, font, ink, fill }: { x: number; y: number; font: Font; ink: Ink; fill: Ink },
): void {
  const width = textWidth(font, text) + 6;
  const height = font.height + 4;
  const left = Math.max(0, Math.min(x, canvas.width - width));
  const top = Math.max(0, Math.min(y, canvas.height - height));
  fillPanel(canvas, { x: left, y: top, width, height }, { ink: fill, alpha: 0.72, radiusPx: 3 });
  drawText(canvas, text, { x: left + 3, y: top + 2, font, ink });
}

function drawBoxes(canvas: Canvas, overlay: OverlayState, fonts: Fonts): void {
  // Highlighted ones last, so that they lie on top.
  const ordered = [...overlay.boxes].sort((a, b) => Number(a.highlighted ?? false) - Number(b.highlighted ?? false));
  for (const { box, label, score, highlighted } of ordered) {
    const ink = highlighted ? ACCENT : BOX;
    const [x0, y0] = [box.x0 * canvas.width, box.y0 * canvas.height];
    const corners = [x0, y0, box.x1 * canvas.width, box.y1 * canvas.height];
    drawBrackets(canvas, corners, { ink, widthPx: (highlighted ? 2.4 : 1.4) * fonts.unit });
    const text = `${toAscii(label)} ${Math.round(score * 100)}%`;
    drawChip(canvas, text, { x: x0, y: y0 - fonts.small.height - 6, font: fonts.small, ink, fill: PANEL });
  }
}

function drawAim(canvas: Canvas, { target, destination }: OverlayState, fonts: Fonts): void {
  const { unit, small } = fonts;
  const at = (point: { x: number; y: number }): readonly [number, number] => [
    point.x * canvas.width,
    point.y * canvas.height,
  ];
  if (target && destination) {
    const style = { ink: ACCENT, alpha: 0.9, widthPx: 2 * unit, dashPx: 7 * unit };
    strokeLine(canvas, [...at(target), ...at(destination)], style);
  }
  if (destination) {
    const [x, y] = at(destination);
    drawCircle(canvas, [x, y, 9 * unit], { ink: ACCENT, alpha: 0.95, widthPx: 2 * unit });
    drawCircle(canvas, [x, y, 2.5 * unit], { ink: ACCENT, alpha: 0.95 });
    drawChip(canvas, coordinates(destination), { x: x + 13 * unit, y: y - 6, font: small, ink: WHITE, fill: PANEL });
  }
  if (target) {
    const [x, y] = at(target);
    const line = { ink: ACCENT, alpha: 1, widthPx: 1.8 * unit };
    for (const [dx, dy] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ]) {
      strokeLine(canvas, [x + dx * 5 * unit, y + dy * 5 * unit, x + dx * 15 * unit, y + dy * 15 * unit], line);
    }
    drawCircle(canvas, [x, y, 9 * unit], { ink: ACCENT, alpha: 1, widthPx: 1.6 * unit });
    drawChip(canvas, coordinates(target), { x: x + 18 * unit, y: y + 6 * unit, font: small, ink: WHITE, fill: PANEL });
  }
}

const coordinates = ({ x, y, z }: { x: number; y: number; z: number }): string =>
  `(${x.toFixed(2)}, ${y.toFixed(2)}, ${z.toFixed(2)} m)`;

function drawInstruction(canvas: Canvas, instruction: string, { body, unit }: Fonts): void {
  const text = fitText(body, toAscii(instruction), canvas.width - 36 * unit);
  // A sentence that the face cannot show is better left out than shown as dots.
  if (!/[A-Za-z]/.test(text)) return;
  const rect = { x: 8 * unit, y: 8 * unit, width: textWidth(body, text) + 20 * unit, height: body.height + 12 * unit };
  fillPanel(canvas, rect, { ink: PANEL, alpha: 0.66, radiusPx: 7 * unit });
  drawText(canvas, text, { x: rect.x + 10 * unit, y: rect.y + 6 * unit, font: body, ink: WHITE });
}

function drawStatus(canvas: Canvas, { status }: OverlayState, { body, small, unit }: Fonts): void {
  const pad = 10 * unit;
  const height = body.height + small.height + 22 * unit;
  const bar = { x: pad - 2, y: canvas.height - height - 8 * unit, width: canvas.width - 2 * pad + 4, height };
  fillPanel(canvas, bar, { ink: PANEL, alpha: 0.7, radiusPx: 8 * unit });

  const firstY = bar.y + 8 * unit;
  const secondY = firstY + body.height + 6 * unit;
  const left = bar.x + pad;
  const right = bar.x + bar.width - pad;
  const dot = 4 * unit;
  const ink = TONES[status.tone];
  drawCircle(canvas, [left + dot, firstY + body.height / 2 - unit, dot], { ink, alpha: 1 });
  const state = toAscii(status.state);
  drawText(canvas, state, { x: left + 3 * dot, y: firstY, font: body, ink });

  const clock = `${status.timeS.toFixed(1)} s`;
  const clockX = right - textWidth(body, clock);
  drawText(canvas, clock, { x: clockX, y: firstY, font: body, ink: MUTED });

  const actionX = left + 3 * dot + textWidth(body, state) + 2 * body.advance;
  const action = fitText(body, toAscii(status.action ?? ""), clockX - body.advance - actionX);
  drawText(canvas, action, { x: actionX, y: firstY, font: body, ink: WHITE });
  if (!status.news) return;
  const news = fitText(small, toAscii(status.news.text), right - left);
  drawText(canvas, news, { x: left, y: secondY, font: small, ink: TONES[status.news.tone] });
}

function drawEndCard(canvas: Canvas, card: NonNullable<OverlayState["endCard"]>, { title, body, unit }: Fonts): void {
  const width = Math.min(canvas.width - 40 * unit, 460 * unit);
  const inner = width - 40 * unit;
  const lines = wrapText(body, toAscii(card.text), { widthPx: inner, maxLines: 4 });
  const gap = 8 * unit;
  const height = title.height + body.height * (lines.length + 1) + gap * (lines.length + 2) + 28 * unit;
  const rect = { x: (canvas.width - width) / 2, y: (canvas.height - height) / 2 - 10 * unit, width, height };
  const ink = TONES[card.tone];
  fillPanel(canvas, { x: 0, y: 0, width: canvas.width, height: canvas.height }, { ink: PANEL, alpha: 0.35 });
  fillPanel(canvas, rect, { ink: PANEL, alpha: 0.86, radiusPx: 12 * unit });
  fillPanel(canvas, { ...rect, width: 5 * unit }, { ink, alpha: 1, radiusPx: 2.5 * unit });

  const x = rect.x + 22 * unit;
  let y = rect.y + 16 * unit;
  drawText(canvas, fitText(title, toAscii(card.title), inner), { x, y, font: title, ink });
  y += title.height + gap;
  drawText(canvas, fitText(body, toAscii(card.grade), inner), { x, y, font: body, ink: MUTED });
  for (const line of lines) {
    y += body.height + gap;
    drawText(canvas, line, { x, y, font: body, ink: WHITE });
  }
}

/** The frame's picture with the overlay on it: height x width x 3 sRGB bytes, a new array. Pure: equal input, equal picture. */
export function drawOverlay(
  frame: { readonly width: number; readonly height: number; readonly rgb: Uint8Array },
  overlay: OverlayState,
  fonts: Fonts = createOverlayFonts(frame.width),
): Uint8Array {
  const canvas: Canvas = { width: frame.width, height: frame.height, rgb: Uint8Array.from(frame.rgb) };
  drawBoxes(canvas, overlay, fonts);
  drawAim(canvas, overlay, fonts);
  if (overlay.instruction) drawInstruction(canvas, overlay.instruction, fonts);
  drawStatus(canvas, overlay, fonts);
  if (overlay.endCard) drawEndCard(canvas, overlay.endCard, fonts);
  return canvas.rgb;
}
