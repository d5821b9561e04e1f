import { expect, it } from "vitest";
import { z } from "zod";
import { covers } from "./labels.js";
import { safetyLimits, safetyLimitsSchema } from "./limits.js";

it("has a default for every limit, and each is explained", () => {
  expect(safetyLimitsSchema.safeParse({}).success).toBe(true);
  const { properties = {} } = z.toJSONSchema(safetyLimitsSchema, { io: "input" });
  const unexplained = Object.entries(properties)
    .filter(([, field]) => typeof field !== "object" || !field.description)
    .map(([name]) => name);

  expect(Object.keys(properties)).toContain("keepOut");
  expect(unexplained).toEqual([]);
});

it.each([
  ["an unknown field", { maxSpeed: 9 }],
  ["a speed of zero", { maxSpeedMps: 0 }],
  ["an endless speed", { maxSpeedMps: Infinity }],
  ["a box inside out", { workspace: { min: [1, 0, 0], max: [0, 1, 1] } }],
  ["a flat keep-out box", { keepOut: [{ name: "wall", center: [0, 0, 0], sizeM: [1, 0, 1] }] }],
])("refuses %s", (_name, limits) => {
  expect(safetyLimitsSchema.safeParse(limits).success).toBe(false);
});

it("fills in what is not given", () => {
  const limits = safetyLimits({ maxSpeedMps: 0.1, keepOut: [{ name: "wall", center: [0, 0, 0], sizeM: [1, 1, 1] }] });

  expect(limits).toMatchObject({ maxSpeedMps: 0.1, approve: "auto", keepOut: [{ yawRad: 0 }] });
});

it("matches forbidden words by whole words in any order, and Chinese as a part", () => {
  expect(covers("knife", "red Knife")).toBe(true);
  expect(covers("red knife", "knife, red")).toBe(true);
  expect(covers("red knife", "knife")).toBe(false);
  expect(covers("pan", "panda")).toBe(false);
  expect(covers("刀", "红色的刀")).toBe(true);
  expect(covers("...", "anything")).toBe(false);
});
