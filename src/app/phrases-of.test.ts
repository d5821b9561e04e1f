import { expect, it } from "vitest";
import { phrasesOf } from "./phrases-of.js";

it.each([
  ["take the green bag out of the drawer", ["green bag", "drawer"]],
  ["把抽屉里的绿色包装袋拿出来", ["drawer", "green bag"]],
  ["把红色的杯子放进水槽", ["red mug", "sink"]],
  ["put the red cup and the small blue mug in the sink", ["red cup", "blue mug", "sink"]],
  ["pick up the rusty hammer next to the box", ["rusty hammer", "box"]],
  ["please grab the screwdriver", ["screwdriver"]],
  ["put the green fruit into the left drawer", ["green apple", "green banana", "green lemon", "drawer"]],
  ["put the red block on the yellow mat", ["red block", "yellow mat"]],
  ["clear the table", []],
  ["", []],
])("finds the things that are named in %j", (instruction, phrases) => {
  expect(phrasesOf(instruction)).toEqual(phrases);
});
