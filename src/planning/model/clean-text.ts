/** Control, format (bidirectional overrides, zero-width signs), private and unassigned characters. */
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}]+/gu;

/** Text from outside as one visible line of at most `most` UTF-16 code units. */
export function cleanText(text: string, most: number): string {
  // Bounded first: the rest then costs the same whatever was sent.
  const line = text
    .slice(0, most * 8)
    .replace(HIDDEN, " ")
    .replace(/\s+/gu, " ")
    .trim();
  // A character of two code units may have been cut in half.
  return line
    .slice(0, most)
    .replace(/[\ud800-\udbff]$/u, "")
    .trim();
}
