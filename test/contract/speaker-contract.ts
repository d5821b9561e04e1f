import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Speaker } from "../../src/ports/speaker.js";

export interface SpeakerUnderTest {
  readonly speaker: Speaker;
  /** A language, BCP 47, that it does not speak; left out for one that takes any. */
  readonly foreign?: string;
  /** Ends what stands behind it. */
  readonly end?: () => Promise<void>;
}

const idle = { signal: new AbortController().signal };

/** What every speaker promises, whatever is behind it. */
export function describeSpeakerContract(name: string, create: () => Promise<SpeakerUnderTest>): void {
  describe(`speaker contract: ${name}`, () => {
    let subject: SpeakerUnderTest;
    beforeEach(async () => {
      subject = await create();
    });
    afterEach(async () => {
      await subject.speaker.close();
      await subject.end?.();
    });

    it("has a name, and turns a sentence into sound that can be heard", async () => {
      const { speaker } = subject;

      const result = await speaker.speak("The drawer is open.", { ...idle, language: "en" });

      if (!result.ok) throw new Error(result.message);
      const { samples, sampleRateHz } = result.value;
      expect(speaker.name).not.toBe("");
      expect(sampleRateHz).toBeGreaterThanOrEqual(8_000);
      expect(samples.length).toBeGreaterThan(sampleRateHz / 20);
      expect(samples.every((sample) => Math.abs(sample) <= 1)).toBe(true);
      expect(samples.some((sample) => Math.abs(sample) > 0.01)).toBe(true);
    });

    it("says nothing to a text of nothing, without an error", async () => {
      const result = await subject.speaker.speak(" \n", { ...idle, language: "en" });

      expect(result.ok && result.value.samples.every((sample) => sample === 0)).toBe(true);
    });

    it("says which language it does not speak, as a value", async () => {
      const { speaker, foreign } = subject;

      const result = await speaker.speak("Hei.", { ...idle, language: foreign ?? "en-GB" });

      const refusal = { ok: false, code: "unsupported-language" };
      expect(result).toMatchObject(foreign === undefined ? { ok: true } : refusal);
    });

    it("rejects with `aborted` when it was called off before it began", async () => {
      const call = subject.speaker.speak("The drawer is open.", { signal: AbortSignal.abort(), language: "en" });

      await expect(call).rejects.toMatchObject({ code: "aborted" });
    });

    it("closes twice without complaint", async () => {
      await subject.speaker.close();

      await expect(subject.speaker.close()).resolves.toBeUndefined();
    });
  });
}
