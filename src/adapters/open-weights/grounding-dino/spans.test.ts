import { describe, expect, it } from "vitest";
import { createWordPiece } from "../tokenizers/word-piece.js";
import { LONGEST_CAPTION, writeCaptions } from "./caption.js";
import { decodeDino } from "./decode-dino.js";

const pieces = "[PAD] [UNK] [CLS] [SEP] . red green cup bag ball ##s".split(" ");
const tokenizer = createWordPiece({ vocabulary: new Map(pieces.map((piece, id) => [piece, id])), lowerCase: true });
const logit = (p: number): number => Math.log(p / (1 - p));

/** One query for each list of probabilities by token index. */
function decode(
  phrases: readonly string[],
  queries: readonly Readonly<Record<number, number>>[],
  vocabulary: readonly string[] = [],
) {
  const [{ spans }] = writeCaptions(phrases, vocabulary, tokenizer);
  const logits = new Float32Array(queries.length * LONGEST_CAPTION).fill(-Infinity);
  queries.forEach((probabilities, query) => {
    for (const [token, p] of Object.entries(probabilities)) logits[query * LONGEST_CAPTION + Number(token)] = logit(p);
  });
  const boxes = Float32Array.from(queries.flatMap(() => [0.5, 0.5, 0.2, 0.4]));
  return decodeDino({ logits, boxes }, spans, { boxThreshold: 0.3, textThreshold: 0.25 });
}

describe("captions", () => {
  it("end every phrase with a full stop and know where each one's tokens are", () => {
    const [caption] = writeCaptions(["Red cups", "ball."], [], tokenizer);

    expect(caption.ids.map((id) => pieces[id]).join(" ")).toBe("[CLS] red cup ##s . ball . [SEP]");
    expect(caption.spans).toMatchObject([
      { phrase: "Red cups", start: 1, end: 4 },
      { phrase: "ball", start: 5, end: 6 },
    ]);
  });

  it("become several where one cannot hold all phrases", () => {
    const phrases = Array.from({ length: 130 }, (_, i) =>
      `${"red ".repeat(1 + (i % 3))}cup ${"ball ".repeat(i)}`.trim(),
    );
    const captions = writeCaptions(phrases.slice(0, 40), [], tokenizer);

    expect(captions.length).toBeGreaterThan(1);
    expect(captions.every(({ ids }) => ids.length <= LONGEST_CAPTION)).toBe(true);
    expect(captions.flatMap(({ spans }) => spans.map(({ phrase }) => phrase))).toEqual(phrases.slice(0, 40));
  });

  it("leave out what the vocabulary cannot say, and say nothing twice", () => {
    expect(writeCaptions(["扳手", "", "...", "red ".repeat(300)], [], tokenizer)).toEqual([]);
    expect(writeCaptions(["cup", "cup."], ["cup"], tokenizer)[0].spans).toHaveLength(1);
  });
});

describe("phrases of boxes", () => {
  it("are those whose tokens fire most, and never two phrases in one", () => {
    const found = decode(
      ["red cup", "ball"],
      [
        { 1: 0.6, 2: 0.8, 4: 0.5 },
        { 2: 0.3, 4: 0.9 },
      ],
    );

    expect(found.map(({ phrase }) => phrase)).toEqual(["red cup", "ball"]);
    expect(found[0].score).toBeCloseTo(0.8, 5);
    expect(found[0].box.x0).toBeCloseTo(0.4, 5);
    expect(found[0].box.y1).toBeCloseTo(0.7, 5);
  });

  it("are left out below the threshold", () => {
    expect(decode(["red cup"], [{ 1: 0.29, 2: 0.1 }])).toEqual([]);
  });

  it("have a quality only where its word fires, too", () => {
    const phrases = ["green bag", "bag"];

    // [CLS] green bag . bag .
    expect(decode(phrases, [{ 1: 0.5, 2: 0.6, 4: 0.7 }])[0].phrase).toBe("green bag");
    expect(decode(phrases, [{ 1: 0.05, 2: 0.7, 4: 0.6 }])[0].phrase).toBe("bag");
    expect(decode(["green bag"], [{ 1: 0.05, 2: 0.7 }])[0].phrase).toBe("green bag");
  });

  it("tell two colours of one kind apart by the colours", () => {
    // [CLS] red cup . green cup .
    const found = decode(
      ["red cup", "green cup"],
      [
        { 1: 0.8, 2: 0.6, 4: 0.1, 5: 0.6 },
        { 1: 0.1, 2: 0.6, 4: 0.8, 5: 0.6 },
      ],
    );

    expect(found.map(({ phrase }) => phrase)).toEqual(["red cup", "green cup"]);
  });

  it("are the names that were asked for rather than the vocabulary's, where all of their words fire", () => {
    // [CLS] red cup . ball .
    const [red, other] = decode(
      ["red cup"],
      [
        { 1: 0.5, 2: 0.5, 4: 0.6 },
        { 1: 0.1, 2: 0.5, 4: 0.6 },
      ],
      ["ball"],
    );

    expect(red).toMatchObject({ phrase: "red cup" });
    expect(other).toMatchObject({ phrase: "ball" });
  });
});
