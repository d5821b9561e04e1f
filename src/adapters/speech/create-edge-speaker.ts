import { fail, ok } from "../../domain/result.js";
import { readWav } from "../../domain/speech/read-wav.js";
import type { Sound } from "../../domain/speech/sound.js";
import type { Speaker } from "../../ports/speaker.js";
import { byLanguage } from "./by-language.js";
import { joinSounds, phrasesOf } from "./phrases.js";
import { runProgram } from "./run-program.js";

export interface EdgeSpeakerOptions {
  /** A voice for each language, beside `en` and `zh`. `edge-tts --list-voices` lists them. */
  readonly voices?: Readonly<Record<string, string>>;
  /** Percent faster than the voice's own tempo; -50 to 100. */
  readonly ratePercent?: number;
  /** Milliseconds that one phrase may take. */
  readonly timeoutMs?: number;
  /** The program; default: `edge-tts` from the PATH. */
  readonly program?: string;
  /** Turns its MP3 into WAV; default: `ffmpeg` from the PATH. */
  readonly decoder?: string;
}

const VOICES: Readonly<Record<string, string>> = { en: "en-US-AriaNeural", zh: "zh-CN-XiaoxiaoNeural" };
/** A name beside these characters could be an option. */
const NAME = /^[A-Za-z][A-Za-z0-9-]*$/;
const DECODE = ["-loglevel", "error", "-f", "mp3", "-i", "pipe:0", "-f", "wav", "-ac", "1", "pipe:1"];

/** The `edge-tts` program, which sends the text to Microsoft's read-aloud service. Not an official interface: it may end any day. */
export function createEdgeSpeaker(options: EdgeSpeakerOptions = {}): Speaker {
  const { ratePercent = 0, timeoutMs = 30_000, program = "edge-tts", decoder = "ffmpeg" } = options;
  const voices = { ...VOICES, ...options.voices };
  const closed = new AbortController();

  async function say(text: string, voice: string, percent: number, signal: AbortSignal): ReturnType<Speaker["speak"]> {
    const rate = `--rate=${percent < 0 ? "" : "+"}${Math.round(percent)}%`;
    const mp3 = await runProgram(program, {
      args: ["--voice", voice, rate, "--file", "-"],
      input: text,
      signal,
      timeoutMs,
      // Python reads its input in the terminal's encoding otherwise, which a service does not have.
      env: { PYTHONIOENCODING: "utf-8" },
    });
    if (!mp3.ok) {
      switch (mp3.code) {
        case "not-installed":
          return fail("unsupported", `${mp3.message} Install it (pipx install edge-tts), or take another speaker.`);
        case "timeout":
          return fail("timeout", `${mp3.message} Check the network, or raise timeoutS.`);
        case "failed":
          return fail(
            /voice|NoAudioReceived/i.test(mp3.message) ? "unknown-voice" : "link-lost",
            `edge-tts got no sound: ${mp3.message}. Check the network and the voice ${voice}; a newer edge-tts may help.`,
          );
      }
    }
    const wav = await runProgram(decoder, { args: DECODE, input: mp3.value, signal, timeoutMs });
    if (!wav.ok && wav.code === "not-installed")
      return fail("unsupported", `${wav.message} edge-tts speaks MP3; install ffmpeg to turn it into samples.`);
    if (!wav.ok) return fail("model-failed", `What edge-tts gave is no MP3: ${wav.message}`);
    const sound = readWav(wav.value);
    return sound.ok ? sound : fail("model-failed", `What edge-tts gave is no sound: ${sound.message}`);
  }

  return {
    name: "edge-tts",
    leavesMachine: true,
    async speak(text, { signal, language = "en", voice, speed = 1 }) {
      const chosen = voice ?? byLanguage(voices, language);
      if (chosen === undefined)
        return fail(
          "unsupported-language",
          `edge-tts has voices for ${Object.keys(voices).join(", ")} here; "${language}" was asked for. Name one in voices.`,
        );
      if (!NAME.test(chosen))
        return fail("unknown-voice", `Expected the name of a voice, such as en-US-AriaNeural; found "${chosen}".`);
      const percent = Math.max(-50, Math.min(100, (100 + ratePercent) * speed - 100));
      const sounds: Sound[] = [];
      for (const phrase of phrasesOf(text)) {
        const spoken = await say(phrase, chosen, percent, AbortSignal.any([signal, closed.signal]));
        if (!spoken.ok) return spoken;
        sounds.push(spoken.value);
      }
      return ok({ ...joinSounds(sounds), voice: chosen });
    },
    async close() {
      closed.abort();
    },
  };
}
