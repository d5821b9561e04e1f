import { afterEach, describe, expect, it } from "vitest";
import { describeDepthContract } from "../../../test/contract/depth-contract.js";
import { describeGrounderContract } from "../../../test/contract/grounder-contract.js";
import { buildClip, buildDepth, buildOwl, buildTable, smallBytePair } from "../../../test/support/onnx/small-graphs.js";
import { writeModelFolder } from "../../../test/support/onnx/write-model-folder.js";
import { paintFrame } from "../../../test/support/painted-frame.js";
import { sharedAdapters } from "../../../test/support/shared-adapters.js";
import { createClip, scoreTexts } from "./create-clip.js";
import { createDepthAnything } from "./create-depth-anything.js";
import { createOwlv2 } from "./create-phrase-grounder.js";
import { createTableTransformer } from "./create-table-transformer.js";

const { tokenizer, idOf } = smallBytePair(["photo", "green", "red", "blue", "bag"]);
const RED = [255, 0, 0] as const;
/** Pixels 200 to 264 and 120 to 184 of 640 x 480, in parts of the padded square. */
const OWL_BOX = [232 / 640, 152 / 640, 64 / 640, 64 / 640];
const SMALL = 192;
const owlFiles = {
  "model.onnx": buildOwl({ wordId: idOf("bag</w>"), size: SMALL, box: OWL_BOX }),
  "tokenizer.json": tokenizer,
  "preprocessor_config.json": JSON.stringify({ size: { height: SMALL, width: SMALL }, resample: 2 }),
};
const redSquare = paintFrame({ squares: [{ x: 200, y: 120, side: 64, rgb: RED }], depthM: 1 });

const opened: { close(): Promise<void> }[] = [];
const keep = <T extends { close(): Promise<void> }>(thing: T): T => {
  opened.push(thing);
  return thing;
};
afterEach(async () => {
  await Promise.all(opened.splice(0).map((thing) => thing.close()));
});

const share = sharedAdapters();

describeGrounderContract("owlv2, weights for red", async () => ({
  grounder: await share("owl", async () =>
    createOwlv2({ modelDir: await writeModelFolder(owlFiles), vocabulary: ["bag"] }),
  ),
  frame: redSquare,
  emptyFrame: paintFrame(),
}));

describeDepthContract("depth-anything-v2, metric weights", async () => ({
  depth: await share("depth", async () =>
    createDepthAnything({
      modelDir: await writeModelFolder({
        "model.onnx": buildDepth({ gain: 2, offset: 0.5 }),
        "config.json": JSON.stringify({ depth_estimation_type: "metric", max_depth: 20 }),
      }),
    }),
  ),
  frame: redSquare,
}));

describe("owlv2", () => {
  it("finds the phrase where it is, in a picture that is wider than high", async () => {
    const owl = keep(await createOwlv2({ modelDir: await writeModelFolder(owlFiles) }));

    const found = await owl.ground(redSquare, { phrases: ["green bag", "mug"] });

    expect(found.map(({ label }) => label)).toEqual(["green bag"]);
    expect(found[0].box.x0 * 640).toBeCloseTo(200, 2);
    expect(found[0].box.y0 * 480).toBeCloseTo(120, 2);
    expect(found[0].box.y1 * 480).toBeCloseTo(184, 2);
  });
});

describe("depth-anything-v2", () => {
  const relativeFiles = { "model.onnx": buildDepth({ gain: 1, offset: 0 }) };

  it("gives the metres of metric weights, calibrated by a factor", async () => {
    const files = { ...relativeFiles, "config.json": JSON.stringify({ depth_estimation_type: "metric" }) };
    const depth = keep(await createDepthAnything({ modelDir: await writeModelFolder(files), scale: 3 }));

    const map = await depth.estimate(paintFrame({ background: [102, 0, 0], width: 56, height: 42 }));

    expect(depth.name).toMatch(/metric/);
    expect(map.source).toBe("model");
    expect(map.depthM[1000]).toBeCloseTo(1.2, 3);
  });

  it("scales relative weights by what the camera measured, and refuses to call them metres without", async () => {
    const depth = keep(await createDepthAnything({ modelDir: await writeModelFolder(relativeFiles) }));
    // Nearer is redder: 1 / metres = 2 * red + 0.3.
    const { rgb, ...rest } = paintFrame({ width: 84, height: 56 });
    const depthM = Float32Array.from({ length: 84 * 56 }, (_, i) => {
      rgb[i * 3] = 40 + (i % 84);
      return 1 / (2 * (rgb[i * 3] / 255) + 0.3);
    });

    const map = await depth.estimate({ ...rest, rgb, depthM });

    expect(map.depthM[Math.floor(map.height / 2) * map.width + Math.floor(map.width / 2)]).toBeCloseTo(
      depthM[28 * 84 + 42],
      2,
    );
    await expect(depth.estimate({ ...rest, rgb })).rejects.toMatchObject({
      code: "model-failed",
      details: { reason: "no-anchors" },
    });
  });
});

describe("clip", () => {
  it("says which text a picture shows, by unit vectors", async () => {
    const files = {
      "model.onnx": buildClip([idOf("red</w>"), idOf("green</w>"), idOf("blue</w>")]),
      "tokenizer.json": tokenizer,
    };
    const clip = keep(await createClip({ modelDir: await writeModelFolder(files) }));
    const picture = paintFrame({ background: [20, 210, 30], width: 300, height: 200 });

    const [vector, word] = [await clip.embedPicture(picture), await clip.embedText("a green bag")];

    expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
    expect(vector[1]).toBeCloseTo(210 / Math.hypot(20, 210, 30), 3);
    expect([...word]).toEqual([0, 1, 0]);
    const scores = await scoreTexts(clip, picture, { texts: ["red bag", "a photo of green", "blue"] });
    expect(scores[1]).toBeGreaterThan(0.99);
    expect(scores.reduce((sum, score) => sum + score, 0)).toBeCloseTo(1);
  });
});

describe("table-transformer", () => {
  const rows = [
    { logits: [6, 0, 0], box: [0.5, 0.25, 1, 0.1] },
    { logits: [0, 5, 0], box: [0.25, 0.5, 0.2, 1] },
    { logits: [1, 0, 8], box: [0.5, 0.5, 1, 1] },
  ];
  const graph = buildTable(rows);

  it("names parts by the weights' own classes", async () => {
    const config = JSON.stringify({ id2label: { 0: "table row", 1: "table column" } });
    const modelDir = await writeModelFolder({ "model.onnx": graph, "config.json": config });
    const table = keep(await createTableTransformer({ modelDir }));

    const parts = await table.detect(paintFrame({ width: 64, height: 48 }));

    expect(parts.map(({ label }) => label)).toEqual(["table row", "table column"]);
    expect(parts[0].box.y0).toBeCloseTo(0.2, 5);
    expect(parts[0].score).toBeGreaterThan(0.99);
  });

  it("is refused when nothing says what its classes mean, or not all of them", async () => {
    const nameless = await writeModelFolder({ "model.onnx": graph });
    const labels = { labels: { class: ["table row"] } };
    const short = keep(
      await createTableTransformer({ modelDir: await writeModelFolder({ "model.onnx": graph }, labels) }),
    );

    await expect(createTableTransformer({ modelDir: nameless })).rejects.toMatchObject({
      code: "model-damaged",
      details: { reason: "labels" },
    });
    await expect(short.detect(paintFrame({ width: 64, height: 48 }))).rejects.toThrow(/3 classes.*names 1/);
  });
});
