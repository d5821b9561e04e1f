import { describe, expect, it } from "vitest";
import { frameCamera, frameDepth, frameSound, thinDepth, unframeCamera, unframeDepth, unframeSound } from "./index.js";

describe("framing", () => {
  it("gives a picture back with its time and number", () => {
    const jpeg = Uint8Array.of(0xff, 0xd8, 7);

    expect(unframeCamera(frameCamera(1_767_225_600_123, 4_294_967_295, jpeg))).toEqual({
      timeMs: 1_767_225_600_123,
      sequence: 4_294_967_295,
      jpeg,
    });
  });

  it("gives a sound back with its header, whatever the header's letters", () => {
    const framed = unframeSound(frameSound({ operator: "王" }, Uint8Array.of(1, 2)));

    expect(framed?.header).toBe('{"operator":"王"}');
    expect(framed?.wav).toEqual(Uint8Array.of(1, 2));
  });

  it("gives depth back in millimetres, with no reading where there was none", () => {
    const depthM = Float32Array.of(0.5, 0, Number.NaN, 1.2345);
    const thin = thinDepth(depthM, 2, 2, 1);

    expect([...(unframeDepth(frameDepth(1, 2, thin))?.mm ?? [])]).toEqual([500, 0, 0, 1235]);
  });

  it.each([0, 3, 11, 15, 17])("takes %i bytes for nothing", (length) => {
    const bytes = new Uint8Array(length).fill(255);

    expect(unframeCamera(bytes)).toBeUndefined();
    expect(unframeDepth(bytes)).toBeUndefined();
    expect(unframeSound(bytes)).toBeUndefined();
  });
});
