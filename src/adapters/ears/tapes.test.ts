import { describe, expect, it } from "vitest";
import { atSpeed } from "./tapes.js";

describe("a tape at other speeds", () => {
  it("is shorter and higher when it is faster", () => {
    const tone = Float32Array.from({ length: 1_600 }, (_, i) => Math.sin((2 * Math.PI * 100 * i) / 16_000));
    const faster = atSpeed(tone, 1.25);

    expect(faster).toHaveLength(1_280);
    for (const i of [0, 100, 640, 1_279]) expect(faster[i]).toBeCloseTo(Math.sin((2 * Math.PI * 125 * i) / 16_000), 3);
    expect(atSpeed(tone, 1)).toBe(tone);
  });
});
