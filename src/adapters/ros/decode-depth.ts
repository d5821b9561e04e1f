import sharp from "sharp";
import { fail, ok, type Result } from "../../domain/result.js";
import { isPng, readRaster, type DecodeFailure } from "./decode-picture.js";
import { messageBytes } from "./message-bytes.js";
import type { RosMessage } from "./ros-types.js";

export interface DecodedDepth {
  readonly width: number;
  readonly height: number;
  /** height x width, metres along the optical axis; 0 = no reading. */
  readonly depthM: Float32Array;
}

/** Length of compressed_depth_image_transport's header: format (int32), then two float32, little-endian. */
const HEADER_BYTES = 12;

const metres = (value: number): number => (Number.isFinite(value) && value > 0 ? value : 0);

/** Decodes a `sensor_msgs/Image` of depth: 16UC1 (millimetres) or 32FC1 (metres). */
export function decodeRawDepth(message: RosMessage): Result<DecodedDepth, DecodeFailure> {
  const encoding = String(message.encoding);
  const isFloat = encoding === "32FC1";
  if (!isFloat && encoding !== "16UC1" && encoding !== "mono16") {
    return fail("unsupported", `Expected depth as 16UC1 or 32FC1, found "${encoding}".`);
  }
  const raster = readRaster(message, isFloat ? 4 : 2);
  if (!raster.ok) return raster;
  const { width, height, step, bytes } = raster.value;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const littleEndian = !(message.is_bigendian === 1 || message.is_bigendian === true);
  const depthM = new Float32Array(width * height);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to++) {
      depthM[to] = isFloat
        ? metres(view.getFloat32(y * step + x * 4, littleEndian))
        : view.getUint16(y * step + x * 2, littleEndian) / 1000;
    }
  }
  return ok({ width, height, depthM });
}

/**
 * Decodes a `sensor_msgs/CompressedImage` of compressedDepth: a 12-byte header and a 16-bit PNG, holding millimetres (16UC1) or
 * quantised inverse depth (32FC1: metres = A / (value - B)). RVL is refused.
 */
export async function decodeCompressedDepth(message: RosMessage): Promise<Result<DecodedDepth, DecodeFailure>> {
  const format = String(message.format);
  const bytes = messageBytes(message);
  if (bytes === undefined || bytes.length <= HEADER_BYTES) {
    return fail("damaged", "Expected compressed depth of more than 12 bytes, found less.");
  }
  const isFloat = format.startsWith("32FC1");
  const png = bytes.subarray(HEADER_BYTES);
  if ((!isFloat && !format.startsWith("16UC1")) || !format.includes("compressedDepth") || !isPng(png)) {
    return fail(
      "unsupported",
      `Expected "16UC1; compressedDepth png" or "32FC1; compressedDepth png", found "${format}"` +
        `${isPng(png) ? "" : " without a PNG in it"}. Set the transport's format parameter to png.`,
    );
  }
  const header = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  const [a, b] = [header.getFloat32(4, true), header.getFloat32(8, true)];
  if (isFloat && (!Number.isFinite(a) || !Number.isFinite(b) || a <= 0)) {
    return fail("damaged", `Expected quantisation parameters of inverse depth, found A ${a} and B ${b}.`);
  }
  try {
    const { data, info } = await sharp(png, { failOn: "truncated" })
      .toColourspace("grey16")
      .raw({ depth: "ushort" })
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 1) return fail("damaged", `Expected one channel of depth, found ${info.channels}.`);
    const pixels = info.width * info.height;
    const depthM = new Float32Array(pixels);
    for (let i = 0; i < pixels; i++) {
      const value = data.readUInt16LE(2 * i);
      depthM[i] = value === 0 ? 0 : isFloat ? metres(a / (value - b)) : value / 1000;
    }
    return ok({ width: info.width, height: info.height, depthM });
  } catch (error) {
    return fail("damaged", `The depth could not be decoded: ${error instanceof Error ? error.message : String(error)}`);
  }
}
