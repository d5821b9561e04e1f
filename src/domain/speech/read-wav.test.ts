import { describe, expect, it } from "vitest";
import { readWav } from "./read-wav.js";
import { writeWav } from "./write-wav.js";

const FRAMES = [0, 0.5, -0.5, 0.25, -1];

/** A WAV file of these frames, each repeated in every channel. */
function wav(
  { code, bits, channels = 1, rateHz = 16_000 }: { code: number; bits: number; channels?: number; rateHz?: number },
  frames: readonly number[] = FRAMES,
): Uint8Array {
  const bytes = bits / 8;
  const data = Buffer.alloc(frames.length * channels * bytes);
  frames.forEach((value, i) => {
    for (let channel = 0; channel < channels; channel++) {
      const at = (i * channels + channel) * bytes;
      if (code === 3 && bits === 32) data.writeFloatLE(value, at);
      else if (code === 3) data.writeDoubleLE(value, at);
      else if (bits === 8) data.writeUInt8(Math.round(value * 127) + 128, at);
      else data.writeIntLE(Math.round(value * (2 ** (bits - 1) - 1)), at, bytes);
    }
  });
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(code, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(rateHz, 24);
  head.writeUInt32LE(rateHz * channels * bytes, 28);
  head.writeUInt16LE(channels * bytes, 32);
  head.writeUInt16LE(bits, 34);
  head.write("data", 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}

const samplesOf = (bytes: Uint8Array): readonly number[] => {
  const read = readWav(bytes);
  if (!read.ok) throw new Error(read.message);
  return [...read.value.samples];
};
const refusalOf = (bytes: Uint8Array): string => {
  const read = readWav(bytes);
  return read.ok ? "read" : `${read.code}: ${read.message}`;
};

describe("readWav", () => {
  it.each([
    [1, 8],
    [1, 16],
    [1, 24],
    [1, 32],
    [3, 32],
    [3, 64],
  ])("reads format %i of %i bits", (code, bits) => {
    const samples = samplesOf(wav({ code, bits }));

    expect(samples).toHaveLength(FRAMES.length);
    for (const [i, value] of FRAMES.entries()) expect(samples[i]).toBeCloseTo(value, bits === 8 ? 1 : 4);
  });

  it("averages channels and keeps the rate", () => {
    const read = readWav(wav({ code: 1, bits: 16, channels: 2, rateHz: 48_000 }));

    expect(read).toMatchObject({ ok: true, value: { sampleRateHz: 48_000 } });
    expect(samplesOf(wav({ code: 1, bits: 16, channels: 6 }))).toHaveLength(FRAMES.length);
  });

  it("reads what writeWav wrote", () => {
    const samples = Float32Array.from(FRAMES);

    const read = samplesOf(writeWav({ samples, sampleRateHz: 22_050 }));

    for (const [i, value] of FRAMES.entries()) expect(read[i]).toBeCloseTo(value, 3);
  });

  it("passes over chunks that it does not know, odd ones too", () => {
    const plain = Buffer.from(wav({ code: 1, bits: 16 }));
    const note = Buffer.from("LIST\x03\x00\x00\x00abc\x00", "latin1");

    expect(samplesOf(Buffer.concat([plain.subarray(0, 36), note, plain.subarray(36)]))).toHaveLength(FRAMES.length);
  });

  it("takes a header that was written before the length was known", () => {
    const piped = Buffer.from(wav({ code: 1, bits: 16 }));
    piped.writeUInt32LE(0xffff_ffff, 40);

    expect(samplesOf(piped)).toHaveLength(FRAMES.length);
  });

  it("makes silence of numbers that are none, and keeps float samples within full scale", () => {
    expect(samplesOf(wav({ code: 3, bits: 32 }, [Number.NaN, 7, -7]))).toEqual([0, 1, -1]);
  });

  it.each([
    ["no bytes", new Uint8Array(), "zero bytes"],
    ["an MP3", Buffer.from("ID3\x04 and something behind it"), 'begins with "ID3."'],
    ["a file cut in its samples", wav({ code: 1, bits: 16 }).subarray(0, 48), "4 of the 10 bytes"],
    ["a file cut in its header", wav({ code: 1, bits: 16 }).subarray(0, 30), "a header without samples"],
    ["a header without samples", wav({ code: 1, bits: 16 }, []), "no samples"],
    ["a compressed format", wav({ code: 85, bits: 16 }), "format 85"],
    ["an impossible rate", wav({ code: 1, bits: 16, rateHz: 3 }), "3 samples a second"],
  ])("refuses %s, and says what it found", (_, bytes, words) => {
    expect(refusalOf(bytes)).toContain("bad-sound");
    expect(refusalOf(bytes)).toContain(words);
  });
});
