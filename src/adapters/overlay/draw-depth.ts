import { drawText, fillPanel, type Canvas, type Ink } from "./canvas.js";
import { createFont, textWidth } from "./font.js";

/** Near to far: each colour at equal steps, straight lines between them. Brightness falls all the way, so that it reads without colours, too. */
const RAMP: readonly Ink[] = [
  [253, 231, 110],
  [249, 150, 70],
  [214, 74, 88],
  [142, 40, 122],
  [68, 18, 105],
  [14, 10, 46],
];
const UNKNOWN: Ink = [96, 96, 96];
const WHITE: Ink = [244, 247, 250];
const PANEL: Ink = [14, 18, 24];
/** Colours span what lies between these shares of the readings: a few stray ones would wash out the rest. */
const SPAN = [0.01, 0.99] as const;
const TICKS = 5;

export interface DepthPicture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
  /** Metres of the legend's ends. */
  readonly nearM: number;
  readonly farM: number;
}

/** Coarse maps are drawn with larger pixels, so that the picture has about this many rows. */
const FEWEST_ROWS = 360;

/** Depth in colours with a legend in metres to its right. Gray: no reading. */
export function drawDepth(map: {
  readonly width: number;
  readonly height: number;
  readonly depthM: Float32Array;
}): DepthPicture {
  const { depthM } = map;
  const times = Math.max(1, Math.round(FEWEST_ROWS / map.height));
  const [width, height] = [map.width * times, map.height * times];
  const [nearM, farM] = spanOf(depthM);
  const unit = Math.max(1, Math.round(height / 240));
  const font = createFont(unit);
  const legend = textWidth(font, "00.00 m") + 30 * unit;
  const canvas: Canvas = { width: width + legend, height, rgb: new Uint8Array((width + legend) * height * 3) };
  fillPanel(canvas, { x: 0, y: 0, width: canvas.width, height }, { ink: PANEL, alpha: 1 });
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const metres = depthM[Math.floor(y / times) * map.width + Math.floor(x / times)];
      const ink = metres > 0 ? colorAt((metres - nearM) / (farM - nearM)) : UNKNOWN;
      canvas.rgb.set(ink, (y * canvas.width + x) * 3);
    }
  }
  const bar = { x: width + 8 * unit, y: 12 * unit, width: 10 * unit, height: Math.max(1, height - 24 * unit) };
  for (let y = 0; y < bar.height; y++) {
    const ink = colorAt(y / bar.height);
    // A panel has soft corners, which a single row would be all of.
    for (let x = 0; x < bar.width; x++) canvas.rgb.set(ink, ((bar.y + y) * canvas.width + bar.x + x) * 3);
  }
  for (let tick = 0; tick < TICKS; tick++) {
    const share = tick / (TICKS - 1);
    const text = `${(nearM + share * (farM - nearM)).toFixed(2)} m`;
    const y = bar.y + share * bar.height - font.height / 2;
    drawText(canvas, text, { x: bar.x + bar.width + 4 * unit, y, font, ink: WHITE });
  }
  return { ...canvas, nearM, farM };
}

function spanOf(depthM: Float32Array): readonly [number, number] {
  const known = depthM.filter((metres) => metres > 0).sort();
  if (known.length === 0) return [0, 1];
  const at = (share: number): number => known[Math.min(known.length - 1, Math.floor(share * known.length))];
  const [near, far] = [at(SPAN[0]), at(SPAN[1])];
  return far - near > 1e-3 ? [near, far] : [near, near + 1e-3];
}

function colorAt(share: number): Ink {
  const at = Math.min(1, Math.max(0, share)) * (RAMP.length - 1);
  const [a, b] = [RAMP[Math.floor(at)], RAMP[Math.min(RAMP.length - 1, Math.floor(at) + 1)]];
  const part = at - Math.floor(at);
  return [0, 1, 2].map((i) => Math.round(a[i] + (b[i] - a[i]) * part)) as unknown as Ink;
}
