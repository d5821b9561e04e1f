import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeGrounderContract } from "../../../../test/contract/grounder-contract.js";
import { colorDinoFiles } from "../../../../test/support/onnx/color-dino.js";
import { writeModelFolder } from "../../../../test/support/onnx/write-model-folder.js";
import { paintFrame } from "../../../../test/support/painted-frame.js";
import type { Grounder } from "../../../ports/grounder.js";
import { createGroundingDino } from "../create-phrase-grounder.js";

const RED = [255, 0, 0] as const;
const GREEN = [0, 255, 0] as const;
const files = colorDinoFiles();
const frame = paintFrame({
  squares: [
    { x: 100, y: 120, side: 60, rgb: RED },
    { x: 420, y: 300, side: 90, rgb: GREEN },
  ],
});

describeGrounderContract("grounding-dino, weights for colours", async () => {
  const modelDir = await writeModelFolder(files);
  return {
    grounder: await createGroundingDino({ modelDir, vocabulary: ["red block"] }),
    frame,
    emptyFrame: paintFrame(),
  };
});

describe("grounding-dino", () => {
  let dino: Grounder;
  beforeAll(async () => {
    dino = await createGroundingDino({ modelDir: await writeModelFolder(files) });
  });
  afterAll(() => dino.close());

  it("finds the phrases, with boxes on the things to a pixel", async () => {
    const found = await dino.ground(frame, { phrases: ["red block", "green bag", "blue mug"] });

    expect(found.map(({ label }) => label).sort()).toEqual(["green bag", "red block"]);
    const red = found.find(({ label }) => label === "red block");
    expect(red?.phrase).toBe("red block");
    expect((red?.box.x0 ?? 0) * 640).toBeCloseTo(100, -0.5);
    expect((red?.box.x1 ?? 0) * 640).toBeCloseTo(160, -0.5);
    expect((red?.box.y0 ?? 0) * 480).toBeCloseTo(120, -0.5);
    expect((red?.box.y1 ?? 0) * 480).toBeCloseTo(180, -0.5);
    expect(red?.score).toBeCloseTo(1 / (1 + Math.exp(-2)), 4);
  });
});
