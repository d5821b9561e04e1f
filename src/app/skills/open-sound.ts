import { open, type FileHandle } from "node:fs/promises";
import { fail, ok, type Result } from "../../domain/result.js";
import type { SoundRef } from "../../domain/skill/media-ref.js";
import { readWav, wavLayout, type WavLayout } from "../../domain/speech/read-wav.js";
import type { Sound } from "../../domain/speech/sound.js";
import type { MediaFailure } from "../../skill-kit/index.js";
import { allowedPath, openFile, type FilePolicy } from "./open-file.js";
import { readLongSound } from "./read-long-sound.js";

/** Three hours: nearly 700 MB of samples. */
export const MAX_SOUND_S = 3 * 3600;
/** A longer sound is read piece by piece, and thinned to the rate of speech on the way. */
const LONG_S = 600;
const HEAD_BYTES = 65_536;

/** A WAV file's sound. How long it is, is known by its head: a sound that is too long is never read. */
export async function openSound(ref: SoundRef, policy: FilePolicy): Promise<Result<Sound, MediaFailure>> {
  if (typeof ref === "string") {
    const path = await allowedPath(ref, policy);
    if (!path.ok) return path;
    const file = await open(path.value);
    try {
      const long = await openLong(file);
      if (long !== undefined) return long;
    } finally {
      await file.close();
    }
  }
  const file = await openFile(ref, policy);
  if (!file.ok) return file;
  const { bytes } = file.value;
  const layout = wavLayout(bytes, bytes.length);
  if (!layout.ok) return layout;
  return tooLong(layout.value) ?? readWav(bytes);
}

/** Undefined for a sound that is read whole. */
async function openLong(file: FileHandle): Promise<Result<Sound, MediaFailure> | undefined> {
  const { size } = await file.stat();
  const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(HEAD_BYTES, size)), { position: 0 });
  const head = buffer.subarray(0, bytesRead);
  const layout = wavLayout(head, size);
  if (!layout.ok) return layout;
  const refused = tooLong(layout.value);
  if (refused !== undefined) return refused;
  if (layout.value === undefined || secondsOf(layout.value) <= LONG_S) return undefined;
  // A whole reading says better what is wrong with a file that is cut short.
  return layout.value.isWhole ? ok(await readLongSound(file, { head, layout: layout.value })) : undefined;
}

const secondsOf = ({ frames, sampleRateHz }: WavLayout): number => frames / sampleRateHz;

function tooLong(layout: WavLayout | undefined): Result<never, "too-large"> | undefined {
  if (layout === undefined || secondsOf(layout) <= MAX_SOUND_S) return undefined;
  return fail(
    "too-large",
    `The sound lasts ${Math.round(secondsOf(layout) / 60)} minutes; at most ${MAX_SOUND_S / 60} are taken. Cut it into parts.`,
  );
}
