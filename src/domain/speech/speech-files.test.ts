import { describe, expect, it } from "vitest";
import { emptyMp3, stereoWav, tone, toneWav } from "../../../test/support/audio-files.js";
import { readWavMedia } from "../../../test/support/read-media.js";
import { checkAudio, formatOf } from "./check-audio.js";
import { joinSounds } from "./join-sounds.js";
import { languageOf } from "./language-of.js";
import { markWav } from "./mark-wav.js";
import { readWav, wavLayout } from "./read-wav.js";
import { splitText } from "./split-text.js";

const INFO = { software: "Handeye", comment: "Made from text. 由文字生成。" };

describe("what a WAV file says of itself", () => {
  it.each([
    ["one channel", toneWav({ seconds: 1 })],
    ["two channels of 48 kHz", stereoWav({ seconds: 1, sampleRateHz: 48_000 })],
    ["an odd number of bytes", oddWav()],
  ])("is added behind the samples of %s, which stay as they are", (_, wav) => {
    const marked = markWav(wav, INFO);

    const [before, after] = [readWavMedia(wav), readWavMedia(marked)];
    expect(after.info).toEqual({ ISFT: INFO.software, ICMT: INFO.comment });
    expect(after.samples).toEqual(before.samples);
    expect(new DataView(marked.buffer).getUint32(4, true)).toBe(marked.length - 8);
  });

  it("closes a length that a pipe left open", () => {
    const wav = toneWav({ seconds: 1 });
    new DataView(wav.buffer).setUint32(40, 0xffff_ffff, true);

    expect(readWavMedia(markWav(wav, INFO)).durationS).toBe(1);
  });

  function oddWav(): Uint8Array<ArrayBuffer> {
    const wav = new Uint8Array(44 + 4001);
    wav.set(toneWav({ seconds: 1 }).subarray(0, 44));
    const view = new DataView(wav.buffer);
    view.setUint32(28, 16_000, true);
    view.setUint16(32, 1, true);
    view.setUint16(34, 8, true);
    view.setUint32(40, 4001, true);
    wav.fill(200, 44);
    return wav;
  }
});

describe("how long a WAV file is", () => {
  it("and where its samples lie is known by its first bytes", () => {
    const wav = stereoWav({ seconds: 2, sampleRateHz: 48_000 });

    expect(wavLayout(wav.subarray(0, 100), wav.length)).toEqual({
      ok: true,
      value: { start: 44, frameBytes: 4, frames: 96_000, sampleRateHz: 48_000, isWhole: true },
    });
    expect(wavLayout(wav.subarray(0, 100), 144)).toMatchObject({ value: { frames: 25, isWhole: false } });
  });

  it("goes to the file's end where the header leaves it open", () => {
    const wav = toneWav({ seconds: 1 });
    new DataView(wav.buffer).setUint32(40, 0, true);

    expect(wavLayout(wav.subarray(0, 44), 44 + 32_000 * 60)).toMatchObject({
      value: { frames: 16_000 * 60, isWhole: true },
    });
  });

  it("is not known where the head holds no samples yet, and fails for what is no WAV file", () => {
    const wav = toneWav({ seconds: 1 });

    expect(wavLayout(wav.subarray(0, 30), wav.length)).toEqual({ ok: true, value: undefined });
    expect(wavLayout(wav.subarray(0, 30), 30)).toMatchObject({ ok: false, code: "bad-sound" });
    expect(wavLayout(new TextEncoder().encode("dear diary, today"), 17)).toMatchObject({ code: "bad-sound" });
    expect(wavLayout(new Uint8Array(), 0)).toMatchObject({ code: "bad-sound" });
    expect(readWav(new Uint8Array())).toMatchObject({ code: "bad-sound" });
  });
});

describe("what a server calls audio", () => {
  it("is told by its bytes", () => {
    expect(formatOf(toneWav({ seconds: 1 }))).toBe("wav");
    expect(formatOf(emptyMp3())).toBe("mp3");
    expect(formatOf(new TextEncoder().encode("ID3\u0004 and a tag"))).toBe("mp3");
    expect(formatOf(new TextEncoder().encode("fLaC and more"))).toBe("flac");
    expect(formatOf(new TextEncoder().encode("OggS and more"))).toBe("ogg");
    // UTF-16 text begins with ones, too.
    expect(formatOf(new Uint8Array([0xff, 0xfe, 0x41, 0x00]))).toBeUndefined();
    expect(formatOf(new Uint8Array())).toBeUndefined();
  });

  it("is decoded and measured where it is a WAV file", () => {
    expect(checkAudio(stereoWav({ seconds: 2, sampleRateHz: 44_100 }), { durationS: 2 })).toEqual({
      ok: true,
      value: { format: "wav", durationS: 2, sampleRateHz: 44_100 },
    });
    expect(checkAudio(emptyMp3())).toEqual({ ok: true, value: { format: "mp3" } });
  });

  it.each([
    ["silence", toneWav({ seconds: 2, amplitude: 0 }), /silence/],
    ["a whisper that nobody hears", toneWav({ seconds: 2, amplitude: 0.0003 }), /silence/],
    ["too short", toneWav({ seconds: 0.5 }), /about 2 s of sound, found 0\.5 s/],
    ["too long", toneWav({ seconds: 5 }), /about 2 s/],
    ["half a file", toneWav({ seconds: 2 }).subarray(0, 30_000), /cut short/],
    ["a page", new TextEncoder().encode("<!doctype html><title>Hi</title>"), /begin with "<!doctype/],
    ["nothing", new Uint8Array(), /no bytes/],
    ["the beginning of an MP3", emptyMp3().subarray(0, 100), /100 bytes/],
  ])("is refused when it is %s", (_, bytes, words) => {
    expect(checkAudio(bytes, { durationS: 2 })).toMatchObject({
      ok: false,
      code: "bad-answer",
      message: expect.stringMatching(words),
    });
  });
});

describe("text for a speaker", () => {
  it("is cut behind sentences, Chinese ones too, and no character is cut in two", () => {
    const chinese = "抽屉已经打开。".repeat(20);

    const pieces = splitText(chinese, { longest: 50 });
    const faces = splitText("😀".repeat(30), { longest: 11 });

    expect(pieces.join("")).toBe(chinese);
    expect(pieces.every((piece) => piece.length <= 50 && piece.endsWith("。"))).toBe(true);
    expect(faces.join("")).toBe("😀".repeat(30));
    expect(faces.some((piece) => /\p{Cs}/u.test(piece))).toBe(false);
  });

  it.each([
    ["The drawer is open.", "en"],
    ["打开抽屉", "zh"],
    ["Open the 抽屉", "zh"],
    ["引き出しを開けて", "ja"],
    ["서랍을 열어", "ko"],
    ["Открой ящик", "ru"],
    ["12 345", "en"],
  ])("%s is %s by its script", (text, language) => {
    expect(languageOf(text)).toBe(language);
  });
});

describe("sounds one after the other", () => {
  it("have a gap between them, and the first one's rate", () => {
    const joined = joinSounds([tone({ seconds: 1 }), tone({ seconds: 1, sampleRateHz: 8_000 })], { gapS: 0.5 });

    expect(joined.sampleRateHz).toBe(16_000);
    expect(joined.samples.length).toBe(40_000);
    expect(joined.samples.slice(16_000, 24_000).every((sample) => sample === 0)).toBe(true);
    expect(Math.max(...joined.samples.slice(24_000))).toBeGreaterThan(0.2);
  });
});
