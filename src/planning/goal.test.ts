import { describe, expect, it } from "vitest";
import { describeGoals } from "./goal.js";

describe("describeGoals", () => {
  it.each([
    ["take the green bag out of the drawer", [{ goal: "held", label: "green bag" }]],
    ["把绿色袋子放到水槽里", [{ goal: "placed", label: "green bag", at: "sink" }]],
    [
      "open the left drawer, put the apple in it and close it",
      [
        { goal: "placed", label: "apple", at: "left drawer" },
        { goal: "closed", label: "left drawer" },
      ],
    ],
    ["take the mug, then put the apple next to the can", [{ goal: "placed", label: "apple", at: "next to the can" }]],
    [
      "take the bag out of the left drawer and close the left drawer",
      [
        { goal: "held", label: "bag" },
        { goal: "closed", label: "left drawer" },
      ],
    ],
    ["wait 3 seconds", []],
  ])("says what must hold after %j", (instruction, goals) => {
    expect(describeGoals(instruction)).toEqual({ ok: true, value: goals });
  });

  it("fails as the parser does", () => {
    expect(describeGoals("take the unicorn")).toMatchObject({ ok: false, code: "unknown-word" });
  });
});
