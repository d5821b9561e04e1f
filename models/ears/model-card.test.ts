import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createOnnxEars } from "../../src/adapters/ears/create-onnx-ears.js";
import { readEarsParameters } from "../../src/adapters/ears/ears-net.js";
import { parseLanguage } from "../../src/adapters/ears/language.js";
import { loadStopSpotter } from "../../src/adapters/ears/load-stop-spotter.js";
import { verifyModel } from "../../src/adapters/onnx/model-folder.js";
import { createFliteSpeaker } from "../../src/adapters/speech/create-flite-speaker.js";
import type { Speaker } from "../../src/ports/speaker.js";
import type { Transcriber } from "../../src/ports/transcriber.js";
import { measurePackage, readHeldOut } from "../train/ears/measure-package.js";

const folder = import.meta.dirname;
const SENTENCES = 4;

describe("the shipped ears", () => {
  let transcriber: Transcriber;
  let speaker: Speaker;
  beforeAll(async () => {
    [transcriber, speaker] = await Promise.all([createOnnxEars({ modelDir: folder }), createFliteSpeaker()]);
  });
  afterAll(async () => {
    await transcriber.close();
    await speaker.close();
  });

  it("hear held-out utterances as well as the card says", { timeout: 60_000 }, async () => {
    const { packageVoices } = (await verifyModel(folder)).figures as {
      packageVoices: Record<string, { errorRate: number }>;
    };

    const measured = await measurePackage({ transcriber, speaker, sentences: readHeldOut(folder).slice(0, SENTENCES) });

    // A few of 120 sentences: two standard errors of so few words, and 2 points.
    for (const [group, { errorRate, words }] of Object.entries(measured)) {
      const said = packageVoices[group].errorRate;
      expect(errorRate).toBeLessThan(said + 0.02 + 2 * Math.sqrt((said * (1 - said) + 1 / words) / words));
    }
  });
});

describe("the card of models/ears", () => {
  it("names its files by the sha256 and size that they have, and is small", async () => {
    const card = await verifyModel(folder);

    expect(card.files.map(({ path }) => path)).toEqual(["ears.onnx", "language.json", "stop.bin", "held-out.json"]);
    expect(card.files.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(8e6);
  });

  it("spells every word that it knows in the letters that it hears", async () => {
    const letters = new Set((await verifyModel(folder)).labels["letters"]);
    const { english, syllables } = parseLanguage(readFileSync(join(folder, "language.json")));

    for (const word of [...english, ...syllables])
      expect(Array.from(word).filter((letter) => !letters.has(letter))).toEqual([]);
  });

  it("carries what the decoder needs, and figures of every group of voices", async () => {
    const card = await verifyModel(folder);

    expect(readEarsParameters(card)).toMatchObject({ languageWeight: card.parameters["languageWeight"] });
    for (const group of ["seen", "unseen"])
      for (const synthesiser of ["espeak", "flite", "festival", "mandarin"])
        expect(card.figures).toHaveProperty(`${group}-${synthesiser}.errorRate`);
    expect(card.figures).toHaveProperty("stop.otherSpeech.minutes");
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
