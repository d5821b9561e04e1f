import type { DepthMap, Frame } from "../frame.js";
import { deproject } from "./project.js";

export interface PointCloud {
  /** Binary little-endian PLY: x, y, z (float, metres, base frame), red, green, blue (uchar). */
  readonly bytes: Uint8Array;
  readonly points: number;
}

const BYTES_A_POINT = 15;
/** More would be larger than what viewers open with pleasure. */
const MOST_POINTS = 1_000_000;

/** Every reading of a depth map as a coloured point in the base frame; of large maps every second, third ... one each way. */
export function pointCloudOf(frame: Frame, { width, height, depthM }: DepthMap): PointCloud {
  const stride = Math.max(1, Math.ceil(Math.sqrt((width * height) / MOST_POINTS)));
  const body = new Uint8Array(Math.ceil(width / stride) * Math.ceil(height / stride) * BYTES_A_POINT);
  const view = new DataView(body.buffer);
  let points = 0;
  for (let row = 0; row < height; row += stride) {
    for (let column = 0; column < width; column += stride) {
      const z = depthM[row * width + column];
      if (!(z > 0)) continue;
      const [x, y] = [(column + 0.5) / width, (row + 0.5) / height];
      const position = deproject(frame, { x, y, z });
      const at = points * BYTES_A_POINT;
      position.forEach((metres, axis) => view.setFloat32(at + 4 * axis, metres, true));
      const pixel = Math.floor(y * frame.height) * frame.width + Math.floor(x * frame.width);
      body.set(frame.rgb.subarray(pixel * 3, pixel * 3 + 3), at + 12);
      points++;
    }
  }
  const header = new TextEncoder().encode(
    [
      "ply",
      "format binary_little_endian 1.0",
      "comment metres in the base frame: x forward, y left, z up",
      `element vertex ${points}`,
      ...["x", "y", "z"].map((axis) => `property float ${axis}`),
      ...["red", "green", "blue"].map((color) => `property uchar ${color}`),
      "end_header",
      "",
    ].join("\n"),
  );
  const bytes = new Uint8Array(header.length + points * BYTES_A_POINT);
  bytes.set(header);
  bytes.set(body.subarray(0, points * BYTES_A_POINT), header.length);
  return { bytes, points };
}
