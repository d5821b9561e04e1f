import type { Box } from "../../domain/detection.js";

export interface SaidBox {
  readonly label: string;
  readonly box: Box;
}

/** Places are counted in thousandths of the picture; a bin stands for its middle. */
const BINS = 1000;
const LOCATION = /<loc_(\d+)>/gu;
const ENTRY = /([^<]*)((?:<loc_\d+>){4,})/gu;

/**
 * Boxes out of what Florence-2 wrote: `car<loc_53><loc_333><loc_933><loc_774>`, where several boxes may follow a label, and a
 * box without one belongs to the label before it. What is no box is left out: the model is free to write anything.
 */
export function parseFlorenceBoxes(text: string): readonly SaidBox[] {
  const said: SaidBox[] = [];
  let label = "";
  for (const [, words, places] of text.replaceAll(/<\/?s>|<pad>/gu, "").matchAll(ENTRY)) {
    label = words.trim() === "" ? label : words.trim();
    if (label === "") continue;
    const bins = [...places.matchAll(LOCATION)].map(([, bin]) => (Math.min(Number(bin), BINS - 1) + 0.5) / BINS);
    for (let i = 0; i + 3 < bins.length; i += 4) {
      const [x0, y0, x1, y1] = bins.slice(i, i + 4);
      if (x1 > x0 && y1 > y0) said.push({ label, box: { x0, y0, x1, y1 } });
    }
  }
  return said;
}

/**
 * Lines of text out of what Florence-2 wrote for OCR with regions: `Total<loc_..>` with eight places, the corners of a quadrangle
 * clockwise from the top left. Each becomes the upright box around it.
 */
export function parseFlorenceText(text: string): readonly SaidBox[] {
  const said: SaidBox[] = [];
  for (const [, words, places] of text.replaceAll(/<\/?s>|<pad>/gu, "").matchAll(/([^<]*)((?:<loc_\d+>){8})/gu)) {
    const label = words.trim();
    if (label === "") continue;
    const bins = [...places.matchAll(LOCATION)].map(([, bin]) => (Math.min(Number(bin), BINS - 1) + 0.5) / BINS);
    const xs = bins.filter((_, at) => at % 2 === 0);
    const ys = bins.filter((_, at) => at % 2 === 1);
    const box = { x0: Math.min(...xs), y0: Math.min(...ys), x1: Math.max(...xs), y1: Math.max(...ys) };
    if (box.x1 > box.x0 && box.y1 > box.y0) said.push({ label, box });
  }
  return said;
}

/** The phrase that a label means: the model repeats the caption's words, with or without articles, or a part of them. */
export function phraseOf(label: string, phrases: readonly string[]): string | undefined {
  const words = wordsOf(label);
  const fit = (phrase: string): number => {
    const own = wordsOf(phrase);
    const shared = own.filter((word) => words.includes(word)).length;
    // More words in common first; of equals, the phrase that has fewer others.
    return shared === 0 ? 0 : shared + shared / (own.length + 1);
  };
  const best = phrases.reduce<string | undefined>((a, b) => (a === undefined || fit(b) > fit(a) ? b : a), undefined);
  return best !== undefined && fit(best) > 0 ? best : undefined;
}

const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "" && !["a", "an", "the"].includes(word));
