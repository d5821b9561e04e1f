import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { launchSchema } from "../../src/app/launch/launch-schema.js";
import { plannersOf } from "../../src/app/launch/planner-schema.js";

const GUIDE = readFileSync(join(resolve(import.meta.dirname, "../.."), "docs/guide/models.md"), "utf8");
const BLOCKS = [...GUIDE.matchAll(/```json\n([^]*?)```/g)].map(([, block]) => block);

it.each(BLOCKS)("reads the launch file in the guide to models: %s", (block) => {
  expect(launchSchema.safeParse(JSON.parse(block)).error?.message).toBeUndefined();
});

it("shows every kind of server in the guide to models, and explains every field", () => {
  const planners = BLOCKS.flatMap((block) => plannersOf(launchSchema.parse(JSON.parse(block)).planner));

  expect(new Set(planners.map(({ type }) => type))).toEqual(
    new Set(["openai-compatible", "ollama", "google", "anthropic"]),
  );
  for (const field of planners.flatMap((planner) => Object.keys(planner))) expect(GUIDE).toContain(`\`${field}\``);
});
