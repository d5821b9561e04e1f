import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { verifyModel } from "../../../src/adapters/onnx/model-folder.js";
import { collect } from "./collect.js";
import { loadEyes } from "./run-eyes.js";
import { calibrate, score, type Calibration } from "./score.js";

const FOLDER = join(import.meta.dirname, "../../eyes");

describe("the shipped eyes", () => {
  it("see what their card says, on scenes that they were not trained on", async () => {
    const card = await verifyModel(FOLDER);
    const collected = await collect(await loadEyes(FOLDER), "evaluate", 6);

    const figures = score(collected, card.parameters as unknown as Calibration);

    expect(collected.truths.length).toBeGreaterThan(60);
    expect(figures).toMatchObject({ pictures: 12 });
    const { things } = figures.groups as { things: { recall: number; precision: number } };
    expect(things.recall).toBeGreaterThan(0.8);
    expect(things.precision).toBeGreaterThan(0.8);
    expect(figures.foundAndNamedRight as number).toBeGreaterThan(0.75);
    expect((figures.depthAbsRel as { things: number }).things).toBeLessThan(0.08);
    // A threshold is of use only between what is there and what is not.
    const { scoreThresholds } = calibrate(collected);
    expect(Math.min(...scoreThresholds)).toBeGreaterThan(0.02);
    expect(Math.max(...scoreThresholds)).toBeLessThan(0.9);
    const { found, kind, color } = figures.calibrationError as { found: number; kind: number; color: number };
    expect(Math.max(found, kind, color)).toBeLessThan(0.1);
  });
});
