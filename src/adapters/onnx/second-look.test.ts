import { describe, expect, it } from "vitest";
import { COLORS, DRAWER_STATES, KINDS } from "../../domain/vocabulary.js";
import type { Candidate } from "./decode-centers.js";
import { eyesParametersSchema } from "./eyes-parameters.js";
import { MASK_PX, squareAround } from "./look-square.js";
import { drawLooks, readLooks, type LookOutputs } from "./second-look.js";

const FRAME = { width: 640, height: 480 };
const PARAMETERS = eyesParametersSchema.parse({});
const LIGHT = [0.5, 0.4, 0.3, 0.9, 0.8, 0.7];
const BOX: Candidate = { group: 0, score: 0.9, x0: 100, y0: 100, x1: 150, y1: 160 };

interface Reading {
  readonly kind: (typeof KINDS)[number];
  readonly color?: (typeof COLORS)[number];
  readonly state?: (typeof DRAWER_STATES)[number];
  readonly real?: number;
  /** Whether the cell with its middle at (x, y) of the frame shows the thing. */
  readonly shows?: (x: number, y: number) => boolean;
}

/** Outputs as the graph would give them for these readings of these boxes. */
function outputsOf(candidates: readonly Candidate[], readings: readonly Reading[]): LookOutputs {
  const oneHot = (labels: readonly string[], word: string | undefined): number[] =>
    labels.map((label) => (label === word ? 5 : 0));
  return {
    kind: Float32Array.from(readings.flatMap(({ kind }) => oneHot(KINDS, kind))),
    color: Float32Array.from(readings.flatMap(({ color }) => oneHot(COLORS, color))),
    state: Float32Array.from(readings.flatMap(({ state }) => oneHot(DRAWER_STATES, state))),
    real: Float32Array.from(readings.map(({ real }) => real ?? 5)),
    mask: Float32Array.from(
      readings.flatMap(({ shows = () => true }, i) => {
        const { x, y, side } = squareAround(candidates[i]);
        return Array.from({ length: MASK_PX * MASK_PX }, (_, cell) => {
          const u = x + (((cell % MASK_PX) + 0.5) / MASK_PX) * side;
          const v = y + ((Math.floor(cell / MASK_PX) + 0.5) / MASK_PX) * side;
          return shows(u, v) ? 4 : -4;
        });
      }),
    ),
  };
}

const read = (candidates: readonly Candidate[], readings: readonly Reading[], parameters = PARAMETERS) =>
  readLooks(candidates, outputsOf(candidates, readings), { ...FRAME, parameters });

