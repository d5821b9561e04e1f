import { writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { paintFrame } from "../../test/support/painted-frame.js";
import { fakeSkillContext } from "../../test/support/skill-context.js";
import { fail, ok, type Follower } from "../../src/skill-kit/index.js";
import track from "./skill.js";

const clips = { "run.mcap": [0, 500, 1000].map((timeMs) => ({ timeMs, frame: paintFrame(), calibrated: timeMs > 0 })) };
/** Follows nothing, but counts, and writes a film where it is asked for one. */
const counting: Follower = {
  async follow(pictures, { film, onPicture }) {
    const points = [];
    for await (const { timeMs } of pictures) {
      onPicture(timeMs);
      points.push({ timeMs, visible: true, positionInBase: [0.1, 0.2, 0.3] as const });
    }
    if (film !== undefined) await writeFile(film.path, "film");
    return ok({ status: "found", tracks: [{ id: "d1", label: "red mug", points }], pictures: points.length });
  },
};

describe("track", () => {
  it("follows through a clip and keeps a film", async () => {
    const context = fakeSkillContext<Follower>(counting, { clips });

    const result = await track.run({ phrase: "the red mug", clip: "run.mcap" }, context);

    expect(result).toMatchObject({ ok: true, value: { status: "found", pictures: 3, calibrated: false } });
    expect(context.kept.map(({ name }) => name)).toEqual(["track.mp4"]);
    expect(context.progressed).toHaveLength(3);
  });

  it("keeps nothing when it is not asked to", async () => {
    const context = fakeSkillContext<Follower>(counting, { clips });

    await track.run({ phrase: "the red mug", clip: "run.mcap", film: false }, context);

    expect(context.kept).toEqual([]);
  });

  it("passes a back end's failure on, without half a film", async () => {
    const failing: Follower = { follow: async () => fail("model-failed", "Broken.") };
    const context = fakeSkillContext<Follower>(failing, { clips });

    expect(await track.run({ phrase: "x", clip: "run.mcap" }, context)).toMatchObject({ code: "model-failed" });
    expect(context.kept).toEqual([]);
  });

  it.each(["missing.mp4", "package.json"])("refuses %s", async (clip) => {
    const result = await track.run({ phrase: "x", clip }, fakeSkillContext<Follower>(counting));

    expect(result).toMatchObject({ ok: false, code: clip === "missing.mp4" ? "not-found" : "bad-clip" });
  });
});
