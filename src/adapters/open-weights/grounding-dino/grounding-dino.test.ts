import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeGrounderContract } from "../../../../test/contract/grounder-contract.js";
import { colorDinoFiles } from "../../../../test/support/onnx/color-dino.js";
import { buildDepth } from "../../../../test/support/onnx/small-graphs.js";
import { writeModelFolder } from "../../../../test/support/onnx/write-model-folder.js";
import { paintFrame } from "../../../../test/support/painted-frame.js";
import { sharedAdapters } from "../../../../test/support/shared-adapters.js";
import type { Grounder } from "../../../ports/grounder.js";
import { createGroundingDino } from "../create-phrase-grounder.js";

const RED = [255, 0, 0] as const;
const GREEN = [0, 255, 0] as const;
const files = colorDinoFiles();
/** A smaller picture than the family's own: the contract needs no detail. */
const quick = { ...files, "preprocessor_config.json": JSON.stringify({ size: { shortest_edge: 240 } }) };
const frame = paintFrame({
  squares: [
    { x: 100, y: 120, side: 60, rgb: RED },
    { x: 420, y: 300, side: 90, rgb: GREEN },
  ],
});

const share = sharedAdapters();
describeGrounderContract("grounding-dino, weights for colours", async () => ({
  grounder: await share("dino", async () =>
    createGroundingDino({ modelDir: await writeModelFolder(quick), vocabulary: ["red block"] }),
  ),
  frame,
  emptyFrame: paintFrame(),
}));

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

  it("finds nothing when it is asked for nothing that it can read", async () => {
    expect(await dino.ground(frame, { phrases: ["\u6273\u624b", " "] })).toEqual([]);
  });

  it("says what is wrong with a picture whose bytes do not fit its size", async () => {
    const call = dino.ground({ ...frame, rgb: new Uint8Array(7) }, { phrases: ["red block"] });

    await expect(call).rejects.toMatchObject({
      code: "model-failed",
      message: expect.stringMatching(/7 bytes.*921600/),
    });
  });

  it("lets go of a caller at once, loads anew, and finds the same as before", async () => {
    const loads: string[] = [];
    const own = await createGroundingDino({
      modelDir: await writeModelFolder(quick),
      providers: ["dml", "cpu"],
      onFallback: ({ from, to }) => loads.push(`${from} to ${to}`),
    });
    try {
      const abort = new AbortController();
      const before = await own.ground(frame, { phrases: ["red block"] });
      const call = own.ground(frame, { phrases: ["red block"], signal: abort.signal });
      const next = own.ground(frame, { phrases: ["red block"] });
      // After the request has gone out to the worker.
      setImmediate(() => abort.abort());

      await expect(call).rejects.toMatchObject({ code: "aborted" });
      expect(await next).toEqual(before);
      expect(loads).toEqual(["dml to cpu", "dml to cpu"]);
    } finally {
      await own.close();
    }
  });

  it("rejects after it was closed", async () => {
    const closed = await createGroundingDino({ modelDir: await writeModelFolder(quick) });
    await closed.close();

    await expect(closed.ground(frame, { phrases: ["red block"] })).rejects.toMatchObject({ code: "model-failed" });
  });

  it("does not start on weights of another family, nor on none", async () => {
    const vocabulary = files["vocab.txt"];
    const other = await writeModelFolder({ "model.onnx": buildDepth({ gain: 1, offset: 0 }), "vocab.txt": vocabulary });

    await expect(createGroundingDino({ modelDir: other })).rejects.toMatchObject({
      code: "model-damaged",
      details: { reason: "signature" },
    });
    await expect(createGroundingDino({ modelDir: "/nowhere/dino" })).rejects.toMatchObject({ code: "model-missing" });
  });
});
