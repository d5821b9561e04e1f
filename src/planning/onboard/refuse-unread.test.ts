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
const CLOSE = programOf("close the drawer");

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

  it.each(["if the drawer is open close it", "如果抽屉开着就关上"])("reads %j as the command that meets it", (text) => {
    expect(refuseUnread(text, CLOSE)).toBeUndefined();
  });

  it.each(["take the mug if you can", "when you are done take the mug"])("takes %j for politeness", (text) => {
    expect(refuseUnread(text, TAKE)).toBeUndefined();
  });
});
