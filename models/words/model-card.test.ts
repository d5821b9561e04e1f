import { describe, expect, it } from "vitest";
import { verifyModel } from "../../src/adapters/onnx/model-folder.js";
import { readWordsThresholds } from "../../src/adapters/onnx/words-net.js";
import { PIECE_LABELS, PIECE_ROLES, PIECE_STARTS } from "../../src/ports/words-reader.js";

describe("the card of models/words", () => {
  it("names its file by the sha256 and size that it has", async () => {
    const card = await verifyModel(import.meta.dirname);

    expect(card.files.map(({ path }) => path)).toEqual(["words.onnx"]);
  });

  it("answers in the labels of this version", async () => {
    const card = await verifyModel(import.meta.dirname);

    expect(card.labels).toMatchObject({ piece: PIECE_LABELS, role: PIECE_ROLES, start: PIECE_STARTS });
    expect(new Set(card.labels["characters"]).size).toBe(card.labels["characters"].length);
  });

  it("carries thresholds, and held-out figures by language and family", async () => {
    const card = await verifyModel(import.meta.dirname);

    const { confidence, readable } = readWordsThresholds(card);
    expect(card.parameters).toMatchObject({ confidenceThreshold: confidence, readableThreshold: readable });
    expect(card.figures).toHaveProperty("heldOutSentences.sentences", 1000);
    expect(card.figures).toHaveProperty("heldOutWithRecogniserErrors.byLanguage.zh");
    expect(card.figures).toHaveProperty("templatesNeverTrained.byFamily.put");
    expect(card.limits.length).toBeGreaterThan(3);
  });
});
