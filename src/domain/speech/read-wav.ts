import { fail, ok, type Failure, type Result } from "../result.js";
import type { Sound } from "./sound.js";

interface Format {
  readonly isFloat: boolean;
  readonly channels: number;
  readonly rateHz: number;
  readonly bits: number;
}

const PCM = 1;
const FLOAT = 3;
/** The real format stands behind the fields of the plain one. */
const EXTENSIBLE = 0xfffe;
const RATES = { least: 4_000, most: 384_000 } as const;

const bad = (found: string, next: string, details?: Readonly<Record<string, unknown>>): Failure<"bad-sound"> =>
  fail(
    "bad-sound",
    `Expected a WAV file of 8, 16, 24 or 32 bits, or 32- or 64-bit float samples; found ${found}. ${next}`,
    details,
  );

const isOpenEnded = (statedBytes: number): boolean => statedBytes === 0 || statedBytes >= 0x7fff_f000;

/**
 * A WAV file's sound, its channels averaged. A file that ends early is refused, for a sentence cut short could be another
 * sentence; a length of 0 or of all ones in the header, as writers to a pipe leave it, means "until the end".
 */
export function readWav(bytes: Uint8Array): Result<Sound, "bad-sound"> {
  const found = findSamples(bytes);
  if (!found.ok) return found;
  const { view, start, stated, format } = found.value;
  return readSamples(view, start, stated, format);
}

/** Where a WAV file's samples lie. */
export interface WavLayout {
  /** The samples' first byte. */
  readonly start: number;
  /** Bytes of one moment, all channels. */
  readonly frameBytes: number;
  /** Moments that are really there; the header may promise more. */
  readonly frames: number;
  readonly sampleRateHz: number;
  /** False where the file ends before what its header states. */
  readonly isWhole: boolean;
}

/**
 * The layout of a WAV file of `totalBytes`, by its first bytes: nothing is decoded. Fails as `readWav` does; undefined where the
 * samples begin behind `head`.
 */
export function wavLayout(head: Uint8Array, totalBytes: number): Result<WavLayout | undefined, "bad-sound"> {
  const found = findSamples(head);
  if (!found.ok) return head.length < totalBytes && found.details?.["cut"] === true ? ok(undefined) : found;
  const { start, stated, format } = found.value;
  const left = Math.max(0, totalBytes - start);
  const frameBytes = (format.bits >> 3) * format.channels;
  const bytes = isOpenEnded(stated) ? left : Math.min(stated, left);
  const isWhole = isOpenEnded(stated) || stated <= left;
  return ok({ start, frameBytes, frames: Math.floor(bytes / frameBytes), sampleRateHz: format.rateHz, isWhole });
}

interface Samples {
  readonly view: DataView;
  readonly start: number;
  /** Bytes, as the header says. */
  readonly stated: number;
  readonly format: Format;
}

function findSamples(bytes: Uint8Array): Result<Samples, "bad-sound"> {
  if (bytes.length === 0) return bad("a file of zero bytes", "Record again.");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tag = (at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (bytes.length < 12 || tag(0) !== "RIFF" || tag(8) !== "WAVE")
    return bad(`a file that begins with "${printable(tag(0))}"`, "Convert it, as in: ffmpeg -i FILE out.wav");
  let format: Format | undefined;
  for (let at = 12; at + 8 <= bytes.length;) {
    const name = tag(at);
    const stated = view.getUint32(at + 4, true);
    const start = at + 8;
    if (name === "data") {
      if (format === undefined) return bad("samples before their format", "The file is damaged; record again.");
      return ok({ view, start, stated, format });
    }
    if (start + stated > bytes.length) break;
    if (name === "fmt ") {
      const read = readFormat(view, start, stated);
      if (!read.ok) return read;
      format = read.value;
    }
    // Chunks begin at even places.
    at = start + stated + (stated & 1);
  }
  return bad("a header without samples", "The file is cut short; record again.", { cut: true });
}

function readFormat(view: DataView, at: number, size: number): Result<Format, "bad-sound"> {
  if (size < 16) return bad(`a format of ${size} bytes`, "The file is damaged; record again.");
  const stated = view.getUint16(at, true);
  const code = stated === EXTENSIBLE && size >= 26 ? view.getUint16(at + 24, true) : stated;
  const channels = view.getUint16(at + 2, true);
  const rateHz = view.getUint32(at + 4, true);
  const bits = view.getUint16(at + 14, true);
  const isKnown = (code === PCM && [8, 16, 24, 32].includes(bits)) || (code === FLOAT && [32, 64].includes(bits));
  if (!isKnown)
    return bad(`format ${code} of ${bits} bits`, "Convert it, as in: ffmpeg -i FILE -c:a pcm_s16le out.wav");
  if (channels === 0) return bad("no channels", "The file is damaged; record again.");
  if (rateHz < RATES.least || rateHz > RATES.most)
    return bad(`${rateHz} samples a second`, `Record at ${RATES.least} to ${RATES.most} Hz; 16000 is best.`);
  return ok({ isFloat: code === FLOAT, channels, rateHz, bits });
}

function readSamples(view: DataView, start: number, stated: number, format: Format): Result<Sound, "bad-sound"> {
  const { channels, rateHz, bits, isFloat } = format;
  const left = view.byteLength - start;
  if (!isOpenEnded(stated) && stated > left)
    return bad(
      `${left} of the ${stated} bytes of samples that its header states`,
      "The file is cut short; record again.",
    );
  const bytesEach = bits >> 3;
  const length = Math.floor((isOpenEnded(stated) ? left : stated) / (bytesEach * channels));
  if (length === 0) return bad("no samples", "Record again.");
  const read = readerOf(view, bits, isFloat);
  const samples = new Float32Array(length);
  for (let i = 0; i < length; i++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += read(start + (i * channels + channel) * bytesEach);
    const mean = sum / channels;
    // Float files may go beyond full scale, and may hold what is no number.
    samples[i] = Number.isFinite(mean) ? Math.max(-1, Math.min(1, mean)) : 0;
  }
  return ok({ samples, sampleRateHz: rateHz });
}

function readerOf(view: DataView, bits: number, isFloat: boolean): (at: number) => number {
  if (isFloat) return bits === 32 ? (at) => view.getFloat32(at, true) : (at) => view.getFloat64(at, true);
  switch (bits) {
    case 8:
      return (at) => (view.getUint8(at) - 128) / 128;
    case 16:
      return (at) => view.getInt16(at, true) / 0x8000;
    case 24:
      return (at) => (view.getUint16(at, true) | (view.getInt8(at + 2) << 16)) / 0x80_0000;
    default:
      return (at) => view.getInt32(at, true) / 0x8000_0000;
  }
}

const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, ".");
