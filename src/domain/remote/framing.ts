/** Bytes before a camera picture: capture time in milliseconds (u64) and sequence number (u32), big-endian. */
export const CAMERA_HEADER_BYTES = 12;

/** `camera/<name>`: 12-byte header, then a JPEG. `timeMs` is Unix time. */
export function frameCamera(timeMs: number, sequence: number, jpeg: Uint8Array): Uint8Array {
  const out = new Uint8Array(CAMERA_HEADER_BYTES + jpeg.length);
  const view = new DataView(out.buffer);
  view.setBigUint64(0, BigInt(Math.max(0, Math.round(timeMs))));
  view.setUint32(8, sequence >>> 0);
  out.set(jpeg, CAMERA_HEADER_BYTES);
  return out;
}

export interface CameraPicture {
  readonly timeMs: number;
  readonly sequence: number;
  readonly jpeg: Uint8Array;
}

/** Undefined for what is no camera message. */
export function unframeCamera(payload: Uint8Array): CameraPicture | undefined {
  if (payload.length <= CAMERA_HEADER_BYTES) return undefined;
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const jpeg = payload.subarray(CAMERA_HEADER_BYTES);
  if (jpeg[0] !== 0xff || jpeg[1] !== 0xd8) return undefined;
  return { timeMs: Number(view.getBigUint64(0)), sequence: view.getUint32(8), jpeg };
}

const MOST_HEADER_BYTES = 4096;

/** `audio` and `speech`: length of the header (u32, big-endian), the header as JSON, then a WAV file. */
export function frameSound(header: unknown, wav: Uint8Array): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const out = new Uint8Array(4 + text.length + wav.length);
  new DataView(out.buffer).setUint32(0, text.length);
  out.set(text, 4);
  out.set(wav, 4 + text.length);
  return out;
}

/** The header's text and the sound; undefined for what is no sound message. The header is not checked here. */
export function unframeSound(payload: Uint8Array): { readonly header: string; readonly wav: Uint8Array } | undefined {
  if (payload.length < 4) return undefined;
  const length = new DataView(payload.buffer, payload.byteOffset, 4).getUint32(0);
  if (length > MOST_HEADER_BYTES || 4 + length > payload.length) return undefined;
  try {
    const header = new TextDecoder("utf-8", { fatal: true }).decode(payload.subarray(4, 4 + length));
    return { header, wav: payload.subarray(4 + length) };
  } catch {
    return undefined;
  }
}
