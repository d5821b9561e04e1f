import { describe, expect, it } from "vitest";
import { createScene, type SceneSpec } from "../../sim/index.js";
import { colorDinoFiles } from "../support/onnx/color-dino.js";
import { writeModelFolder } from "../support/onnx/write-model-folder.js";
import { runSimMission } from "../support/sim-mission.js";

/** A table with one thing of each colour that the weights can tell. */
function tableForColors(): SceneSpec {
  const scene = createScene("tabletop", 2);
  const kept = ["red block", "gray bowl", "white block"];
  return { ...scene, objects: scene.objects.filter(({ color, kind }) => kept.includes(`${color} ${kind}`)) };
}

describe("a mission with weights of others", { timeout: 180_000 }, () => {
  it("is planned, carried out and verified on what a GroundingDINO graph finds", async () => {
    const modelDir = await writeModelFolder({
      ...colorDinoFiles(),
      // The camera's own size: the weights need no more, and the machine less.
      "preprocessor_config.json": JSON.stringify({ size: { shortest_edge: 480 } }),
    });
    const perception = {
      type: "grounding-dino",
      modelDir,
      vocabulary: ["block", "square mat"],
      providers: ["dml", "cpu"],
    };
    const scene = tableForColors();

    const { result, events, truth } = await runSimMission("put the red block on the blue zone", {
      scene,
      set: ['robot.scene="tabletop"', `perception=${JSON.stringify(perception)}`],
    });

    expect(result).toMatchObject({ outcome: "done", grade: "verified" });
    const block = truth.objects.find(({ color }) => color === "red");
    const [x = 0, y = 0] = block?.pose.position ?? [];
    const zone = scene.regions.find(({ id }) => id === "zone-blue");
    expect(Math.hypot(x - (zone?.center[0] ?? 0), y - (zone?.center[1] ?? 0))).toBeLessThan(0.07);
    // Nothing silent: the provider that could not be had is an event with its reason.
    const notes = events.flatMap((event) => (event.event === "note" ? [event.text] : []));
    expect(notes).toContainEqual(expect.stringMatching(/runs on cpu: dml cannot be had \(.*dml.*\)/));
  });
});
