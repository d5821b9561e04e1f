import { describe, expect, it } from "vitest";
import { createTextureLibrary } from "../../../../sim/render/index.js";
import { createPointingEpisode, summarisePointing } from "../../../../sim/suites/index.js";
import { loadLaunch } from "../../launch/load-launch.js";
import { judgePointing, MAX_ERROR_M } from "./judge-pointing.js";
import { lookAtPicture } from "./look-at-picture.js";
import { runPointing } from "./run-pointing.js";

const launch = loadLaunch("launch/kitchen-sim.json", ['perception.type="oracle"']);
const textures = createTextureLibrary();

describe("pointing", () => {
  it("finds nearly everything that is asked for when perception makes no mistakes", async () => {
    const rows = [];
    for (let index = 0; index < 18; index++) {
      rows.push((await runPointing({ index, seed: 5 }, launch, { textures })).row);
    }

    const figures = summarisePointing(rows);
    expect(figures?.unread.count).toBe(0);
    expect(figures?.falsePresence.count).toBe(0);
    expect(rows.filter((row) => !row.success).map((row) => `${row.instruction}: ${row.cause}`)).toEqual([]);
    expect(new Set(rows.map(({ group }) => group)).size).toBe(6);
  });

  it("reads what it was never told to, as people say it", async () => {
    const { parsePhrase } = await import("../../../planning/index.js");

    for (const phrase of ["放在架子上的杯子", "在盒子左边的苹果", "the third block counting from the left"]) {
      expect(parsePhrase(phrase)).toMatchObject({ ok: true });
    }
  });

  it("calls pointing at another thing a miss and a false claim", async () => {
    const episode = createPointingEpisode(0, 5, textures);
    const look = await lookAtPicture(episode.picture, launch, undefined);
    const { truth } = episode;
    const other = look.scene.detections.find(
      ({ label }) => label === "sink" || label === "drawer" || label === "shelf",
    )!;

    const row = judgePointing(
      episode,
      { answer: "one", point: other.point, detection: other },
      { detections: look.scene.detections, depth: look.depth },
    );

    expect(truth.type).toBe("thing");
    expect(row).toMatchObject({ success: false, falseClaim: true });
    expect(row.cause).toMatch(/^wrong-thing/);
  });

  it("counts the right thing as missed when its measured place is off", async () => {
    const run = await runPointing({ index: 6, seed: 5 }, launch, { textures });
    if (run.pointing.answer !== "one" || run.pointing.detection === undefined) throw new Error("expected a thing");
    const { detection } = run.pointing;
    const [x, y, z] = detection.extentInBase.center;
    const shifted = {
      ...detection,
      extentInBase: { ...detection.extentInBase, center: [x + 2 * MAX_ERROR_M, y, z] as const },
    };

    const row = judgePointing(
      run.episode,
      { ...run.pointing, detection: shifted },
      { detections: run.look.scene.detections, depth: run.look.depth },
    );

    expect(run.row.success).toBe(true);
    expect(row.success).toBe(false);
    expect(row.cause).toMatch(/^off-by/);
  });
});
