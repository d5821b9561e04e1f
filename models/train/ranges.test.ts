import { describe, expect, it } from "vitest";
import { rangeOf } from "./ranges.js";

describe("the range of what a layer gives", () => {
  it("is all of it where there are few values", () => {
    expect(rangeOf(Float32Array.of(3, -1, 2))).toEqual([-1, 3]);
  });

  it("leaves out as many of the greatest and of the least as it is told", () => {
    const values = Float32Array.from({ length: 100 }, (_, i) => (i === 40 ? 1e6 : i === 50 ? -1e6 : i));

    expect(rangeOf(values, 0.01)).toEqual([0, 99]);
  });
});
