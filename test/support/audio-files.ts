import { writeWav } from "../../src/domain/speech/write-wav.js";

export interface ToneOptions {
  readonly seconds: number;
  readonly sampleRateHz?: number;
  readonly hertz?: number;
  /** 0 for silence. */
  readonly amplitude?: number;
}

export function tone({ seconds, sampleRateHz = 16_000, hertz = 440, amplitude = 0.3 }: ToneOptions) {
  const samples = Float32Array.from(
    { length: Math.round(seconds * sampleRateHz) },
    (_, i) => amplitude * Math.sin((i / sampleRateHz) * 2 * Math.PI * hertz),
  );
  return { samples, sampleRateHz };
}

export const toneWav = (options: ToneOptions): Uint8Array<ArrayBuffer> => writeWav(tone(options));

/** A WAV file of two channels, 16 bits, the same tone in both. */
export function stereoWav(options: ToneOptions): Uint8Array<ArrayBuffer> {
  const { samples, sampleRateHz } = tone(options);
  const mono = writeWav({
    samples: Float32Array.from({ length: samples.length * 2 }, (_, i) => samples[i >> 1]),
    sampleRateHz,
  });
  const view = new DataView(mono.buffer);
  view.setUint16(22, 2, true);
  view.setUint32(28, sampleRateHz * 4, true);
  view.setUint16(32, 4, true);
  return mono;
}

/** Frames of MPEG-1 layer III at 128 kbit/s and 44.1 kHz with nothing in them: what an MP3 file looks like from outside. */
export function emptyMp3(frames = 40): Uint8Array {
  const frame = Buffer.alloc(417);
  frame.set([0xff, 0xfb, 0x90, 0x00]);
  return Buffer.concat(Array.from({ length: frames }, () => frame));
}
