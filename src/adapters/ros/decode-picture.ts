import sharp from "sharp";
import { fail, ok, type Result } from "../../domain/result.js";
import { messageBytes } from "./message-bytes.js";
import type { RosMessage } from "./ros-types.js";

export type DecodeFailure = "damaged" | "unsupported";

export interface DecodedPicture {
  readonly width: number;
  readonly height: number;
  /** height x width x 3, 8-bit sRGB, in memory of its own. */
  readonly rgb: Uint8Array;
}

/** Where red, green and blue are in a pixel of each encoding. */
const ENCODINGS: Readonly<Record<string, { readonly bytes: number; readonly rgb: readonly [number, number, number] }>> =
  {
    rgb8: { bytes: 3, rgb: [0, 1, 2] },
    bgr8: { bytes: 3, rgb: [2, 1, 0] },
    rgba8: { bytes: 4, rgb: [0, 1, 2] },
    bgra8: { bytes: 4, rgb: [2, 1, 0] },
    mono8: { bytes: 1, rgb: [0, 0, 0] },
    "8UC1": { bytes: 1, rgb: [0, 0, 0] },
    "8UC3": { bytes: 3, rgb: [2, 1, 0] },
  };
/** No camera of a robot delivers more; a message that says so is damaged, or meant to fill the memory. */
const MAX_PIXELS = 40_000_000;

/** Decodes a `sensor_msgs/CompressedImage` (JPEG or PNG). */
export async function decodeCompressedPicture(message: RosMessage): Promise<Result<DecodedPicture, DecodeFailure>> {
  const bytes = messageBytes(message);
  if (bytes === undefined || bytes.length === 0)
    return fail("damaged", "Expected a compressed picture, found no data.");
  if (!isJpeg(bytes) && !isPng(bytes)) {
    return fail(
      "unsupported",
      `Expected JPEG or PNG, found format "${String(message.format)}". Set the camera's image_transport to jpeg or png.`,
    );
  }
  try {
    const { data, info } = await sharp(bytes, { failOn: "truncated", limitInputPixels: MAX_PIXELS })
      .removeAlpha()
      .toColourspace("srgb")
      .raw()
      .toBuffer({ resolveWithObject: true });
    return ok({ width: info.width, height: info.height, rgb: ownBytes(data) });
  } catch (error) {
    return fail(
      "damaged",
      `The picture could not be decoded: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** Decodes a `sensor_msgs/Image` of colours or grey. */
export function decodeRawPicture(message: RosMessage): Result<DecodedPicture, DecodeFailure> {
  const layout = ENCODINGS[String(message.encoding)];
  if (layout === undefined) {
    return fail(
      "unsupported",
      `Expected an encoding of ${Object.keys(ENCODINGS).join(", ")}, found "${String(message.encoding)}".`,
    );
  }
  const raster = readRaster(message, layout.bytes);
  if (!raster.ok) return raster;
  const { width, height, step, bytes } = raster.value;
  const rgb = new Uint8Array(width * height * 3);
  const [r, g, b] = layout.rgb;
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0, from = y * step; x < width; x++, from += layout.bytes, to += 3) {
      rgb[to] = bytes[from + r];
      rgb[to + 1] = bytes[from + g];
      rgb[to + 2] = bytes[from + b];
    }
  }
  return ok({ width, height, rgb });
}

export interface Raster {
  readonly width: number;
  readonly height: number;
  /** Bytes from one row to the next. */
  readonly step: number;
  readonly bytes: Uint8Array;
}

/** Size and bytes of a `sensor_msgs/Image`, checked against each other. */
export function readRaster(message: RosMessage, pixelBytes: number): Result<Raster, DecodeFailure> {
  const { width, height, step } = message;
  const bytes = messageBytes(message);
  const sized = isSize(width) && isSize(height) && isSize(step) && width * height <= MAX_PIXELS;
  if (!sized || bytes === undefined) return fail("damaged", "Expected an image with width, height, step and data.");
  if (step < width * pixelBytes || bytes.length < step * (height - 1) + width * pixelBytes) {
    return fail(
      "damaged",
      `Expected ${height} rows of ${width} pixels, ${step * height} bytes; found ${bytes.length} bytes.`,
    );
  }
  return ok({ width, height, step, bytes });
}

const isSize = (value: unknown): value is number => typeof value === "number" && Number.isInteger(value) && value > 0;

const isJpeg = (bytes: Uint8Array): boolean => bytes[0] === 0xff && bytes[1] === 0xd8;
export const isPng = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x89 && bytes[1] === 0x50 && bytes[2] === 0x4e && bytes[3] === 0x47;

/** Frames own their pixels; a pooled buffer would lend them out with others. */
function ownBytes(data: Buffer): Uint8Array {
  const whole = data.byteOffset === 0 && data.byteLength === data.buffer.byteLength;
  return whole ? new Uint8Array(data.buffer as ArrayBuffer) : new Uint8Array(data);
}