describe("second look", () => {
  it("cuts a square 1.4 times the longer side, at least 24 pixels, and says how large it is in metres", () => {
    const picture = { ...FRAME, rgb: new Uint8Array(640 * 480 * 3).fill(51) };
    const small: Candidate = { group: 2, score: 1, x0: 10, y0: 10, x1: 14, y1: 16 };

    const { crops, info } = drawLooks(picture, [BOX, small], { fx: 400, light: LIGHT, depthOf: () => 1.2 });

    expect(squareAround(BOX)).toEqual({ x: 83, y: 88, side: 84 });
    expect(squareAround(small)).toEqual({ x: 0, y: 1, side: 24 });
    expect(crops).toHaveLength(2 * 3 * 64 * 64);
    expect(crops.every((value) => Math.abs(value - 0.2) < 1e-6)).toBe(true);
    expect([...info]).toEqual(
      [Math.log((84 / 400) * 1.2), 0, 1.2, ...LIGHT, Math.log((24 / 400) * 1.2), 1, 1.2, ...LIGHT].map(Math.fround),
    );
  });

  it("puts kind, colour and score into words and one number", () => {
    const [thing] = read([BOX], [{ kind: "bag", color: "green", real: 2 }]);

    expect(thing.label).toBe("green bag");
    expect(thing.attributes?.kind[0]).toEqual(["bag", expect.closeTo(Math.exp(5) / (Math.exp(5) + 15), 5)]);
    expect(thing.score).toBeCloseTo(0.9 / (1 + Math.exp(-2)), 5);
    expect(thing.attributes?.state).toBeUndefined();
  });

  it("makes a probability of the score with its group's logistic, and compares that with the threshold", () => {
    const calibrated = eyesParametersSchema.parse({ scoreSlopes: [2, 1, 1], scoreOffsets: [0.5, 0, 0] });
    const product = 0.9 / (1 + Math.exp(-2));
    const expected = 1 / (1 + Math.exp(-(2 * Math.log(product / (1 - product)) + 0.5)));
    const said = [{ kind: "bag", color: "green", real: 2 }] as const;

    expect(read([BOX], said, calibrated)[0].score).toBeCloseTo(expected, 5);
    expect(read([BOX], said, { ...calibrated, scoreThresholds: [expected - 0.01, 0, 0] })).toHaveLength(1);
    expect(read([BOX], said, { ...calibrated, scoreThresholds: [expected + 0.01, 0, 0] })).toHaveLength(0);
  });

  it("names a drawer by its state and without a colour", () => {
    const [drawer] = read([BOX], [{ kind: "drawer", color: "red", state: "ajar" }]);

    expect(drawer.label).toBe("drawer");
    expect(drawer.attributes?.color).toEqual([]);
    expect(drawer.attributes?.state?.[0][0]).toBe("ajar");
  });

  it("is less sure at a higher temperature", () => {
    const sure = read([BOX], [{ kind: "mug", color: "red" }])[0];
    const unsure = read([BOX], [{ kind: "mug", color: "red" }], eyesParametersSchema.parse({ temperatureKind: 3 }))[0];

    expect(unsure.attributes?.kind[0][1]).toBeLessThan(sure.attributes?.kind[0][1] ?? 0);
  });

  it("leaves out what turns out not to be there, and doubles from two groups", () => {
    const twin: Candidate = { ...BOX, group: 1, score: 0.8, x1: 152 };
    const ghost: Candidate = { ...BOX, x0: 300, x1: 340 };

    const things = read(
      [BOX, twin, ghost],
      [
        { kind: "bowl", color: "blue" },
        { kind: "bowl", color: "blue" },
        { kind: "can", color: "red", real: -3 },
      ],
    );

    expect(things.map(({ label }) => label)).toEqual(["blue bowl"]);
  });

  it("takes half of a can for that can, but one can before another for two", () => {
    const whole: Candidate = { ...BOX, y1: 160 };
    const half: Candidate = { ...BOX, score: 0.6, y1: 128 };
    const behind: Candidate = { ...BOX, score: 0.7, y0: 60, y1: 130 };
    const can = { kind: "can", color: "black" } as const;

    const again = read([whole, half], [can, { kind: "mug", color: "black" }]);
    const two = read([whole, behind], [can, { ...can, shows: (_, y) => y < 100 }]);

    expect(again.map(({ label }) => label)).toEqual(["black can"]);
    expect(two.map(({ label }) => label)).toEqual(["black can", "black can"]);
  });

  it("draws the box around the mask when both agree roughly", () => {
    const shows = (x: number, y: number): boolean => x > 106 && x < 154 && y > 104 && y < 158;

    const [{ box, mask }] = read([BOX], [{ kind: "can", color: "red", shows }]);

    expect(box.x0 * 640).toBeGreaterThan(103);
    expect(box.x0 * 640).toBeLessThan(109);
    expect(box.x1 * 640).toBeGreaterThan(150);
    expect(box.x1 * 640).toBeLessThan(157);
    expect(mask?.data.length).toBe((mask?.width ?? 0) * (mask?.height ?? 0));
  });

  it("counts only what is surely the drawer as the drawer's", () => {
    const outputs = outputsOf([BOX], [{ kind: "drawer", shows: (x) => x < 140 }]);
    const unsure = { ...outputs, mask: outputs.mask.map((logit) => (logit > 0 ? logit : 0.5)) };

    const [drawer] = readLooks([BOX], unsure, { ...FRAME, parameters: PARAMETERS });
    const [can] = readLooks(
      [BOX],
      { ...unsure, kind: outputsOf([BOX], [{ kind: "can" }]).kind },
      { ...FRAME, parameters: PARAMETERS },
    );

    expect(drawer.box.x1 * 640).toBeLessThan(144);
    expect(can.box.x1 * 640).toBeGreaterThan(148);
  });

  it("keeps the detector's box when the mask shows something else, and has no mask when that is empty", () => {
    const corner = read([BOX], [{ kind: "can", color: "red", shows: (x, y) => x < 112 && y < 112 }])[0];
    const empty = read([BOX], [{ kind: "can", color: "red", shows: () => false }])[0];

    expect(corner.box).toEqual({ x0: 100 / 640, y0: 100 / 480, x1: 150 / 640, y1: 160 / 480 });
    expect(corner.mask).toBeDefined();
    expect(empty.box).toEqual(corner.box);
    expect(empty.mask).toBeUndefined();
  });

  it("keeps boxes inside the picture where the mask reaches over its edge", () => {
    const atEdge: Candidate = { group: 0, score: 1, x0: 600, y0: 440, x1: 640, y1: 480 };

    const [{ box }] = read([atEdge], [{ kind: "box", color: "brown" }]);

    expect(box.x1).toBe(1);
    expect(box.y1).toBe(1);
  });
});
