import type { Detection } from "../domain/detection.js";

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");

const isSpaceless = (text: string): boolean => /\p{Script=Han}/u.test(text);

/** True when every word of `forbidden` is in `label`: "knife" covers "red knife" and "knives" does not. Chinese matches as a part. */
export function covers(forbidden: string, label: string): boolean {
  if (isSpaceless(forbidden)) return label.includes(forbidden.trim());
  const words = new Set(wordsOf(label));
  const wanted = wordsOf(forbidden);
  return wanted.length > 0 && wanted.every((word) => words.has(word));
}

/** The forbidden label that one of a thing's names falls under, or undefined. */
export function forbiddenFor(names: readonly string[], forbidden: readonly string[]): string | undefined {
  return forbidden.find((entry) => names.some((name) => covers(entry, name)));
}

/** Everything that a detection is called: its label, the phrase it answered, and its likeliest kinds. */
export function namesOf(detection: Detection): string[] {
  const kinds = detection.attributes?.kind.filter(([, probability]) => probability >= 0.2).map(([word]) => word) ?? [];
  return [detection.label, ...(detection.phrase === undefined ? [] : [detection.phrase]), ...kinds];
}
