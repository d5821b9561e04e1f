import { describe, expect, it } from "vitest";
import { boxFromCenter, overlapOf, withoutDoubles } from "./boxes.js";
import { decodeOwl } from "./owlv2/decode-owl.js";
import { decodeTable } from "./table-transformer/decode-table.js";

const box = (x0: number, y0: number, x1: number, y1: number) => ({ x0, y0, x1, y1 });

describe("boxes", () => {
  it("are cut off at the picture, and gone where they have no area or are no numbers", () => {
    expect(boxFromCenter(0.1, 0.5, 0.4, 0.5)).toEqual(box(0, 0.25, expect.closeTo(0.3) as number, 0.75));
    expect(boxFromCenter(1.5, 0.5, 0.4, 0.5)).toBeUndefined();
    expect(boxFromCenter(Number.NaN, 0.5, 0.4, 0.5)).toBeUndefined();
  });

  it("overlap by their intersection over their union", () => {
    expect(overlapOf(box(0, 0, 2, 2), box(1, 0, 3, 2))).toBeCloseTo(1 / 3);
    expect(overlapOf(box(0, 0, 1, 1), box(1, 0, 2, 1))).toBe(0);
  });

  it("are kept once for each thing: the best of one phrase, and of one place", () => {
    const found = [
      { phrase: "cup", box: box(0, 0, 0.9, 1), score: 0.5 },
      { phrase: "cup", box: box(0, 0, 1, 1), score: 0.9 },
      { phrase: "mug", box: box(0, 0, 1, 0.98), score: 0.7 },
      { phrase: "handle", box: box(0.5, 0, 1, 1), score: 0.6 },
    ];

    expect(withoutDoubles(found, 0.7).map(({ phrase, score }) => [phrase, score])).toEqual([
      ["cup", 0.9],
      ["handle", 0.6],
    ]);
  });
});

describe("OWLv2's boxes", () => {
  it("count in the padded square, by the longer side on both axes", () => {
    const [found] = decodeOwl(
      { logits: Float32Array.from([2]), boxes: Float32Array.from([0.5, 0.375, 0.2, 0.15]) },
      ["mug"],
      {
        width: 640,
        height: 480,
        boxThreshold: 0.2,
        padded: true,
      },
    );

    expect(found.box.x0).toBeCloseTo(0.4);
    expect(found.box.y0).toBeCloseTo(0.4);
    expect(found.box.y1).toBeCloseTo(0.6);
  });

  it("in the padding are none of the picture's", () => {
    const options = { width: 640, height: 480, boxThreshold: 0.2, padded: true };

    expect(
      decodeOwl({ logits: Float32Array.from([2]), boxes: Float32Array.from([0.5, 0.9, 0.2, 0.1]) }, ["mug"], options),
    ).toEqual([]);
  });

  it("score no better than there being anything", () => {
    const outputs = {
      logits: Float32Array.from([3, -3, -3, 3]),
      boxes: Float32Array.from([0.3, 0.3, 0.2, 0.2, 0.6, 0.6, 0.2, 0.2]),
      objectness: Float32Array.from([2, -4]),
    };
    const found = decodeOwl(outputs, ["mug", "can"], { width: 10, height: 10, boxThreshold: 0.2, padded: true });

    expect(found.map(({ phrase, score }) => [phrase, Number(score.toFixed(3))])).toEqual([["mug", 0.881]]);
  });
});

describe("classes of table parts", () => {
  it("are the most probable ones but the last, which means nothing", () => {
    const logits = Float32Array.from([5, 0, 0, 0, 1, 6, 0, 4, 0, 0.2, 0, 0]);
    const boxes = Float32Array.from(Array.from({ length: 16 }, () => 0.5));

    const found = decodeTable(logits, boxes, { labels: ["table row", "table column"], scoreThreshold: 0.5 });

    expect(found.map(({ label }) => label)).toEqual(["table row", "table column"]);
    expect(found[0].score).toBeCloseTo(Math.exp(5) / (Math.exp(5) + 2), 5);
  });
});
