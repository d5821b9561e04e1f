import { spawn, type ChildProcessByStdio } from "node:child_process";
import type { Readable } from "node:stream";
import { ControllerError } from "../../domain/errors.js";
import { fail, ok, type Result } from "../../domain/result.js";
import type { Sound } from "../../domain/speech/sound.js";
import { splitSpeech } from "../../domain/speech/split-speech.js";

export interface RecordOptions {
  readonly signal: AbortSignal;
  /** Recording ends after so many seconds, spoken or not. */
  readonly longestS?: number;
  /** ... or when it has been quiet for so long after speech. */
  readonly pauseS?: number;
  /** Programs to try, in order, each writing 16-bit mono at 16 kHz to its output. */
  readonly programs?: readonly Recorder[];
}

export interface Recorder {
  readonly program: string;
  readonly args: readonly string[];
}

const RATE_HZ = 16_000;
const RECORDERS: readonly Recorder[] = [
  { program: "arecord", args: ["-q", "-t", "raw", "-f", "S16_LE", "-r", "16000", "-c", "1", "-"] },
  {
    program: "ffmpeg",
    args: ["-loglevel", "error", "-f", process.platform === "darwin" ? "avfoundation" : "alsa"].concat(
      ["-i", process.platform === "darwin" ? ":0" : "default"],
      ["-ar", "16000", "-ac", "1", "-f", "s16le", "-"],
    ),
  },
];

/**
 * One utterance from this machine's microphone, through whichever recorder is installed. `unsupported` where there is none, or
 * no microphone that it can open. Rejects with `aborted` when called off.
 */
export async function recordMicrophone(options: RecordOptions): Promise<Result<Sound, "unsupported">> {
  const { signal, longestS = 20, pauseS = 1, programs = RECORDERS } = options;
  const tried: string[] = [];
  for (const recorder of programs) {
    const recorded = await record(recorder, { signal, longestS, pauseS });
    if (signal.aborted) throw new ControllerError("aborted", "Recording was called off.");
    if (recorded.ok) return recorded;
    tried.push(recorded.message);
  }
  return fail(
    "unsupported",
    `Listening needs a microphone, and arecord (alsa-utils) or ffmpeg to read it. ${tried.join(" ")} Give a file instead: --listen FILE.wav.`,
  );
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

function record(
  { program, args }: Recorder,
  { signal, longestS, pauseS }: Required<Pick<RecordOptions, "signal" | "longestS" | "pauseS">>,
): Promise<Result<Sound, "unsupported">> {
  return new Promise((resolve) => {
    const child: Child = spawn(program, [...args], { stdio: ["ignore", "pipe", "pipe"] });
    const chunks: Buffer[] = [];
    let bytes = 0;
    let checkedAt = 0;
    let said = "";
    const stop = (): void => void child.kill("SIGTERM");
    signal.addEventListener("abort", stop, { once: true });
    child.stderr.on("data", (text: Buffer) => (said += text.toString("utf8").slice(0, 300)));
    child.stdout.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      // Twice a second is often enough to notice that somebody has finished.
      if (bytes - checkedAt < RATE_HZ) return;
      checkedAt = bytes;
      const sound = toSound(chunks);
      const last = splitSpeech(sound).at(-1);
      const isOver = last !== undefined && sound.samples.length - last.end > pauseS * RATE_HZ;
      if (isOver || sound.samples.length >= longestS * RATE_HZ) stop();
    });
    child.on("error", (error: NodeJS.ErrnoException) =>
      resolve(
        fail("unsupported", error.code === "ENOENT" ? `${program} is not installed.` : `${program}: ${error.message}.`),
      ),
    );
    child.on("close", () => {
      signal.removeEventListener("abort", stop);
      if (bytes > 0) resolve(ok(toSound(chunks)));
      else resolve(fail("unsupported", `${program} recorded nothing${said === "" ? "" : ` ("${said.trim()}")`}.`));
    });
  });
}

function toSound(chunks: readonly Buffer[]): Sound {
  const pcm = Buffer.concat(chunks);
  const samples = Float32Array.from({ length: pcm.length >> 1 }, (_, i) => pcm.readInt16LE(2 * i) / 0x8000);
  return { samples, sampleRateHz: RATE_HZ };
}
