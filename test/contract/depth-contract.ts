import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Frame } from "../../src/domain/frame.js";
import type { DepthEstimator } from "../../src/ports/depth-estimator.js";

export interface DepthUnderTest {
  readonly depth: DepthEstimator;
  readonly frame: Frame;
}

/** What every depth estimator promises, whatever is behind it. */
export function describeDepthContract(name: string, create: () => Promise<DepthUnderTest>): void {
  describe(`depth contract: ${name}`, () => {
    let subject: DepthUnderTest;
    beforeEach(async () => {
      subject = await create();
    });
    afterEach(async () => {
      await subject.depth.close();
    });

    it("gives finite, non-negative metres for every cell of its map, and says where they came from", async () => {
      const { width, height, depthM, source } = await subject.depth.estimate(subject.frame);

      expect(depthM.length).toBe(width * height);
      expect(width).toBeGreaterThan(0);
      expect(depthM.every((metres) => metres >= 0 && Number.isFinite(metres))).toBe(true);
      expect(depthM.some((metres) => metres > 0)).toBe(true);
      expect(["sensor", "model", "oracle"]).toContain(source);
    });

    it("keeps the picture's proportions", async () => {
      const { width, height } = await subject.depth.estimate(subject.frame);

      expect(width / height).toBeCloseTo(subject.frame.width / subject.frame.height, 1);
    });

    it("answers the same picture the same way", async () => {
      const first = await subject.depth.estimate(subject.frame);
      const second = await subject.depth.estimate(subject.frame);

      expect(second).toEqual(first);
    });

    it("rejects with `aborted` when it was called off before it began", async () => {
      const call = subject.depth.estimate(subject.frame, { signal: AbortSignal.abort() });

      await expect(call).rejects.toMatchObject({ code: "aborted" });
    });

    it("closes twice without complaint", async () => {
      await subject.depth.close();

      await expect(subject.depth.close()).resolves.toBeUndefined();
    });
  });
}
