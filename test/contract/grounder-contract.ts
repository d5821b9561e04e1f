import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Frame } from "../../src/domain/frame.js";
import type { Grounder } from "../../src/ports/grounder.js";

export interface GrounderUnderTest {
  readonly grounder: Grounder;
  /** A picture with at least one thing that this grounder finds. */
  readonly frame: Frame;
  /** A picture without anything, if the grounder can be shown one. */
  readonly emptyFrame?: Frame;
}

/** What every grounder promises, whatever is behind it. */
export function describeGrounderContract(name: string, create: () => Promise<GrounderUnderTest>): void {
  describe(`grounder contract: ${name}`, () => {
    let subject: GrounderUnderTest;
    beforeEach(async () => {
      subject = await create();
    });
    afterEach(async () => {
      await subject.grounder.close();
    });

    it("has a name to show to people", () => {
      expect(subject.grounder.name).toMatch(/\S/);
    });

    it("finds things, best score first, with boxes inside the picture and scores that are probabilities", async () => {
      const groundings = await subject.grounder.ground(subject.frame, { phrases: ["green bag"] });

      expect(groundings.length).toBeGreaterThan(0);
      expect(groundings.map((g) => g.score)).toEqual(groundings.map((g) => g.score).sort((a, b) => b - a));
      for (const { label, box, score } of groundings) {
        expect(label).toMatch(/\S/);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
        for (const value of [box.x0, box.y0, box.x1, box.y1]) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
        expect(box.x1).toBeGreaterThan(box.x0);
        expect(box.y1).toBeGreaterThan(box.y0);
      }
    });

    it("gives binary masks over the box, and words with probabilities, best first", async () => {
      const groundings = await subject.grounder.ground(subject.frame, { phrases: [] });

      for (const mask of groundings.flatMap((g) => g.mask ?? [])) {
        expect(mask.data.length).toBe(mask.width * mask.height);
        expect(mask.data.every((value) => value === 0 || value === 1)).toBe(true);
      }
      for (const { kind, color, state } of groundings.flatMap((g) => g.attributes ?? [])) {
        for (const words of [kind, color, state ?? []]) {
          const probabilities = words.map(([, probability]) => probability);
          expect(probabilities).toEqual([...probabilities].sort((a, b) => b - a));
          expect(probabilities.every((p) => p >= 0 && p <= 1)).toBe(true);
          expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeLessThanOrEqual(1.0001);
        }
      }
    });

    it("answers the same picture the same way, and leaves the picture as it was", async () => {
      const before = subject.frame.rgb.slice();

      const first = await subject.grounder.ground(subject.frame, { phrases: [] });
      const second = await subject.grounder.ground(subject.frame, { phrases: [] });

      expect(second).toEqual(first);
      expect(Buffer.compare(Buffer.from(subject.frame.rgb), Buffer.from(before))).toBe(0);
    });

    it("finds nothing in a picture without anything", async (context) => {
      const { emptyFrame } = subject;
      if (!emptyFrame) return context.skip();

      expect(await subject.grounder.ground(emptyFrame, { phrases: [] })).toEqual([]);
    });

    it("rejects with `aborted` when it was called off before it began", async () => {
      const call = subject.grounder.ground(subject.frame, { phrases: [], signal: AbortSignal.abort() });

      await expect(call).rejects.toMatchObject({ code: "aborted" });
    });

    it("closes twice without complaint", async () => {
      await subject.grounder.close();

      await expect(subject.grounder.close()).resolves.toBeUndefined();
    });
  });
}
