import sharp from "sharp";

/** A 16-bit PNG in millimetres as metres, 0 where there is no reading. Rejects for anything else. */
export async function decodeDepthPng(
  bytes: Uint8Array,
): Promise<{ readonly width: number; readonly height: number; readonly depthM: Float32Array }> {
  const { data, info } = await sharp(bytes)
    .toColourspace("grey16")
    .raw({ depth: "ushort" })
    .toBuffer({ resolveWithObject: true });
  const values = new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2);
  const depthM = new Float32Array(info.width * info.height);
  for (let i = 0; i < depthM.length; i++) depthM[i] = values[i * info.channels] / 1000;
  return { width: info.width, height: info.height, depthM };
}
