import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Sound, Transcriber } from "../../src/ports/transcriber.js";

export interface TranscriberUnderTest {
  readonly transcriber: Transcriber;
  /** Something that it can understand, and the words in it. */
  readonly speech: Sound;
  readonly words: RegExp;
  /** Ends what stands behind it. */
  readonly end?: () => Promise<void>;
}

const idle = { signal: new AbortController().signal };

/** What every transcriber promises, whatever is behind it. */
export function describeTranscriberContract(name: string, create: () => Promise<TranscriberUnderTest>): void {
  describe(`transcriber contract: ${name}`, () => {
    let subject: TranscriberUnderTest;
    beforeEach(async () => {
      subject = await create();
    });
    afterEach(async () => {
      await subject.transcriber.close();
      await subject.end?.();
    });

    it("has a name, and writes down what is said", async () => {
      const { transcriber, speech, words } = subject;

      const result = await transcriber.transcribe(speech, { ...idle, language: "en" });

      if (!result.ok) throw new Error(result.message);
      expect(transcriber.name).not.toBe("");
      expect(result.value.text).toMatch(words);
      const { confidence = 1 } = result.value;
      expect(confidence).toBeGreaterThanOrEqual(0);
      expect(confidence).toBeLessThanOrEqual(1);
    });

    it("never makes a sentence of silence", async () => {
      const silence = { samples: new Float32Array(32_000), sampleRateHz: 16_000 };

      expect(await subject.transcriber.transcribe(silence, idle)).toMatchObject({ ok: false, code: "nothing-said" });
    });

    it("refuses a sound without samples", async () => {
      const nothing = { samples: new Float32Array(0), sampleRateHz: 16_000 };

      expect(await subject.transcriber.transcribe(nothing, idle)).toMatchObject({ ok: false, code: "bad-sound" });
    });

    it("rejects with `aborted` when it was called off before it began", async () => {
      const call = subject.transcriber.transcribe(subject.speech, { signal: AbortSignal.abort() });

      await expect(call).rejects.toMatchObject({ code: "aborted" });
    });

    it("closes twice without complaint", async () => {
      await subject.transcriber.close();

      await expect(subject.transcriber.close()).resolves.toBeUndefined();
    });
  });
}
