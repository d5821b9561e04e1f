import { expect, it } from "vitest";
import { calibrationError } from "./calibration-error.js";

const said = (probability: number, rights: number, of: number) =>
  Array.from({ length: of }, (_, i) => ({ probability, isRight: i < rights }));

it("is nothing for one who is right as often as he says", () => {
  expect(calibrationError([...said(0.8, 8, 10), ...said(0.25, 1, 4)])).toBeCloseTo(0, 9);
});

it("weighs each gap by how often it was said", () => {
  expect(calibrationError([...said(0.9, 4, 10), ...said(0.1, 3, 30)])).toBeCloseTo((0.5 * 10) / 40, 9);
});
