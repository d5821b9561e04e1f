import { describe, expect, it } from "vitest";
import { kitchen, scene, tabletop } from "../../../test/support/scene-builder.js";
import type { Scene } from "../../domain/scene.js";
import { parsePhrase } from "../grammar/parse-instruction.js";
import { resolve, type ReferenceMemory } from "./resolve.js";

function meant(phrase: string, where: Scene, memory: ReferenceMemory = {}): string {
  const expression = parsePhrase(phrase);
  if (!expression.ok) throw new Error(expression.message);
  const resolution = resolve(expression.value, where, memory);
  switch (resolution.status) {
    case "one":
      return resolution.detection.id;
    case "many":
      return resolution.detections
        .map(({ id }) => id)
        .sort()
        .join(" ");
    case "none":
      return "none";
  }
}

const row = (): Scene =>
  scene()
    .add("block", 0.4, 0.3, { id: "a", color: "red", sizeM: [0.035, 0.035, 0.035] })
    .add("block", 0.5, 0.1, { id: "b", color: "red", sizeM: [0.05, 0.05, 0.05] })
    .add("block", 0.35, -0.1, { id: "c", color: "blue", sizeM: [0.05, 0.05, 0.05] })
    .add("block", 0.45, -0.3, { id: "d", color: "blue", sizeM: [0.035, 0.035, 0.035] })
    .build();

describe("resolve", () => {
  it.each([
    ["the leftmost block", "a"],
    ["最右边的积木", "d"],
    ["the nearest block", "c"],
    ["最远的积木", "d"],
    ["the small red block", "a"],
    ["大的蓝色积木", "c"],
    ["the second block from the right", "c"],
    ["左边数第二个积木", "b"],
    ["the third block", "c"],
    ["the last block", "d"],
    ["the block between the red blocks", "none"],
    ["the fifth block", "none"],
    ["the biggest block", "b c"],
    ["the red block", "a b"],
    ["红色的积木", "a b"],
    ["all the blocks", "a b c d"],
    ["the green block", "none"],
    ["the block closest to the small red block", "b"],
    ["the blue block on the right", "d"],
    ["everything except the red blocks", "c d"],
  ])("finds %j in a row of blocks", (phrase, expected) => {
    expect(meant(phrase, row())).toBe(expected);
  });

  it.each([
    ["the lemon in the sink", "lemon"],
    ["the mug in the sink", "none"],
    ["the can on the shelf", "can"],
    ["the thing on the shelf", "can"],
    ["the sponge on the counter", "sponge"],
    ["台面上的柠檬", "none"],
    ["the left drawer", "left-drawer"],
    ["右边的抽屉", "right-drawer"],
    ["the closed drawer", "left-drawer right-drawer"],
    ["the open drawer", "none"],
    ["the mug right of the sponge", "red-mug"],
    ["the apple in front of the blue mug", "apple"],
  ])("finds %j in the kitchen", (phrase, expected) => {
    expect(meant(phrase, kitchen().build())).toBe(expected);
  });

  it("knows a drawer's contents only when it is open", () => {
    const bag = { id: "bag", color: "green", bottomM: 0.79 } as const;

    expect(meant("the bag in the drawer", kitchen({ right: "open" }).add("bag", 0.5, -0.48, bag).build())).toBe("bag");
    expect(meant("the bag in the left drawer", kitchen({ right: "open" }).add("bag", 0.5, -0.48, bag).build())).toBe(
      "none",
    );
    expect(meant("the open drawer", kitchen({ right: "open" }).build())).toBe("right-drawer");
    expect(meant("the open drawer", kitchen({ left: "ajar" }).build())).toBe("left-drawer");
  });

  it("prefers the surer reading and asks only between equals", () => {
    const unsure = scene()
      .add("mug", 0.4, 0.1, { id: "sure", color: "red" })
      .add("mug", 0.4, -0.1, {
        id: "unsure",
        colorScores: [
          ["orange", 0.6],
          ["red", 0.35],
        ],
      });

    expect(meant("the red mug", unsure.build())).toBe("sure");
    expect(meant("the orange mug", unsure.build())).toBe("unsure");
    expect(meant("the mug", unsure.build())).toBe("sure unsure");
  });

  it("takes what looks gray and may be white for the white one where none is plainly white", () => {
    const shaded = { id: "shaded", colorScores: [["gray", 0.9] as const, ["white", 0.08] as const] };
    const gray = { id: "gray", colorScores: [["gray", 0.98] as const, ["white", 0.01] as const] };
    const white = { id: "white", color: "white" } as const;
    const of = (...mugs: readonly Parameters<ReturnType<typeof scene>["add"]>[3][]): Scene =>
      mugs.reduce((all, mug, i) => all.add("mug", 0.4, 0.2 * i - 0.2, mug), scene()).build();

    expect(meant("the white mug", of(gray, shaded))).toBe("shaded");
    expect(meant("the white mug", of(white, shaded))).toBe("white");
    expect(meant("the white mug", of(gray))).toBe("none");
    expect(meant("the gray mug", of(shaded, white))).toBe("shaded");
    expect(meant("the blue mug", of(shaded))).toBe("none");
  });

  it("reads kind and colour from the label where a grounder gives nothing else", () => {
    const labelled = tabletop().build();
    const bare = { ...labelled, detections: labelled.detections.map((d) => ({ ...d, attributes: undefined })) };

    expect(meant("the red cube", bare)).toBe("red-block");
    expect(meant("蓝色的碗", bare)).toBe("blue-bowl");
  });

  it("takes 'it' from memory and leaves out what is excluded", () => {
    expect(meant("it", row(), { lastId: "b" })).toBe("b");
    expect(meant("it", row())).toBe("none");
    expect(meant("the red block", row(), { excludedIds: ["a"] })).toBe("b");
  });

  it("turns with a container that stands at an angle", () => {
    const where = scene()
      .add("zone", 0.45, 0, { id: "zone", color: "red", sizeM: [0.3, 0.06, 0.002] })
      .add("lemon", 0.53, 0.08, { id: "lemon", color: "yellow" })
      .build();
    const turned = {
      ...where,
      detections: where.detections.map((d) =>
        d.id === "zone" ? { ...d, extentInBase: { ...d.extentInBase, yawRad: Math.PI / 4 } } : d,
      ),
    };

    expect(meant("the lemon in the zone", where)).toBe("none");
    expect(meant("the lemon in the zone", turned)).toBe("lemon");
  });
});
