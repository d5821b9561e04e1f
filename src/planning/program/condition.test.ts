import { describe, expect, it } from "vitest";
import { kitchen } from "../../../test/support/scene-builder.js";
import { parseInstruction } from "../grammar/parse-instruction.js";
import { judge, statesOf, type Condition } from "./condition.js";
import { formatProgram } from "./format-program.js";

const conditionOf = (instruction: string): Condition => {
  const program = parseInstruction(instruction);
  const when = program.ok ? program.value[0].when : undefined;
  if (when === undefined) throw new Error(`No condition in "${instruction}".`);
  return when;
};
const programOf = (instruction: string): string => {
  const program = parseInstruction(instruction);
  return program.ok ? formatProgram(program.value) : program.message;
};

describe("conditions", () => {
  it("count a half-open drawer as open", () => {
    expect(statesOf("open", { negated: false })).toEqual(["open", "ajar"]);
    expect(statesOf("closed", { negated: true })).toEqual(["open", "ajar"]);
    expect(statesOf("open", { negated: true })).toEqual(["closed"]);
  });

  it("are judged from what is seen, and the judgement is told", () => {
    const there = judge(conditionOf("if there is a red mug, take the lemon"), kitchen().build(), []);
    const absent = judge(conditionOf("if there is no red mug, take the lemon"), kitchen().build(), []);

    expect(there).toMatchObject({ verdict: true, say: "if there is a red mug: yes." });
    expect(absent).toMatchObject({ verdict: false, say: "if there is no red mug: no." });
  });

  it("keep the judgement that was told, whatever the scene shows later", () => {
    const condition = conditionOf("if there is a red mug, take the lemon");
    const told = { action: "say", text: "if there is a red mug: no." } as const;

    const judgement = judge(condition, kitchen().build(), [{ step: 1, action: told, grade: "verified", evidence: {} }]);

    expect(judgement).toEqual({ verdict: false });
  });

  it.each([
    ["close the drawer if it is open", "close drawer"],
    ["if the drawer is not closed, close it", "close drawer"],
    ["take the mug if there is one", "take mug if mug"],
    ["if the mug is in the sink then take it", "take mug [in sink] if mug [in sink]"],
    [
      "if there is a can on the shelf, put it in the sink. then take the apple",
      "put any can [on shelf] -> in sink if any can [on shelf]; take apple",
    ],
    [
      "if the left drawer is closed, open it and take the bag out of it",
      "open left drawer if left drawer is closed; take out bag [from left drawer] if left drawer is closed",
    ],
    [
      "if the sink is empty, put the lemon in it, otherwise take the lemon",
      "put lemon -> in sink if no all thing [from sink]; take lemon otherwise",
    ],
    ["如果抽屉没关，就关上它", "close drawer"],
    ["如果杯子在水槽里，就把它拿出来", "take out mug [in sink] if mug [in sink]"],
    ["如果没有杯子，就向左看", "look left if no mug"],
    [
      "如果水槽是空的，就把柠檬放进水槽，否则把柠檬放到架子上",
      "put lemon -> in sink if no all thing [from sink]; put lemon -> on shelf otherwise",
    ],
  ])("are read by the grammar: %j", (instruction, program) => {
    expect(programOf(instruction)).toBe(program);
  });

  it.each(["if the drawer is open", "otherwise take the mug", "if it rains, take the mug", "如果下雨就拿杯子"])(
    "are refused by the grammar where they ask for something else, or nothing: %j",
    (instruction) => {
      expect(parseInstruction(instruction).ok).toBe(false);
    },
  );
});
