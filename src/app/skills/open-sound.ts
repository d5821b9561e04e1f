import { open } from "node:fs/promises";
import { fail, type Result } from "../../domain/result.js";
import type { SoundRef } from "../../domain/skill/media-ref.js";
import { readWav, wavLengthS } from "../../domain/speech/read-wav.js";
import type { Sound } from "../../domain/speech/sound.js";
import type { MediaFailure } from "../../skill-kit/index.js";
import { allowedPath, openFile, type FilePolicy } from "./open-file.js";

/** Three hours. Its samples would be some hundred megabytes. */
export const MAX_SOUND_S = 3 * 3600;
const HEAD_BYTES = 65_536;

/** A WAV file's sound. How long it is, is known by its head: a sound that is too long is never read. */
export async function openSound(ref: SoundRef, policy: FilePolicy): Promise<Result<Sound, MediaFailure>> {
  const tooLong = typeof ref === "string" ? await lookAtHead(ref, policy) : undefined;
  if (tooLong !== undefined) return tooLong;
  const file = await openFile(ref, policy);
  if (!file.ok) return file;
  const { bytes } = file.value;
  return judge(wavLengthS(bytes, bytes.length)) ?? readWav(bytes);
}

async function lookAtHead(path: string, policy: FilePolicy): Promise<Result<never, MediaFailure> | undefined> {
  const allowed = await allowedPath(path, policy);
  if (!allowed.ok) return allowed;
  const file = await open(allowed.value);
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(HEAD_BYTES, size)), { position: 0 });
    return judge(wavLengthS(buffer.subarray(0, bytesRead), size));
  } finally {
    await file.close();
  }
}

function judge(lengthS: Result<number | undefined, "bad-sound">): Result<never, MediaFailure> | undefined {
  if (!lengthS.ok) return lengthS;
  if ((lengthS.value ?? 0) <= MAX_SOUND_S) return undefined;
  return fail(
    "too-large",
    `The sound lasts ${Math.round((lengthS.value ?? 0) / 60)} minutes; at most ${MAX_SOUND_S / 60} are taken. Cut it into parts.`,
  );
}
