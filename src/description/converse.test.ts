import { describe, expect, it } from "vitest";
import { kitchen, scene } from "../../test/support/scene-builder.js";
import { converse, type Turn } from "./converse.js";
import { parseStatement } from "./questions/parse-question.js";
import { answerScene } from "./answers/answer-scene.js";

const room = kitchen({ left: "open" }).add("bag", 0.5, -0.2, { id: "bag", color: "green", bottomM: 0.8 }).build();

function said(question: string, history: readonly Turn[] = []) {
  const answer = converse(question, room, { history });
  if (!answer.ok) throw new Error(`${question}: ${answer.code} ${answer.message}`);
  return answer.value;
}

describe("converse", () => {
  it.each([
    ["Is there a red mug?", true],
    ["Do you see a purple mug in the picture?", false],
    ["Are there any bananas?", false],
    ["有没有蓝色的杯子？", true],
    ["图里有香蕉吗？", false],
    ["水槽里有柠檬吗？", true],
    ["Are there two mugs?", true],
    ["Are there three mugs?", false],
    ["Are there only one mugs?", false],
    ["Is there exactly one can?", true],
    ["How many mugs are there?", 2],
    ["How many mugs are on the counter?", 2],
    ["How many drawers are open?", 1],
    ["有几个杯子？", 2],
    ["你看到几个红色的杯子？", 1],
    ["What colour is the sponge?", "yellow"],
    ["海绵是什么颜色的？", "yellow"],
    ["Is the apple red or green?", "red"],
    ["Is the can green?", true],
    ["罐头是红色的吗？", false],
    ["Is the red mug left of the blue mug?", true],
    ["Is the red mug to the left or to the right of the blue mug?", "left-of"],
    ["红色的杯子在蓝色的杯子的右边吗？", false],
    ["Is the can on the shelf?", true],
    ["Is the lemon in the sink?", true],
    ["柠檬在架子上吗？", false],
    ["Is the left drawer open?", true],
    ["Is the right drawer open or closed?", "closed"],
    ["右边的抽屉关着吗？", true],
    ["左边的抽屉是开着还是关着？", "open"],
    ["Is the sink empty?", false],
    ["Is the red thing on the counter an apple?", false],
    ["Is the can taller than the apple?", true],
    ["罐头比苹果高吗？", true],
  ])("answers %s", (question, value) => {
    expect(said(question).value).toBe(value);
  });

  it("measures in metres", () => {
    expect(said("How far is the red mug from the blue mug?").value).toBeCloseTo(Math.hypot(0.05, 0.14), 2);
    expect(said("红色的杯子离蓝色的杯子多远？").value).toBeCloseTo(Math.hypot(0.05, 0.14), 2);
    expect(said("How far away is the apple?").value).toBeCloseTo(Math.hypot(0.38, 0.02), 2);
    expect(said("What is the height of the can?").value).toBeCloseTo(0.1, 2);
    expect(said("How big is the sponge?").text).toMatch(/9 cm by 5 cm and 3 cm high/u);
  });

  it("says where things are and what is somewhere", () => {
    expect(said("Where is the can?").text).toMatch(/on the shelf/u);
    expect(said("What is in the left drawer?").text).toMatch(/a green bag/u);
    expect(said("What is in the right drawer?").text).toMatch(/cannot see into/u);
    expect(said("水槽里有什么？").text).toMatch(/柠檬/u);
    expect(said("Which mug is the leftmost?").text).toMatch(/red mug/u);
    expect(said("最左边的杯子是什么颜色的？").value).toBe("red");
  });

  it("says honestly what it does not see, and what comes near", () => {
    expect(said("What colour is the bottle?").text).toBe("I do not see a bottle.");
    expect(said("Where is the green mug?").text).toMatch(/do not see a green mug, only a red and a blue mug/u);
    expect(said("瓶子在哪里？").text).toMatch(/没有看到瓶子/u);
    expect(said("Where is the mug?").about).toHaveLength(2);
  });

  it("keeps the thread over several turns", () => {
    const first = { question: "Where is the red mug?", answer: "On the counter." };

    expect(said("And the blue one?", [first]).about).toEqual(["blue-mug"]);
    expect(said("What colour is it?", [first]).value).toBe("red");
    expect(said("那蓝色的呢？", [{ question: "红色的杯子在哪里？", answer: "台面上。" }]).about).toEqual(["blue-mug"]);
    expect(said("How about the lemon?", [{ question: "What colour is the apple?", answer: "Red." }]).value).toBe(
      "yellow",
    );
  });

  it.each([
    ["Who painted this?", "unknown-question"],
    ["Is there a unicorn?", "unknown-word"],
    ["有独角兽吗？", "unknown-word"],
    ["x".repeat(500), "unknown-question"],
    ["", "unknown-question"],
  ])("leaves %s to others", (question, code) => {
    expect(converse(question, room, { history: [] })).toMatchObject({ ok: false, code });
  });

  it("does not take a thing for its second likeliest kind, or for what is only remembered", () => {
    const doubtful = scene()
      .add("block", 0.4, 0, {
        color: "red",
        kindScores: [
          ["block", 0.6],
          ["sponge", 0.38],
        ],
      })
      .build();
    const gone = { ...doubtful, detections: doubtful.detections.map((each) => ({ ...each, ageS: 2 })) };

    expect(converse("Is there a sponge?", doubtful, { history: [] })).toMatchObject({ value: { value: false } });
    expect(converse("Is there a block?", gone, { history: [] })).toMatchObject({ value: { value: false } });
  });
});

describe("parseStatement", () => {
  it.each([
    ["The left drawer is open.", true],
    ["The can is on the shelf.", true],
    ["There is a purple mug.", false],
    ["水槽里有柠檬。", true],
    ["红色的杯子在架子上。", false],
  ])("judges %s", (statement, value) => {
    const question = parseStatement(statement);
    if (!question.ok) throw new Error(question.message);

    expect(answerScene(question.value, room, { language: "en" })).toMatchObject({ value: { value } });
  });
});
