import { describe, expect, it } from "vitest";
import { readEyesParameters } from "../../src/adapters/onnx/eyes-parameters.js";
import { verifyModel } from "../../src/adapters/onnx/model-folder.js";
import { COLORS, DRAWER_STATES, KINDS } from "../../src/domain/vocabulary.js";

describe("the card of models/eyes", () => {
  it("names its files by the sha256 and size that they have", async () => {
    const card = await verifyModel(import.meta.dirname);

    expect(card.files.map(({ path }) => path)).toEqual(["detector.onnx", "look.onnx"]);
  });

  it("answers in the words of this version", async () => {
    const card = await verifyModel(import.meta.dirname);

    expect(card.labels).toEqual({ kind: KINDS, color: COLORS, state: DRAWER_STATES });
  });

  it("carries calibrated thresholds and held-out figures for them", async () => {
    const card = await verifyModel(import.meta.dirname);

    const parameters = readEyesParameters(card);
    expect(card.parameters).toMatchObject({ scoreThresholds: parameters.scoreThresholds });
    expect(card.figures).toHaveProperty("groups.things.recall");
    expect(card.figures).toHaveProperty("unseenCombinations.kind");
    expect(card.limits.length).toBeGreaterThan(2);
  });
});
