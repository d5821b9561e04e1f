import { crc32, deflate } from "node:zlib";
import { promisify } from "node:util";

const compress = promisify(deflate);
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** compressed_depth_image_transport's own header: format 0 (undefined), two quantisation floats that 16UC1 does not use. */
const TRANSPORT_HEADER_BYTES = 12;
const FARTHEST_MM = 65_535;

/**
 * Depth in metres (0 = no reading) as compressedDepth has it: `16UC1; compressedDepth png`, a 12-byte header before a 16-bit grey
 * PNG of millimetres. Deflates off the main thread.
 */
export async function encodeDepth(depthM: Float32Array, width: number, height: number): Promise<Buffer> {
  const stride = 2 * width;
  const rows = Buffer.alloc(height * (stride + 1));
  const above = new Uint8Array(stride);
  for (let y = 0; y < height; y++) {
    const at = y * (stride + 1);
    // PNG filter "up": depth changes little from row to row.
    rows[at] = 2;
    for (let x = 0; x < width; x++) {
      const mm = Math.min(FARTHEST_MM, Math.round(depthM[y * width + x] * 1000));
      const [high, low] = [mm >> 8, mm & 255];
      rows[at + 1 + 2 * x] = high - above[2 * x];
      rows[at + 2 + 2 * x] = low - above[2 * x + 1];
      above[2 * x] = high;
      above[2 * x + 1] = low;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(16, 8); // bits; the rest 0: grey, deflate, adaptive filters, not interlaced
  return Buffer.concat([
    Buffer.alloc(TRANSPORT_HEADER_BYTES),
    SIGNATURE,
    chunk("IHDR", header),
    chunk("IDAT", await compress(rows, { level: 1 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), framed.length - 4);
  return framed;
}
