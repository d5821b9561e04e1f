import { describe, expect, it } from "vitest";
import { createTextureLibrary } from "../../../../sim/render/index.js";
import { createDescribeEpisode, formatDescribe, summariseDescribe } from "../../../../sim/suites/index.js";
import { loadLaunch } from "../../launch/load-launch.js";
import { judgeAnswer, notThere } from "./judge-describe.js";
import { mentionsIn } from "./mentions.js";
import { runDescribe } from "./run-describe.js";

const launch = loadLaunch("launch/kitchen-sim.json", ['perception.type="oracle"']);
const textures = createTextureLibrary();

describe("suite describe", () => {
  it("finds nearly everything right when perception makes no mistakes", { timeout: 60_000 }, async () => {
    const rows = [];
    for (let index = 0; index < 6; index++) {
      rows.push((await runDescribe({ index, seed: 972_000 }, launch, { textures })).row);
    }
    const figures = summariseDescribe(rows);
    const wrong = rows.flatMap(({ describe: detail }) => detail?.asked.filter(({ right }) => !right) ?? []);

    expect(wrong.map(({ wrong: what }) => what)).toEqual([]);
    expect(figures?.falseCaptions.count).toBe(0);
    expect(figures?.answers.presence.zh.asked).toBe(12);
    expect(formatDescribe(figures!)).toMatch(/presence\s+100\.0 % of 12/u);
  });

  it("makes the same questions from the same seed, in both languages", () => {
    const [a, b] = [createDescribeEpisode(1, 972_000, textures), createDescribeEpisode(1, 972_000)];

    expect(b.questions).toEqual(a.questions);
    expect(new Set(a.questions.map(({ language }) => language))).toEqual(new Set(["en", "zh"]));
    expect(a.seed).toBe(972_001);
  });

  it("calls an answer without a value, and one that differs, wrong", () => {
    const question = { aspect: "count", language: "en", text: "How many?", truth: 2 } as const;
    const answer = (value: number) => ({ ok: true, value: { text: "", value, confidence: 1, about: [] } }) as const;

    expect(judgeAnswer(question, answer(2)).right).toBe(true);
    expect(judgeAnswer(question, answer(3)).right).toBe(false);
    expect(judgeAnswer(question, { ok: false, code: "unknown-word", message: "" }).right).toBe(false);
  });

  it("reads what a caption names off its words", () => {
    const { things } = createDescribeEpisode(0, 971_004, textures);

    expect(mentionsIn("A red and a blue mug, three blocks (two red and one green) in the sink")).toEqual([
      { kind: "mug", color: "red" },
      { kind: "mug", color: "blue" },
      { kind: "block" },
      { kind: "block", color: "red" },
      { kind: "block", color: "green" },
      { kind: "sink" },
    ]);
    expect(notThere("A yellow lemon, a red lemon and a banana.", things)).toEqual(["red lemon", "banana"]);
  });
});
