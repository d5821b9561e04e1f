import { expect, it } from "vitest";
import { cleanText, errorWords } from "./clean-text.js";

it("puts untrusted words on one line, without what a terminal would obey", () => {
  expect(cleanText("no\r\n\u001b[2J such\u202e model\u2028", [])).toBe("no [2J such model");
});

it("shortens long words after hiding secrets, so that no half of one is left", () => {
  const text = cleanText(`${"x".repeat(295)}secret-key`, ["secret-key"]);

  expect(text).not.toContain("secre ");
  expect(text.length).toBeLessThan(310);
});

it("hides the longer of two secrets first", () => {
  expect(cleanText("abcd-efgh", ["abcd", "abcd-efgh"])).toBe("[secret]");
});

it.each([
  ['{"error":{"message":"a"}}', "a"],
  ['{"error":"b"}', "b"],
  ['{"message":"c"}', "c"],
  ['{"detail":"d"}', "d"],
  ['[{"error":{"message":"e"}}]', "e"],
  ["f", "f"],
])("finds the words in %s", (body, words) => {
  expect(errorWords(body)).toBe(words);
});
