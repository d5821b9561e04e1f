import { join } from "node:path";
import { openStopWatch, type StopWatchLink } from "../adapters/ears/index.js";
import { ControllerError } from "../domain/errors.js";
import { fail, ok, type Result } from "../domain/result.js";
import { readWav } from "../domain/speech/read-wav.js";
import { writeWav } from "../domain/speech/write-wav.js";
import type { Speaker, SpeechFailure } from "../ports/speaker.js";
import type { Transcript, TranscriptionFailure } from "../ports/transcriber.js";
import { createSpeaker, createTranscriber, type SpeechOptions } from "./create-speech.js";
import type { Launch } from "./launch/launch-schema.js";
import { packageRoot } from "./package-root.js";

export interface SpokenFile {
  readonly wav: Uint8Array;
  readonly speaker: string;
}

/** Ears and a voice for a robot that stays up. Each is loaded when it is first needed, and kept. */
export interface Voice {
  /** `stop` where a word to stop was heard in the sound: on board, before anything else, whoever transcribes. */
  hear(
    wav: Uint8Array,
    options: { signal: AbortSignal; language?: string },
  ): Promise<
    { readonly kind: "stop" } | { readonly kind: "words"; readonly result: Result<Transcript, TranscriptionFailure> }
  >;
  /** A WAV file of the text, and which speaker it came from. */
  speak(text: string, options: { signal: AbortSignal }): Promise<Result<SpokenFile, SpeechFailure>>;
  close(): Promise<void>;
}

/** Longer sounds are no command: they are refused before a model hears them. */
const LONGEST_S = 60;
const WORDS_TO_STOP = /^\s*(stop|halt|停|停下|停止|停下来)\s*[.!。！]?\s*$/iu;

export function createVoice(launch: Launch, options: Pick<SpeechOptions, "onNote"> = {}): Voice {
  let ears: ReturnType<typeof createTranscriber> | undefined;
  let speaker: ReturnType<typeof openSpeaker> | undefined;
  let watch: Promise<StopWatchLink> | undefined;

  return {
    async hear(wav, { signal, language }) {
      const sound = readWav(wav);
      if (!sound.ok) return { kind: "words", result: sound };
      const seconds = sound.value.samples.length / sound.value.sampleRateHz;
      if (seconds > LONGEST_S) {
        const message = `Expected at most ${LONGEST_S} s of sound, found ${Math.round(seconds)} s.`;
        return { kind: "words", result: fail("bad-sound", message) };
      }
      watch ??= openStopWatch({ modelDir: join(packageRoot(), "models", "ears") });
      if ((await (await watch).hear(sound.value, { signal })) !== undefined) return { kind: "stop" };
      ears ??= createTranscriber(launch, options);
      const result = await (
        await ears
      ).transcribe(sound.value, { signal, ...(language === undefined ? {} : { language }) });
      return result.ok && WORDS_TO_STOP.test(result.value.text) ? { kind: "stop" } : { kind: "words", result };
    },
    async speak(text, { signal }) {
      speaker ??= openSpeaker(launch, options);
      const language = /\p{Script=Han}/u.test(text) ? "zh" : "en";
      const opened = await speaker;
      if (!opened.ok) return opened;
      const spoken = await opened.value.speak(text, { signal, language });
      if (!spoken.ok) return spoken;
      return ok({ wav: writeWav(spoken.value), speaker: spoken.value.servedBy ?? opened.value.name });
    },
    async close() {
      // Ears that could not be had have been told of when they were wanted.
      await (await ears?.catch(() => undefined))?.close();
      await (await watch?.catch(() => undefined))?.close();
      const opened = await speaker;
      if (opened?.ok === true) await opened.value.close();
    },
  };
}

/** A robot whose voice may not be used, or cannot be had, works all the same; that it is silent is told once, with the reason. */
async function openSpeaker(
  launch: Launch,
  options: Pick<SpeechOptions, "onNote">,
): Promise<Result<Speaker, "unsupported">> {
  try {
    return ok(await createSpeaker(launch, options));
  } catch (error) {
    if (!(error instanceof ControllerError)) throw error;
    options.onNote?.("warning", `The robot has no voice. ${error.message}`);
    return fail("unsupported", error.message);
  }
}
