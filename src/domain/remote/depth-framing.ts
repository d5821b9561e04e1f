/** `depth/<name>`: time (u64, ms), sequence (u32), width and height (u16 each), all big-endian; then width x height millimetres, u16 little-endian. */
const HEADER_BYTES = 16;

/** Millimetres along the optical axis, row-major; 0 = no reading. */
export interface DepthPicture {
  readonly width: number;
  readonly height: number;
  readonly mm: Uint16Array;
}

/** Every `step`-th reading of a depth image in metres. */
export function thinDepth(depthM: Float32Array, width: number, height: number, step: number): DepthPicture {
  const [w, h] = [Math.floor(width / step), Math.floor(height / step)];
  const mm = new Uint16Array(w * h);
  const middle = Math.floor(step / 2);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const metres = depthM[(y * step + middle) * width + x * step + middle];
      mm[y * w + x] = Number.isFinite(metres) ? Math.min(65_535, Math.max(0, Math.round(metres * 1000))) : 0;
    }
  }
  return { width: w, height: h, mm };
}

export function frameDepth(timeMs: number, sequence: number, { width, height, mm }: DepthPicture): Uint8Array {
  const out = new Uint8Array(HEADER_BYTES + mm.length * 2);
  const view = new DataView(out.buffer);
  view.setBigUint64(0, BigInt(Math.max(0, Math.round(timeMs))));
  view.setUint32(8, sequence >>> 0);
  view.setUint16(12, width);
  view.setUint16(14, height);
  for (let i = 0; i < mm.length; i++) view.setUint16(HEADER_BYTES + i * 2, mm[i], true);
  return out;
}

/** Undefined for what is no depth message. */
export function unframeDepth(payload: Uint8Array): DepthPicture | undefined {
  if (payload.length < HEADER_BYTES) return undefined;
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const [width, height] = [view.getUint16(12), view.getUint16(14)];
  if (payload.length !== HEADER_BYTES + width * height * 2) return undefined;
  const mm = new Uint16Array(width * height);
  for (let i = 0; i < mm.length; i++) mm[i] = view.getUint16(HEADER_BYTES + i * 2, true);
  return { width, height, mm };
}
