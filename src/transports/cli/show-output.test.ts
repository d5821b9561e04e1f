import { expect, it } from "vitest";
import { showOutput } from "./show-output.js";

it("shows sentences first, then fields, and things as a table", () => {
  const shown = showOutput({
    picture: "head camera",
    text: "Two mugs.",
    tags: ["mug", "table"],
    things: [
      { label: "red mug", xM: 0.123456, box: { x0: 1 } },
      { label: "can", score: 0.5 },
    ],
    none: [],
  });

  expect(shown.split("\n")).toEqual([
    "Two mugs.",
    "picture: head camera",
    "tags: mug, table",
    "things:",
    "  label    xM       box       score",
    '  red mug  0.12346  {"x0":1}  -',
    "  can      -        -         0.5",
    "none: none",
  ]);
});

it("says how much of a long list is not shown", () => {
  const shown = showOutput({ things: Array.from({ length: 50 }, (_value, index) => ({ index })) });

  expect(shown).toContain("... and 10 more; --json has them all");
});

it.each([
  [undefined, "-"],
  ["just words", "just words"],
  [7, "7"],
])("shows %j as %s", (output, shown) => {
  expect(showOutput(output)).toBe(shown);
});
