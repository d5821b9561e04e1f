import type { FileHandle } from "node:fs/promises";
import { ControllerError } from "../../domain/errors.js";
import { readWav, type WavLayout } from "../../domain/speech/read-wav.js";
import { resample } from "../../domain/speech/resample.js";
import type { Sound } from "../../domain/speech/sound.js";

/** All that whoever listens to speech makes use of. */
const RATE_HZ = 16_000;
const BLOCK_S = 20;

/**
 * A long WAV file piece by piece, so that the file itself is never in memory, at 16 kHz at most. Gives the very samples that
 * decoding and resampling the whole would give: the pieces overlap by more than the filter's reach, and begin where both rates meet.
 */
export async function readLongSound(
  file: FileHandle,
  { head, layout }: { readonly head: Uint8Array; readonly layout: WavLayout },
): Promise<Sound> {
  const { frames, sampleRateHz: from } = layout;
  const to = Math.min(RATE_HZ, from);
  const common = greatestCommon(from, to);
  const [inStep, outStep] = [from / common, to / common];
  const steps = Math.ceil((BLOCK_S * from) / inStep);
  // A hundred samples of the lower rate on either side are six times the filter's reach.
  const padSteps = Math.ceil((100 * from) / to / inStep);
  const samples = new Float32Array(Math.max(1, Math.round((frames * to) / from)));
  for (let step = 0; step * inStep < frames; step += steps) {
    const first = Math.max(0, step - padSteps);
    const last = Math.min(frames, (step + steps + padSteps) * inStep);
    const block = resample(await readFrames(file, { head, layout, from: first * inStep, until: last }), to).samples;
    const at = step * outStep;
    const skip = (step - first) * outStep;
    samples.set(block.subarray(skip, skip + Math.min(steps * outStep, samples.length - at)), at);
  }
  return { samples, sampleRateHz: to };
}

async function readFrames(
  file: FileHandle,
  {
    head,
    layout,
    from,
    until,
  }: { readonly head: Uint8Array; readonly layout: WavLayout; readonly from: number; readonly until: number },
): Promise<Sound> {
  const { start, frameBytes } = layout;
  const length = (until - from) * frameBytes;
  // The file's own head with another length: a small WAV file of the piece.
  const piece = Buffer.alloc(start + length);
  piece.set(head.subarray(0, start));
  piece.writeUInt32LE(length, start - 4);
  for (let read = 0; read < length;) {
    const position = start + from * frameBytes + read;
    const { bytesRead } = await file.read(piece, { offset: start + read, length: length - read, position });
    if (bytesRead === 0) throw new ControllerError("internal", "The sound file became shorter while it was read.");
    read += bytesRead;
  }
  const sound = readWav(piece);
  if (sound.ok) return sound.value;
  throw new ControllerError("internal", sound.message);
}

const greatestCommon = (a: number, b: number): number => (b === 0 ? a : greatestCommon(b, a % b));
