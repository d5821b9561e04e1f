import type { Frame } from "../../src/domain/frame.js";

export interface Square {
  /** Top left corner and side, pixels. */
  readonly x: number;
  readonly y: number;
  readonly side: number;
  readonly rgb: readonly [number, number, number];
}

export interface PaintedFrameOptions {
  readonly width?: number;
  readonly height?: number;
  readonly background?: readonly [number, number, number];
  readonly squares?: readonly Square[];
  readonly sequence?: number;
  /** Depth of everything, metres; absent = a camera without depth. */
  readonly depthM?: number;
}

/** A picture of coloured squares, seen from a head 1.5 m up that looks 45 degrees down. */
export function paintFrame(options: PaintedFrameOptions = {}): Frame {
  const { width = 640, height = 480, background = [0, 0, 0], squares = [], sequence = 1, depthM } = options;
  const rgb = new Uint8Array(width * height * 3);
  const paint = (x: number, y: number, color: readonly [number, number, number]): void => {
    if (x >= 0 && y >= 0 && x < width && y < height) rgb.set(color, (y * width + x) * 3);
  };
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) paint(x, y, background);
  for (const { x, y, side, rgb: color } of squares) {
    for (let v = y; v < y + side; v++) for (let u = x; u < x + side; u++) paint(u, v, color);
  }
  const f = width * 0.62;
  // Forward and down: optical x = -base y, optical z = (cos 45, 0, -sin 45).
  const orientation = [-0.65328, 0.65328, -0.2706, 0.2706] as const;
  return {
    camera: "head",
    sequence,
    capturedAtMs: 1000 * sequence,
    width,
    height,
    rgb,
    ...(depthM === undefined ? {} : { depthM: new Float32Array(width * height).fill(depthM) }),
    intrinsics: { fx: f, fy: f, cx: width / 2, cy: height / 2 },
    poseInBase: { position: [-0.1, 0, 1.5], orientation },
  };
}
