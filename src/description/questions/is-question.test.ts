import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isQuestion } from "./is-question.js";

const PAGE = readFileSync("docs/guide/instructions.md", "utf8");
/** Every example of the page, whatever it is an example of. */
const EXAMPLES = [...PAGE.matchAll(/^\|.*\|$/gmu)].flatMap(([row]) =>
  [...row.matchAll(/`([^`]+)`/gu)].map(([, words]) => words),
);

describe("isQuestion", () => {
  it.each([
    "what do you see?",
    "What do you see",
    "how many mugs are there?",
    "is the left drawer open?",
    "Is there a red mug in the sink?",
    "where is the lemon",
    "Can you see a banana?",
    "which block is the biggest?",
    "what colour is the mug",
    "how far is the can?",
    "桌上有什么？",
    "有几个杯子？",
    "你看到什么",
    "左边的抽屉打开了吗？",
    "左边的抽屉是开着还是关着",
    "柠檬在哪里",
    "能看到香蕉吗？",
    "有没有红色的杯子",
  ])("%s is one", (text) => {
    expect(isQuestion(text)).toBe(true);
  });

  it.each([
    "can you take the mug?",
    "could you open the drawer?",
    "would you mind putting the mug away in the sink?",
    "will you close the drawer?",
    "take the mug?",
    "the mug?",
    "open the drawer, ok?",
    "is it ok to open the drawer?",
    "is the drawer open? then close it",
    "is the drawer open? close it.",
    "where is the mug, bring it",
    "what about taking the mug?",
    "if the drawer is closed, open it",
    "please show me what is in the drawer",
    "what is the weather?",
    "能把杯子拿给我吗？",
    "可以打开抽屉吗？",
    "你能打开左边的抽屉吗？",
    "打开抽屉好吗？",
    "抽屉能打开吗？",
    "帮我看看桌上有什么，然后拿杯子",
    "杯子拿过来好吗？",
    "拿哪个杯子都行",
    "",
    "?",
  ])("%j is none, or none that is sure", (text) => {
    expect(isQuestion(text)).toBe(false);
  });

  it("takes no example of the page of instructions for one", () => {
    const taken = EXAMPLES.filter((example) => isQuestion(example) || isQuestion(`${example}?`));

    expect(EXAMPLES.length).toBeGreaterThan(100);
    expect(taken).toEqual([]);
  });
});
