import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Camera } from "../../src/ports/camera.js";

/** What every camera must do. */
export function describeCameraContract(
  name: string,
  create: () => Promise<{ camera: Camera; close: () => Promise<void> }>,
): void {
  describe(`camera contract: ${name}`, () => {
    let camera: Camera;
    let close: () => Promise<void>;

    beforeAll(async () => ({ camera, close } = await create()));
    afterAll(() => close());

    it("delivers frames whose pixels, depth and intrinsics belong together", async () => {
      const frame = await camera.latest({ maxAgeMs: 10_000 });
      const pixels = frame.width * frame.height;

      expect(frame.camera).toBe(camera.name);
      expect(frame.rgb).toHaveLength(3 * pixels);
      expect(frame.depthM?.length).toBe(camera.hasDepth ? pixels : undefined);
      expect(frame.intrinsics.cx).toBeCloseTo(frame.width / 2, -2);
      expect(frame.intrinsics.fx).toBeGreaterThan(0);
      expect(Math.hypot(...frame.poseInBase.orientation)).toBeCloseTo(1, 6);
      expect(new Set(frame.rgb.subarray(0, 3000)).size).toBeGreaterThan(1);
    });

    it("measures depth that is finite and not negative", async () => {
      const { depthM } = await camera.latest({ maxAgeMs: 10_000 });

      expect((depthM ?? []).every((z) => Number.isFinite(z) && z >= 0)).toBe(true);
    });

    it("numbers frames upwards and never lends out the same pixels twice", async () => {
      const first = await camera.latest({ maxAgeMs: 10_000 });
      const second = await camera.latest({ maxAgeMs: 10_000 });

      expect(second.sequence).toBeGreaterThan(first.sequence);
      expect(second.capturedAtMs).toBeGreaterThanOrEqual(first.capturedAtMs);
      expect(second.rgb.buffer).not.toBe(first.rgb.buffer);
    });

    it("refuses a frame that is older than asked for", async () => {
      await expect(camera.latest({ maxAgeMs: -1 })).rejects.toMatchObject({ code: "stale-frame" });
    });

    it("closes twice without harm, and then says that it is unavailable", async () => {
      await camera.close();
      await camera.close();

      await expect(camera.latest({ maxAgeMs: 10_000 })).rejects.toMatchObject({ code: "camera-unavailable" });
    });
  });
}
