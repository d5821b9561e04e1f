import { describe, expect, it } from "vitest";
import { parseInstruction } from "../grammar/parse-instruction.js";
import type { InstructionProgram } from "../program/program.js";
import { refuseUnread } from "./refuse-unread.js";

const programOf = (instruction: string): InstructionProgram => {
  const program = parseInstruction(instruction);
  if (!program.ok) throw new Error(program.message);
  return program.value;
};
const TAKE = programOf("take the red mug");

describe("refuseUnread", () => {
  it.each([
    "don't take the red mug",
    "do not touch it",
    "never take the mug",
    "不要拿红色的杯子",
    "别拿杯子",
    "你不能拿杯子",
  ])("refuses what forbids: %j", (text) => {
    expect(refuseUnread(text, TAKE)).toContain("what to do");
  });

  it.each(["能不能拿红色的杯子", "可不可以拿杯子", "别忘了关上抽屉", "拿别的杯子", "take the cannonball"])(
    "lets through what only looks like it: %j",
    (text) => {
      expect(refuseUnread(text, TAKE)).toBeUndefined();
    },
  );

  it.each([
    "if the sink is empty take the red mug",
    "take it when i say so",
    "如果水槽是空的就拿杯子",
    "等灯亮的时候拿杯子",
  ])("refuses a condition that it cannot watch: %j", (text) => {
    expect(refuseUnread(text, TAKE)).toContain("condition");
  });

  it.each([
    ["if the drawer is open close it", "if the drawer is open, close it"],
    ["如果抽屉开着就关上", "如果抽屉开着，就关上它"],
    ["如果抽屉开着的话就关上", "如果抽屉开着，就关上它"],
  ])("lets a condition pass that was read: %j", (text, read) => {
    const program = programOf(read);
    const condition = /如果[^的就]*|if the drawer is open/u.exec(text)?.[0] ?? "";
    const said = program.map((clause) => ({
      ...clause,
      ...(clause.when === undefined ? {} : { when: { ...clause.when, text: condition } }),
    }));

    expect(refuseUnread(text, said)).toBeUndefined();
  });

  it("refuses a second condition of which it read only the first", () => {
    const program = programOf("if the drawer is open, close it");

    expect(refuseUnread(`${program[0].when?.text ?? ""} close it unless i say so`, program)).toContain("unless");
  });

  it.each(["before you close the drawer take the mug", "拿杯子之前打开抽屉"])(
    "refuses an order turned round: %j",
    (text) => {
      expect(refuseUnread(text, TAKE)).toContain("in the order");
    },
  );

  it.each([
    "take the mug if you can",
    "when you are done take the mug",
    "take the mug if you don't mind",
    "i can't reach it take the mug",
    "don't worry just take the mug",
    "why don't you take the mug",
  ])("takes %j for politeness", (text) => {
    expect(refuseUnread(text, TAKE)).toBeUndefined();
  });
});
