import { describe, expect, it } from "vitest";
import { drawOverlay } from "./draw-overlay.js";
import { createFont, fitText, toAscii, wrapText } from "./font.js";
import { isInk } from "./glyphs.js";
import type { OverlayState } from "./overlay-state.js";

const frame = { width: 160, height: 120, rgb: new Uint8Array(160 * 120 * 3).fill(90) };
const quiet: OverlayState = { boxes: [], status: { state: "ready", tone: "neutral", timeS: 0 } };
const box = { x0: 0.25, y0: 0.25, x1: 0.5, y1: 0.5 };

/** Share of pixels in a rectangle (0..1 over the frame) that differ between two pictures. */
function changed(a: Uint8Array, b: Uint8Array, area: { x0: number; y0: number; x1: number; y1: number }): number {
  let count = 0;
  let all = 0;
  for (let y = Math.floor(area.y0 * 120); y < area.y1 * 120; y++) {
    for (let x = Math.floor(area.x0 * 160); x < area.x1 * 160; x++) {
      const i = (y * 160 + x) * 3;
      all++;
      if (a[i] !== b[i] || a[i + 1] !== b[i + 1] || a[i + 2] !== b[i + 2]) count++;
    }
  }
  return count / all;
}

describe("drawOverlay", () => {
  it("leaves the frame alone and gives equal pictures for equal input", () => {
    const overlay = { ...quiet, boxes: [{ label: "red mug", score: 0.9, box }] };

    const picture = drawOverlay(frame, overlay);

    expect(frame.rgb.every((value) => value === 90)).toBe(true);
    expect(picture).toHaveLength(frame.rgb.length);
    expect(Buffer.compare(picture, drawOverlay(frame, overlay))).toBe(0);
  });

  it("marks a box at its corners and leaves the thing in it visible", () => {
    const plain = drawOverlay(frame, quiet);

    const marked = drawOverlay(frame, { ...quiet, boxes: [{ label: "", score: 1, box }] });

    expect(changed(plain, marked, { x0: 0.24, y0: 0.24, x1: 0.28, y1: 0.28 })).toBeGreaterThan(0.2);
    expect(changed(plain, marked, { x0: 0.33, y0: 0.33, x1: 0.42, y1: 0.42 })).toBe(0);
  });

  it("draws target and destination where they point, and survives points outside the picture", () => {
    const plain = drawOverlay(frame, quiet);
    const target = { x: 0.5, y: 0.4, z: 0.8, label: "mug" };

    const aimed = drawOverlay(frame, { ...quiet, target, destination: { ...target, x: 1.4, y: -2 } });

    expect(changed(plain, aimed, { x0: 0.42, y0: 0.32, x1: 0.58, y1: 0.48 })).toBeGreaterThan(0.1);
  });

  it("shows the end card in the middle", () => {
    const endCard = { title: "Done", grade: "verified", text: "Seen in the hand.", tone: "good" } as const;

    const picture = drawOverlay(frame, { ...quiet, endCard });

    expect(changed(drawOverlay(frame, quiet), picture, { x0: 0.4, y0: 0.4, x1: 0.6, y1: 0.6 })).toBe(1);
  });
});

describe("text", () => {
  const font = createFont(1);

  it("has a different shape for every printable character", () => {
    const shapes = Array.from({ length: 95 }, (_, i) => font.coverage(32 + i).join());

    expect(new Set(shapes).size).toBe(95);
    expect(isInk(32, 2, 2)).toBe(false);
  });

  it("replaces what it cannot show, and cuts what does not fit", () => {
    expect(toAscii("put 绿色的袋子 down")).toBe("put ... down");
    expect(fitText(font, "abcdefghij", 36)).toBe("abcd..");
    expect(wrapText(font, "one two three four", { widthPx: 60, maxLines: 2 })).toEqual(["one two", "three four"]);
  });
});
