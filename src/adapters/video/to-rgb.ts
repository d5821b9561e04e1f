/**
 * Planar YUV 4:2:0 (BT.601, 16 to 235) as RGB. `stride` and `rows` are those
 * of the decoder's buffer, which is whole blocks of 16; the picture is its top left corner.
 */
export function yuvToRgb(
  yuv: Uint8Array,
  {
    width,
    height,
    stride,
    rows,
  }: { readonly width: number; readonly height: number; readonly stride: number; readonly rows: number },
): Uint8Array<ArrayBuffer> {
  const rgb = new Uint8ClampedArray(width * height * 3);
  const [u0, v0] = [stride * rows, stride * rows + (stride >> 1) * (rows >> 1)];
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to += 3) {
      const chroma = (y >> 1) * (stride >> 1) + (x >> 1);
      const luma = 1.164383 * (yuv[y * stride + x] - 16);
      const u = yuv[u0 + chroma] - 128;
      const v = yuv[v0 + chroma] - 128;
      rgb[to] = luma + 1.596027 * v;
      rgb[to + 1] = luma - 0.391762 * u - 0.812968 * v;
      rgb[to + 2] = luma + 2.017232 * u;
    }
  }
  return new Uint8Array(rgb.buffer);
}
