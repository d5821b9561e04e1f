import { describe, expect, it } from "vitest";
import { atSpeed, SURE, surestOf } from "./tapes.js";

describe("a tape at other speeds", () => {
  it("is shorter and higher when it is faster", () => {
    const tone = Float32Array.from({ length: 1_600 }, (_, i) => Math.sin((2 * Math.PI * 100 * i) / 16_000));
    const faster = atSpeed(tone, 1.25);

    expect(faster).toHaveLength(1_280);
    for (const i of [0, 100, 640, 1_279]) expect(faster[i]).toBeCloseTo(Math.sin((2 * Math.PI * 125 * i) / 16_000), 3);
    expect(atSpeed(tone, 1)).toBe(tone);
  });
});

describe("the surest of several", () => {
  const hear =
    (confidences: Readonly<Record<number, number>>, asked: number[]) =>
    async (speed: number): Promise<{ speed: number; confidence: number }> => {
      asked.push(speed);
      return Promise.resolve({ speed, confidence: confidences[speed] });
    };

  it("is the one with the highest confidence", async () => {
    const asked: number[] = [];

    expect(await surestOf([1, 2, 3], hear({ 1: 0.2, 2: 0.8, 3: 0.5 }, asked))).toMatchObject({ speed: 2 });
    expect(asked).toEqual([1, 2, 3]);
  });

  it("is the first that is sure", async () => {
    const asked: number[] = [];

    expect(await surestOf([1, 2, 3], hear({ 1: 0.2, 2: SURE, 3: 1 }, asked))).toMatchObject({ speed: 2 });
    expect(asked).toEqual([1, 2]);
  });
});
