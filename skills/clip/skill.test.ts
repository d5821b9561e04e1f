import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fakeSkillContext } from "../../test/support/skill-context.js";
import { fail, ok, type ClipMaker, type MadeVideo } from "../../src/skill-kit/index.js";
import clip from "./skill.js";

const video: MadeVideo = { bytes: Buffer.from("mp4"), durationS: 2, frames: 20, width: 64, height: 48, hasSound: true };

describe("clip", () => {
  it("says of a rehearsal that it was one, and keeps it as not generated", async () => {
    const context = fakeSkillContext<ClipMaker>({
      rehearse: async () =>
        ok({
          ...video,
          outcome: "done",
          grade: "verified",
          steps: [],
          world: "simulated kitchen, seed 1",
          notes: [],
          seed: 1,
        }),
    });

    const result = await clip.run({ do: "rehearse", instruction: "open the drawer" }, context);

    expect(result).toMatchObject({
      ok: true,
      value: { outcome: "done", text: expect.stringContaining("Nothing was done with the robot itself") },
    });
    expect(context.kept).toMatchObject([
      { name: "rehearsal.mp4", recipe: { rehearsal: true, generated: false, seed: 1 } },
    ]);
  });

  it("takes the narration's language from the instruction", async () => {
    let language = "";
    const context = fakeSkillContext<ClipMaker>({
      rehearse: async (wish) => {
        language = wish.language;
        return fail("model-failed", "not in this test");
      },
    });

    await clip.run({ do: "rehearse", instruction: "打开抽屉" }, context);

    expect(language).toBe("zh");
  });

  it("hands a recording over whole, and tells what did not fit", async () => {
    const path = join(await mkdtemp(join(tmpdir(), "handeye-")), "run.mcap");
    await writeFile(path, "recorded");
    const context = fakeSkillContext<ClipMaker>({
      highlights: async ({ recording, by, maxS }) => {
        expect([Buffer.from(recording).toString(), by, maxS]).toEqual(["recorded", "outcome", 30]);
        return ok({
          ...video,
          moments: [{ atS: 0, fromS: 1, toS: 2, title: "grasp: verified", kind: "verified" }],
          leftOut: 2,
        });
      },
    });

    const result = await clip.run({ do: "highlights", recording: path }, context);

    expect(result).toMatchObject({
      ok: true,
      value: { text: "1 moment of run.mcap; 2 more did not fit into 30 s.", leftOut: 2 },
    });
  });

  it("marks a generated video as such", async () => {
    const context = fakeSkillContext<ClipMaker>({
      generate: async ({ prompt }) => ok({ ...video, model: `for ${prompt}`, resumed: true, seed: 9 }),
    });

    const result = await clip.run({ do: "generate", prompt: "tea" }, context);

    expect(result).toMatchObject({
      ok: true,
      value: { resumed: true, seed: 9, text: expect.stringContaining("made up by") },
    });
    expect(context.kept).toMatchObject([{ recipe: { generated: true, prompt: "tea", model: "for tea" } }]);
  });

  it.each([
    [{ do: "generate", prompt: "tea" }, "unsupported"],
    [{ do: "rehearse", instruction: "" }, "bad-input"],
    [{ do: "dance" }, "bad-input"],
    [{ do: "highlights", recording: "/nowhere/run.mcap" }, "not-found"],
  ])("refuses %o as %s and keeps nothing", async (input, code) => {
    const context = fakeSkillContext<ClipMaker>({ highlights: async () => fail("nothing-found", "-") });

    expect(await clip.run(input, context)).toMatchObject({ ok: false, code });
    expect(context.kept).toEqual([]);
  });
});
