import { describe, expect, it } from "vitest";
import { kitchen, scene, tabletop } from "../../../test/support/scene-builder.js";
import { describeClip } from "./describe-clip.js";
import { describeScene } from "./describe-scene.js";

const sentence = (where: ReturnType<typeof kitchen>, language: "en" | "zh" = "en"): string =>
  describeScene(whole(where), { form: "sentence", language }).text;

/** Boxes of true size: what is small in the picture is told more cautiously. */
function whole(where: ReturnType<typeof kitchen>) {
  const built = where.build();
  const detections = built.detections.map((each, i) => ({
    ...each,
    score: 1,
    box: {
      x0: (i % 8) * 0.12,
      y0: Math.floor(i / 8) * 0.2,
      x1: (i % 8) * 0.12 + 0.1,
      y1: Math.floor(i / 8) * 0.2 + 0.15,
    },
  }));
  return { ...built, detections };
}

describe("describeScene", () => {
  it("reads like a person's sentence, in places and with drawers' states", () => {
    const text = sentence(kitchen({ left: "open" }).add("bag", 0.5, -0.2, { color: "green", bottomM: 0.8 }));

    expect(text).toMatch(/a red and a blue mug/u);
    expect(text).toMatch(/a yellow lemon in the sink/u);
    expect(text).toMatch(/a green can on the shelf/u);
    expect(text).toMatch(/in the open left drawer a green bag; the right drawer is closed\.$/u);
    expect(sentence(kitchen(), "zh")).toMatch(/架子上有一个绿色的罐头；两个抽屉都是关着的。$/u);
  });

  it("counts", () => {
    const where = scene();
    for (const y of [0.3, 0.1, -0.1]) where.add("mug", 0.4, y, { color: "red" });
    where.add("block", 0.6, 0.2, { color: "blue" }).add("block", 0.6, 0, { color: "blue" });
    where.add("block", 0.6, -0.2, { color: "green" });

    expect(sentence(where)).toBe("Three red mugs and three blocks (two blue and one green).");
    expect(sentence(where, "zh")).toBe("有三个红色的杯子和三块积木（两块蓝色和一块绿色）。");
  });

  it("leaves out what is doubtful, and a colour that is", () => {
    const doubtful = scene()
      .add("mug", 0.4, 0.3, { color: "red", kindScores: [["mug", 0.6]] })
      .add("can", 0.4, 0, {
        colorScores: [
          ["red", 0.5],
          ["orange", 0.5],
        ],
      });

    expect(sentence(doubtful)).toBe("A can.");
    expect(sentence(scene())).toBe("Nothing that I know can be seen.");
  });

  it("tells relations in a paragraph, and tags with their probabilities", () => {
    const { text } = describeScene(whole(tabletop()), { form: "paragraph", language: "en" });
    const { tags, tagScores } = describeScene(whole(tabletop()), { form: "tags", language: "en" });

    expect(text).toMatch(/The \w+ \w+ is (?:left of|right of|in front of|behind) the/u);
    expect(tags).toEqual(expect.arrayContaining(["bowl", "red bowl", "green block"]));
    expect(tagScores?.every(({ score }) => score > 0.5 && score <= 1)).toBe(true);
  });
});

describe("describeClip", () => {
  it("tells what changes between moments", () => {
    const closed = whole(kitchen());
    const open = whole(kitchen({ left: "open" }));
    const moments = [closed, closed, open, open].map((each, i) => ({ timeMs: i * 1000, scene: each }));

    const { text } = describeClip({ moments, events: [] }, { form: "sentence", language: "en" });

    expect(text).toMatch(/At 2\.0 s the left drawer is open\.$/u);
  });

  it("tells what a recording says, and claims only what was verified", () => {
    const moments = [{ timeMs: 0, scene: whole(kitchen()) }];
    const start = {
      timeMs: 0,
      event: "mission-start",
      instruction: "open the drawer",
      robot: "sim",
      planner: "p",
      perception: "e",
    } as const;
    const end = {
      timeMs: 9000,
      event: "mission-end",
      outcome: "failed",
      grade: "failed",
      code: "not-opened",
      message: "",
      receipts: [],
    } as never;

    const { text } = describeClip(
      {
        moments,
        events: [
          { timeMs: 0, event: start },
          { timeMs: 9000, event: end },
        ],
      },
      { form: "sentence", language: "en" },
    );

    expect(text).toBe('The robot is asked: "open the drawer". It ends failed (failed), at 9.0 s.');
  });
});
