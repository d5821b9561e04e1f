import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { loadLaunch } from "../../src/app/launch/load-launch.js";
import { createSkills } from "../../src/app/skills/create-skills.js";
import { SKILLS } from "../../src/app/skills/skills.js";
import { defineSkill, HEAD_CAMERA, ok, pictureRefSchema, z } from "../../src/skill-kit/index.js";

// As in docs/guide/skills.md, "Write your own".
const countThings = defineSkill({
  name: "count-things",
  description: "Counts what is seen.",
  input: z.strictObject({ picture: pictureRefSchema.prefault(HEAD_CAMERA) }),
  output: z.strictObject({ count: z.int() }),
  timeoutMs: 60_000,
  async run({ picture }, { openPicture, perceive }) {
    const opened = await openPicture(picture);
    if (!opened.ok) return opened;
    const { scene } = await perceive(opened.value.frame);
    return ok({ count: scene.detections.length });
  },
});
const launch = loadLaunch("launch/tabletop-sim.json", [
  `stateDir=${JSON.stringify(mkdtempSync(join(tmpdir(), "handeye-own-skill-")))}`,
]);

it("runs a skill that is not one of ours, through the robot's own camera", async () => {
  const skills = createSkills(launch, { more: [countThings] });
  try {
    const response = await skills.run(
      "count-things",
      { input: {} },
      { signal: new AbortController().signal, from: "local" },
    );

    expect(response).toMatchObject({ ok: true, servedBy: "count-things" });
    expect(response.ok && (response.output as { count: number }).count).toBeGreaterThan(3);
    expect((await skills.list()).map(({ name }) => name)).toContain("count-things");
  } finally {
    await skills.close();
  }
});

it("refuses a name that is taken", () => {
  expect(() => createSkills(launch, { more: [{ ...countThings, name: "caption" }] })).toThrow(/two skills "caption"/);
});

it("is told of in the guide, which names every skill that ships", () => {
  const page = readFileSync(new URL("../../docs/guide/skills.md", import.meta.url), "utf8");

  for (const { skill } of SKILLS) expect(page).toContain(`(skills/${skill.name}.md)`);
});
