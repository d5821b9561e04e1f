import { describe, expect, it } from "vitest";
import { readWavMedia } from "../../../test/support/read-media.js";
import { checkAudio } from "../../domain/speech/check-audio.js";
import { soundKind } from "../../domain/speech/sound-facts.js";
import { createScriptedMusic } from "./create-scripted-music.js";

const idle = { signal: new AbortController().signal, onProgress: () => undefined };

async function make(prompt: string, { seed, durationS = 4 }: { seed?: number; durationS?: number } = {}) {
  const wish = { prompt, durationS, format: "wav", ...(seed === undefined ? {} : { seed }) } as const;
  const made = await createScriptedMusic().make(wish, idle);
  if (!made.ok) throw new Error(made.message);
  return made.value.bytes;
}

describe("music by rules", () => {
  it.each(["a waltz", "a calm sad piano melody with rain", "欢快的钢琴曲", "three beeps", "wind", "anything at all"])(
    "is sound of the asked length: %s",
    async (prompt) => {
      const bytes = await make(prompt, { durationS: 4 });

      expect(checkAudio(bytes, { durationS: 4 })).toMatchObject({ ok: true, value: { durationS: 4 } });
      const { peak, rms } = readWavMedia(bytes);
      expect(peak).toBeLessThanOrEqual(0.91);
      expect(rms).toBeGreaterThan(0.02);
    },
  );

  it("is the same for the same words and seed, and another for another", async () => {
    const [one, again, other] = [
      await make("a tune", { seed: 1 }),
      await make("a tune", { seed: 1 }),
      await make("a tune", { seed: 2 }),
    ];

    expect(one).toEqual(again);
    expect(one).not.toEqual(other);
  });

  it.each([
    ["heavy rain", "noise"],
    ["大风", "noise"],
    ["alarm beeps", "tone"],
  ])("tells words apart: %s is %s", async (prompt, kind) => {
    expect(soundKind(readWavMedia(await make(prompt)))).toBe(kind);
  });

  it("makes 47 s, and WAV only", async () => {
    expect(readWavMedia(await make("a song", { durationS: 47 })).durationS).toBe(47);
    expect(await createScriptedMusic().make({ prompt: "a", durationS: 1, format: "mp3" }, idle)).toMatchObject({
      code: "unsupported",
    });
  });
});
