import { mkdtemp, rename, rm } from "node:fs/promises";
import { mkdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { colorDinoFiles } from "../../test/support/onnx/color-dino.js";
import { buildDepth } from "../../test/support/onnx/small-graphs.js";
import { writeModelFolder } from "../../test/support/onnx/write-model-folder.js";
import { paintFrame } from "../../test/support/painted-frame.js";
import { modelCardSchema } from "../domain/model-card.js";
import { loadEyes } from "./create-eyes.js";
import { launchSchema } from "./launch/launch-schema.js";
import { loadLaunch } from "./launch/load-launch.js";
import { perceptionSchema } from "./launch/perception-schema.js";
import { packageRoot } from "./package-root.js";

const launchWith = (perception: object, stateDir: string) =>
  loadLaunch("launch/tabletop-sim.json", [
    `perception=${JSON.stringify(perception)}`,
    `stateDir=${JSON.stringify(stateDir)}`,
  ]);

describe("eyes of others", () => {
  let stateDir: string;
  beforeAll(async () => {
    stateDir = await mkdtemp(join(tmpdir(), "handeye-state-"));
    mkdirSync(join(stateDir, "models"));
    const small = { "preprocessor_config.json": JSON.stringify({ size: { shortest_edge: 240 } }) };
    await rename(await writeModelFolder({ ...colorDinoFiles(), ...small }), join(stateDir, "models/our-dino"));
    const metric = { "config.json": JSON.stringify({ depth_estimation_type: "metric" }) };
    const depth = await writeModelFolder({ "model.onnx": buildDepth({ gain: 0, offset: 1.5 }), ...metric });
    await rename(depth, join(stateDir, "models/our-depth"));
  });
  afterAll(() => rm(stateDir, { recursive: true }));

  it("are found by the names under which they were pulled, and know kinds and colours from the lexicon", async () => {
    const notes: string[] = [];
    const perception = {
      type: "grounding-dino",
      modelDir: "our-dino",
      vocabulary: ["green cup"],
      providers: ["dml", "cpu"],
      depth: { type: "depth-anything-v2", modelDir: "our-depth" },
    };
    const eyes = await loadEyes(launchWith(perception, stateDir), { onNote: (text) => notes.push(text) });
    if (eyes === undefined) throw new Error("There are no eyes.");
    try {
      const frame = paintFrame({ squares: [{ x: 300, y: 200, side: 80, rgb: [0, 255, 0] }] });

      const [found] = await eyes.grounder.ground(frame, { phrases: [] });
      const { depthM, source } = await eyes.depth.estimate(frame);

      expect(found).toMatchObject({ label: "green cup", attributes: { kind: [["mug", 1]], color: [["green", 1]] } });
      expect(source).toBe("model");
      expect(depthM[0]).toBeCloseTo(1.5, 5);
      expect(notes).toEqual([expect.stringMatching(/runs on cpu: dml cannot be had \(.+\)/)]);
    } finally {
      await eyes.close();
    }
  });

  it("leave nothing open when a part of them cannot be had", async () => {
    const perception = {
      type: "grounding-dino",
      modelDir: "our-dino",
      depth: { type: "depth-anything-v2", modelDir: "gone" },
    };

    await expect(loadEyes(launchWith(perception, stateDir))).rejects.toMatchObject({ code: "model-missing" });
  });
});

it.each([
  [{ type: "grounding-dino" }, /perception\.modelDir/],
  [{ type: "owlv2", modelDir: "x", providers: [] }, /perception\.providers/],
  [{ type: "owlv2", modelDir: "x", providers: ["tpu"] }, /"tpu".*"cpu", "cuda"/],
  [{ type: "florence-2", modelDir: "x", score: 2 }, /perception\.score/],
  [{ type: "onboard", depth: { type: "depth-anything-v2" } }, /perception\.depth\.modelDir/],
])("refuses the launch file's %j, naming the field", (perception, message) => {
  expect(() => launchWith(perception, "/tmp")).toThrow(message);
});

const GUIDE = readFileSync(join(packageRoot(), "docs/guide/weights.md"), "utf8");

it.each([...GUIDE.matchAll(/```json\n(.*?)```/gs)].map(([, block]) => block))(
  "reads the launch file in the guide to weights: %s",
  (block) => {
    expect(launchSchema.parse(JSON.parse(block))).toMatchObject({ robot: { type: "sim" } });
  },
);

it("shows a card in the guide to weights that is one", () => {
  const [, block] = /```json card\n(.*?)```/s.exec(GUIDE) ?? [];

  expect(modelCardSchema.parse(JSON.parse(block ?? ""))).toMatchObject({ family: "grounding-dino" });
});

it("names every kind of eyes in the guide to weights", () => {
  for (const { shape } of perceptionSchema.options) expect(GUIDE).toContain(`\`${shape.type.value}\``);
});
