import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { launchSchema } from "../../src/app/launch/launch-schema.js";
import { hearEntrySchema } from "../../src/app/launch/skills/hear-schema.js";
import { listenEntrySchema } from "../../src/app/launch/skills/listen-schema.js";
import { musicEntrySchema } from "../../src/app/launch/skills/music-schema.js";
import { speakEntrySchema } from "../../src/app/launch/skills/speak-schema.js";
import { SKILLS } from "../../src/app/skills/skills.js";
import { ROOT } from "../support/run-cli.js";

const PAGES = {
  speak: speakEntrySchema,
  hear: hearEntrySchema,
  listen: listenEntrySchema,
  music: musicEntrySchema,
} as const;

describe.each(Object.entries(PAGES))("the guide to %s", (name, schema) => {
  const page = readFileSync(join(ROOT, `docs/guide/skills/${name}.md`), "utf8");
  const launches = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, block]) => block);
  const commands = [...page.matchAll(/^handeye skill (\S+) --input '(.*?)'/gm)].map(([, skill, input]) => ({
    skill,
    input,
  }));

  it("shows launch files that are read, and every kind of back end in them or beside them", () => {
    expect(launches.length).toBeGreaterThan(0);
    for (const launch of launches) expect(launchSchema.safeParse(JSON.parse(launch)).error?.message).toBeUndefined();
    for (const { shape } of schema.options) expect(page).toMatch(new RegExp(`[\`"]${shape.type.value}[\`"]`));
  });

  it("shows commands whose input the skills take", () => {
    expect(commands.map(({ skill }) => skill)).toContain(name);
    for (const { skill, input } of commands) {
      const known = SKILLS.find((entry) => entry.skill.name === skill);
      expect(known?.skill.input.safeParse(JSON.parse(input)).error?.message).toBeUndefined();
    }
  });

  it("names every field of the input", () => {
    const listed = SKILLS.find(({ skill }) => skill.name === name)?.skill.input;
    const { properties = {} } = z.toJSONSchema(listed ?? z.never(), { io: "input" });
    expect(Object.keys(properties)).not.toEqual([]);
    expect(Object.keys(properties).filter((field) => !new RegExp(`[\`"]${field}[\`"]`).test(page))).toEqual([]);
  });
});
