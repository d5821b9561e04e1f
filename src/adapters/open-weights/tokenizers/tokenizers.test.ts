import { describe, expect, it } from "vitest";
import { createBytePair } from "./byte-pair.js";
import { createWordPiece } from "./word-piece.js";

describe("word pieces", () => {
  const pieces = "[PAD] [UNK] [CLS] [SEP] . red cup un ##break ##able ##s cafe 杯 - ' great".split(" ");
  const vocabulary = new Map(pieces.map((piece, id) => [piece, id]));
  const tokenizer = createWordPiece({ vocabulary, lowerCase: true });
  const read = (text: string): string[] => tokenizer.encode(text).map((id) => pieces[id]);

  it.each([
    ["red cup.", "red cup ."],
    ["  RED\tCups ", "red cup ##s"],
    ["unbreakable cup", "un ##break ##able cup"],
    ["Café", "cafe"],
    ["red杯cup", "red 杯 cup"],
    ["red-cup's", "red - cup ' [UNK]"],
    ["cupboard", "[UNK]"],
    ["red\u0000 c\u200dup", "red cup"],
    [`${"red".repeat(40)} cup`, "[UNK] cup"],
    ["", ""],
  ])("reads %j as %j", (text, expected) => {
    expect(read(text).join(" ")).toBe(expected);
  });

  it("keeps letters as they are where the vocabulary has both", () => {
    const cased = createWordPiece({
      vocabulary: new Map([
        ["[UNK]", 0],
        ["Red", 1],
        ["é", 2],
      ]),
      lowerCase: false,
    });

    expect(cased.encode("Red red é")).toEqual([1, 0, 2]);
  });

  it("says which special token is missing", () => {
    expect(() => tokenizer.special("[MASK]")).toThrow(/\[MASK\]/);
  });
});

describe("byte pairs", () => {
  const merges = ["r e", "re d</w>", "c u", "cu p</w>", "o f"].map((pair) => pair.split(" ") as [string, string]);
  const pieces = [
    ..."r e d c u p s o f ! 1 2 Ã ©".split(" "),
    ..."r e d c u p s o f ! 1 2 Ã ©".split(" ").map((piece) => `${piece}</w>`),
    ...merges.map((pair) => pair.join("")),
    "<|startoftext|>",
    "<|endoftext|>",
  ];
  const vocabulary = new Map(pieces.map((piece, id) => [piece, id]));
  const tokenizer = createBytePair({ vocabulary, merges });
  const read = (text: string, longest = 77): string =>
    tokenizer
      .encode(text, longest)
      .map((id) => pieces[id])
      .join(" ");

  it.each([
    ["red cup", "<|startoftext|> red</w> cup</w> <|endoftext|>"],
    ["  Red\n CUPS", "<|startoftext|> red</w> cu p s</w> <|endoftext|>"],
    ["red!!", "<|startoftext|> red</w> ! !</w> <|endoftext|>"],
    ["12", "<|startoftext|> 1</w> 2</w> <|endoftext|>"],
    ["é", "<|startoftext|> Ã ©</w> <|endoftext|>"],
    ["of", "<|startoftext|> o f</w> <|endoftext|>"],
    ["", "<|startoftext|> <|endoftext|>"],
  ])("reads %j as %j", (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it("keeps its end mark when a text is too long", () => {
    expect(read("red cup red cup red cup", 4)).toBe("<|startoftext|> red</w> cup</w> <|endoftext|>");
  });

  it("refuses a vocabulary without CLIP's marks", () => {
    expect(() => createBytePair({ vocabulary: new Map([["a", 0]]), merges: [] })).toThrow(/startoftext/);
  });
});
