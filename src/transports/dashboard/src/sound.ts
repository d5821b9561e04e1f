import { writeWav } from "../../../domain/speech/write-wav.js";
import { unframeSound } from "../../../domain/remote/index.js";

const RATE_HZ = 16_000;
/** A button that is never let go must not fill the memory. */
const MOST_SECONDS = 30;

export interface Recording {
  /** How much has been taken so far. */
  readonly seconds: () => number;
  /** 16-bit mono WAV; undefined when it is too short to hold a word. */
  finish(): Promise<Uint8Array | undefined>;
}

/** Rejects when the person or the browser refuses the microphone. */
export async function startRecording(): Promise<Recording> {
  const audio = { echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: 1 };
  const stream = await navigator.mediaDevices.getUserMedia({ audio });
  const context = new AudioContext({ sampleRate: RATE_HZ });
  await context.audioWorklet.addModule("/take-worklet.js");
  const parts: Float32Array[] = [];
  let count = 0;
  const node = new AudioWorkletNode(context, "take");
  node.port.onmessage = ({ data }: MessageEvent<Float32Array>) => {
    if (count >= MOST_SECONDS * RATE_HZ) return;
    parts.push(data);
    count += data.length;
  };
  context.createMediaStreamSource(stream).connect(node);
  return {
    seconds: () => count / RATE_HZ,
    async finish() {
      stream.getTracks().forEach((track) => track.stop());
      await context.close();
      return count < RATE_HZ / 5 ? undefined : toWav(parts, count);
    },
  };
}

function toWav(parts: readonly Float32Array[], count: number): Uint8Array {
  const samples = new Float32Array(count);
  let at = 0;
  for (const part of parts) {
    samples.set(part, at);
    at += part.length;
  }
  return writeWav({ samples, sampleRateHz: RATE_HZ });
}

let playing: HTMLAudioElement | undefined;

/** What the robot says, the newest first: a new sentence ends the old one. A browser that allows no sound yet stays silent. */
export function play(payload: Uint8Array): void {
  const sound = unframeSound(payload);
  if (sound === undefined) return;
  playing?.pause();
  const url = URL.createObjectURL(new Blob([Uint8Array.from(sound.wav)], { type: "audio/wav" }));
  playing = new Audio(url);
  playing.onended = () => URL.revokeObjectURL(url);
  playing.play().catch(() => undefined);
}
