import { readFile } from "node:fs/promises";
import { recordMicrophone } from "../adapters/speech/index.js";
import { ControllerError } from "../domain/errors.js";
import type { Result } from "../domain/result.js";
import { readWav } from "../domain/speech/read-wav.js";
import type { Sound } from "../domain/speech/sound.js";
import type { Transcript, TranscriptionFailure } from "../ports/transcriber.js";
import { createTranscriber } from "./create-speech.js";
import type { Launch } from "./launch/launch-schema.js";

/** Larger files are no spoken instruction. */
const LARGEST_BYTES = 512 * 1024 * 1024;

export interface Heard {
  /** Who wrote it down. */
  readonly transcriber: string;
  readonly result: Result<Transcript, TranscriptionFailure>;
}

/** An instruction from a sound file, or from the microphone (`mic`), by the ears that the launch file names. */
export async function listen(source: string, launch: Launch, options: { signal: AbortSignal }): Promise<Heard> {
  const sound = source === "mic" ? await recordMicrophone(options) : readWav(await readSoundFile(source));
  if (!sound.ok) return { transcriber: launch.speech.transcriber.type, result: sound };
  return transcribe(sound.value, launch, options);
}

async function transcribe(sound: Sound, launch: Launch, options: { signal: AbortSignal }): Promise<Heard> {
  const transcriber = await createTranscriber(launch);
  try {
    return { transcriber: transcriber.name, result: await transcriber.transcribe(sound, options) };
  } finally {
    await transcriber.close();
  }
}

async function readSoundFile(path: string): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw new ControllerError("bad-input", `The sound file ${path} cannot be read. Check its name; "mic" listens.`, {
      cause,
    });
  }
  if (bytes.length <= LARGEST_BYTES) return bytes;
  throw new ControllerError("bad-input", `${path} has ${bytes.length} bytes; expected a spoken instruction.`);
}
