import { execFile } from "node:child_process";
import { ControllerError } from "../../domain/errors.js";
import { fail, ok, type Result } from "../../domain/result.js";
import { readWav } from "../../domain/speech/read-wav.js";
import type { Sound } from "../../domain/speech/sound.js";
import type { Speaker, SpeechFailure } from "../../ports/speaker.js";
import { joinSounds, phrasesOf } from "./phrases.js";
import { runProgram } from "./run-program.js";

export interface EspeakSpeakerOptions {
  /** A voice of espeak-ng, such as `en-us+f3`; default: the language's own. */
  readonly voice?: string;
  readonly wordsPerMinute?: number;
  /** The program; default: `espeak-ng` from the PATH. */
  readonly program?: string;
}

/** Languages by their usual names, where espeak-ng has another; anything else goes to it as it is. */
const VOICES: Readonly<Record<string, string>> = { en: "en-us", zh: "cmn", "zh-cn": "cmn", "zh-hans": "cmn" };
/** A name beside these characters could be an option. */
const NAME = /^[A-Za-z][A-Za-z0-9_+-]*$/;
const LARGEST_BYTES = 64 * 1024 * 1024;

/** espeak-ng as a program of its own, once a phrase: it speaks more than a hundred languages. */
export function createEspeakSpeaker(options: EspeakSpeakerOptions = {}): Speaker {
  const { voice: usual, wordsPerMinute = 160, program = "espeak-ng" } = options;
  const closed = new AbortController();

  const say = (text: string, voice: string, wpm: number, signal: AbortSignal): Promise<Result<Sound, SpeechFailure>> =>
    new Promise((resolve, reject) => {
      const args = ["-v", voice, "-s", String(Math.round(Math.max(80, Math.min(450, wpm)))), "--stdin", "--stdout"];
      const child = execFile(
        program,
        args,
        { encoding: "buffer", maxBuffer: LARGEST_BYTES, signal },
        (error, stdout, stderr) => {
          if (signal.aborted) return reject(new ControllerError("aborted", "Speaking was called off."));
          const said = stderr.toString("utf8").trim().slice(0, 200);
          if (error?.code === "ENOENT")
            return resolve(
              fail(
                "unsupported",
                `The program ${program} was not found. Install it (apt-get install espeak-ng), or set speaker flite.`,
              ),
            );
          if (/voice/i.test(said)) return resolve(fail("unknown-voice", `espeak-ng has no voice "${voice}": ${said}`));
          if (error) return resolve(fail("model-failed", `espeak-ng ended in an error: ${said || error.message}`));
          const sound = readWav(stdout);
          resolve(sound.ok ? sound : fail("model-failed", `espeak-ng gave no sound: ${sound.message}`));
        },
      );
      // A program that is not there, or that ends early, closes the pipe; the callback says why.
      child.stdin?.on("error", () => undefined);
      child.stdin?.end(text);
    });

  /** What the program lists: a heading, and the language in the second column. */
  const languages = async (signal: AbortSignal): Promise<string> => {
    const listed = await runProgram(program, { args: ["--voices"], input: "", signal, timeoutMs: 5_000 });
    const lines = listed.ok ? listed.value.toString("utf8").split("\n").slice(1) : [];
    const names = lines.flatMap((line) => line.trim().split(/\s+/)[1] ?? []);
    return names.length === 0 ? "see espeak-ng --voices." : `${[...new Set(names)].join(", ")}.`;
  };

  return {
    name: "espeak-ng",
    leavesMachine: false,
    async speak(text, { signal, language = "en", voice, speed = 1 }) {
      const tag = language.toLowerCase();
      const chosen = voice ?? usual ?? VOICES[tag] ?? VOICES[tag.split("-")[0]] ?? tag;
      if (!NAME.test(chosen))
        return fail("unknown-voice", `Expected the name of a voice, such as en-us+f3; found "${chosen}".`);
      const sounds: Sound[] = [];
      for (const phrase of phrasesOf(text)) {
        const spoken = await say(phrase, chosen, wordsPerMinute * speed, AbortSignal.any([signal, closed.signal]));
        if (!spoken.ok && spoken.code === "unknown-voice" && chosen === tag) {
          const names = await languages(signal);
          return fail("unsupported-language", `espeak-ng does not speak "${language}". It speaks: ${names}`);
        }
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
