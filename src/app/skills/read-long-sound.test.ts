import { mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stereoWav, toneWav } from "../../../test/support/audio-files.js";
import { readWav, wavLayout } from "../../domain/speech/read-wav.js";
import { resample } from "../../domain/speech/resample.js";
import { openSound } from "./open-sound.js";
import { readLongSound } from "./read-long-sound.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "handeye-long-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("a long sound", () => {
  it.each([
    ["48 kHz stereo", stereoWav({ seconds: 50, sampleRateHz: 48_000, hertz: 333 })],
    ["44.1 kHz", toneWav({ seconds: 45.123, sampleRateHz: 44_100, hertz: 333 })],
    ["8 kHz, which stays", toneWav({ seconds: 45, sampleRateHz: 8_000, hertz: 333 })],
  ])("read piece by piece is the same as read whole: %s", async (name, wav) => {
    const path = join(folder, `${name}.wav`);
    await writeFile(path, wav);
    const layout = wavLayout(wav, wav.length);
    const whole = readWav(wav);
    if (!layout.ok || layout.value === undefined || !whole.ok) throw new Error("no sound");
    const file = await open(path);
    const { samples, sampleRateHz } = await readLongSound(file, { head: wav.subarray(0, 100), layout: layout.value });
    await file.close();

    const expected = resample(whole.value, Math.min(16_000, whole.value.sampleRateHz));
    expect(sampleRateHz).toBe(expected.sampleRateHz);
    expect(samples.length).toBe(expected.samples.length);
    let worst = 0;
    samples.forEach((value, i) => (worst = Math.max(worst, Math.abs(value - expected.samples[i]))));
    expect(worst).toBeLessThan(1e-4);
  });

  it("of eleven minutes comes at 16 kHz, and one that ends early is refused", async () => {
    const seconds = 660;
    const path = join(folder, "long.wav");
    const head = toneWav({ seconds: 0.01, sampleRateHz: 32_000 }).subarray(0, 44);
    new DataView(head.buffer).setUint32(40, seconds * 64_000, true);
    const file = await open(path, "w");
    await file.write(head);
    await file.truncate(44 + seconds * 64_000);

    const long = await openSound(path, { from: "local", folders: [] });
    await file.truncate(44 + seconds * 63_000);
    const cut = await openSound(path, { from: "local", folders: [] });
    await file.close();

    expect(long.ok && long.value.sampleRateHz).toBe(16_000);
    expect(long.ok && long.value.samples.length).toBe(seconds * 16_000);
    expect(cut).toMatchObject({ ok: false, code: "bad-sound", message: expect.stringContaining("cut short") });
  });
});
