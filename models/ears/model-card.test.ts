import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readEarsParameters } from "../../src/adapters/ears/ears-net.js";
import { parseLanguage } from "../../src/adapters/ears/language.js";
import { loadStopSpotter } from "../../src/adapters/ears/load-stop-spotter.js";
import { verifyModel } from "../../src/adapters/onnx/model-folder.js";

const folder = import.meta.dirname;

describe("the card of models/ears", () => {
  it("names its files by the sha256 and size that they have, and is small", async () => {
    const card = await verifyModel(folder);

    expect(card.files.map(({ path }) => path)).toEqual([
      "ears.onnx",
      "language.json",
      "sentences.onnx",
      "watch.onnx",
      "stop.bin",
      "held-out.json",
    ]);
    expect(card.files.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(19e6);
  });

  it("writes every word that it knows in the symbols that it hears", async () => {
    const letters = new Set((await verifyModel(folder)).labels["letters"]);
    const { english, sounds, syllables } = parseLanguage(readFileSync(join(folder, "language.json")));

    expect(sounds).toHaveLength(english.length);
    for (const word of [...sounds, ...syllables]) {
      expect(word).not.toBe("");
      expect(Array.from(word).filter((letter) => !letters.has(letter))).toEqual([]);
    }
  });

  it("carries what the decoder needs, and figures of every group of voices", async () => {
    const card = await verifyModel(folder);

    expect(readEarsParameters(card)).toMatchObject({ languageWeight: card.parameters["languageWeight"] });
    for (const group of ["seen", "unseen"])
      for (const synthesiser of ["espeak", "flite", "festival", "mandarin"])
        expect(card.figures).toHaveProperty(`${group}-${synthesiser}.errorRate`);
    expect(card.figures).toHaveProperty("stop.otherSpeech.minutes");
    expect(card.figures).toHaveProperty("stop.delayS.median");
    expect(card.figures).toHaveProperty("packageVoices.neverTrainedOn.errorRate");
    expect(card.limits.join(" ")).toContain("never heard a person");
  });

  it("states what the stop spotter answers to a known tone, and the spotter answers so", async () => {
    const card = (await verifyModel(folder)) as { known?: Record<string, number[][]> };
    const [known] = Object.values(card.known ?? {});
    const answers: number[][] = known.map(() => []);
    let step = 0;
    const maker = await loadStopSpotter(folder);
    const spotter = maker.make((logits) => {
      if (step++ % 6 === 0) for (const [word, logit] of logits.entries()) answers[word].push(logit);
    });

    spotter.hear(
      Float32Array.from({ length: 16_000 }, (_, i) => {
        const t = i / 16_000;
        return 0.3 * Math.sin(2 * Math.PI * (200 + 900 * t) * t) * (0.5 + 0.5 * Math.sin(2 * Math.PI * 3 * t));
      }),
    );

    for (const [word, row] of known.entries())
      for (const [at, logit] of row.entries()) expect(answers[word][at]).toBeCloseTo(logit, 1);
  });
});
