import { describe, expect, it } from "vitest";
import { PIECE_LABELS, PIECE_ROLES, PIECE_STARTS } from "../../ports/words-reader.js";
import { decodePieces, type CharacterLogits } from "./decode-pieces.js";

/** Logits that say these labels, roles and starts of each character, with one strength. */
function logitsFor(
  text: string,
  says: readonly (readonly [from: number, to: number, label: string, role: string, start: string])[],
  strength = 12,
): CharacterLogits {
  const labels = new Float32Array(text.length * PIECE_LABELS.length);
  const roles = new Float32Array(text.length * PIECE_ROLES.length);
  const starts = new Float32Array(text.length * PIECE_STARTS.length);
  for (let i = 0; i < text.length; i++) {
    const said = says.find(([from, to]) => i >= from && i < to);
    labels[i * PIECE_LABELS.length + PIECE_LABELS.indexOf(said?.[2] ?? "none")] = strength;
    roles[i * PIECE_ROLES.length + PIECE_ROLES.findIndex((role) => role === (said?.[3] ?? "none"))] = strength;
    const start = said !== undefined && said[0] === i ? said[4] : "inside";
    starts[i * PIECE_STARTS.length + PIECE_STARTS.findIndex((name) => name === start)] = strength;
  }
  return { labels, roles, starts, readable: 4 };
}

describe("decodePieces", () => {
  it("joins the words of one piece and parts those that start anew", () => {
    const text = "pick up mug can";
    const { pieces } = decodePieces(
      text,
      logitsFor(text, [
        [0, 7, "verb:take", "none", "clause"],
        [8, 11, "noun:mug", "object", "phrase"],
        [12, 15, "noun:mug", "object", "phrase"],
      ]),
    );

    expect(pieces).toEqual([
      { start: 0, end: 7, label: "verb:take", role: "none", begins: "clause" },
      { start: 8, end: 11, label: "noun:mug", role: "object", begins: "phrase" },
      { start: 12, end: 15, label: "noun:mug", role: "object", begins: "phrase" },
    ]);
  });

  it("reads a Latin word whole although one of its letters says otherwise", () => {
    const text = "bottle";
    const logits = logitsFor(text, [[0, 6, "noun:bottle", "object", "phrase"]]);
    logits.labels[2 * PIECE_LABELS.length + PIECE_LABELS.indexOf("noun:bottle")] = 0;

    expect(decodePieces(text, logits).pieces).toMatchObject([{ start: 0, end: 6, label: "noun:bottle" }]);
  });

  it("reads Chinese by the character", () => {
    const text = "拿红杯子";
    const { pieces } = decodePieces(
      text,
      logitsFor(text, [
        [0, 1, "verb:take", "none", "clause"],
        [1, 2, "color:red", "object", "phrase"],
        [2, 4, "noun:mug", "object", "piece"],
      ]),
    );

    expect(pieces.map(({ start, end }) => text.slice(start, end))).toEqual(["拿", "红", "杯子"]);
  });

  it("is as confident as its least certain decision", () => {
    const text = "take it";
    const sure = decodePieces(text, logitsFor(text, [[0, 4, "verb:take", "none", "clause"]]));
    const unsure = decodePieces(text, logitsFor(text, [[0, 4, "verb:take", "none", "clause"]], 2));

    expect(sure.confidence).toBeGreaterThan(0.99);
    expect(unsure.confidence).toBeLessThan(0.2);
    expect(sure.readable).toBeCloseTo(0.982, 3);
  });
});
