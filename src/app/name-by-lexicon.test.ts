import { expect, it } from "vitest";
import { paintFrame } from "../../test/support/painted-frame.js";
import { nameByLexicon } from "./name-by-lexicon.js";

const box = { x0: 0, y0: 0, x1: 0.5, y1: 0.5 };

async function attributesFor(label: string) {
  const grounder = nameByLexicon({
    name: "phrases",
    ground: () => Promise.resolve([{ label, phrase: label, box, score: 0.8 }]),
    close: () => Promise.resolve(),
  });
  const [grounding] = await grounder.ground(paintFrame({ width: 4, height: 3 }), { phrases: [] });
  expect(grounding).toMatchObject({ label, phrase: label, box, score: 0.8 });
  return grounding.attributes;
}

it.each([
  ["red cup", { kind: [["mug", 1]], color: [["red", 1]] }],
  ["square mat", { kind: [["zone", 1]], color: [] }],
  ["pouch", { kind: [["bag", 1]], color: [] }],
  [
    "tableware",
    {
      kind: [
        ["mug", 0.5],
        ["bowl", 0.5],
      ],
      color: [],
    },
  ],
])("knows what %j is", async (label, attributes) => {
  expect(await attributesFor(label)).toEqual(attributes);
});

it("leaves a name that it does not know as it is, without attributes", async () => {
  expect(await attributesFor("rusty hammer")).toBeUndefined();
});
