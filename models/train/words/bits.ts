import type { Random } from "../../../src/domain/random.js";
import { PIECE_LABELS, type PieceRole, type PieceStart } from "../../../src/ports/words-reader.js";

/** A stretch of text with the label that the network has to give to each of its characters. */
export interface Bit {
  readonly text: string;
  readonly label: string;
  readonly role: PieceRole;
  readonly begins: PieceStart;
}

export const plain = (text: string): Bit => ({ text, label: "none", role: "none", begins: "inside" });

export function piece(text: string, label: string, role: PieceRole = "none"): Bit {
  if (!PIECE_LABELS.includes(label)) throw new Error(`No such label: "${label}" (of "${text}").`);
  return { text, label, role, begins: "piece" };
}

/** Marks the first piece of these as the beginning of a phrase or of a clause. */
export function begin(bits: readonly Bit[], start: "phrase" | "clause"): readonly Bit[] {
  let next: "phrase" | "clause" | undefined = start;
  return bits.map((bit) => {
    // An empty bit that begins something says so of the first piece behind it.
    if (bit.label === "none") {
      if (bit.begins === "clause") next = "clause";
      return { ...bit, begins: "inside" };
    }
    const begins = next ?? bit.begins;
    next = undefined;
    return { ...bit, begins };
  });
}

export type Slots = Readonly<Record<string, () => readonly Bit[]>>;

/**
 * A template to bits: `<take/grab|verb:take>` is a piece in one of several words, `{object}` a slot, `(a/b/)` a choice of
 * plain text, everything else plain text.
 */
export function fill(template: string, slots: Slots, random: Random): readonly Bit[] {
  const bits: Bit[] = [];
  for (const match of template.matchAll(/<([^|>]+)\|([^|>]+)(?:\|([^>]+))?>|\{(\w+)\}|\(([^)]*)\)|([^<{(]+)/gu)) {
    const [, words, label, role, slot, choice, text] = match;
    if (words !== undefined) bits.push(piece(random.pick(words.split("/")), label, (role ?? "none") as PieceRole));
    else if (slot !== undefined) {
      const make = slots[slot];
      if (make === undefined) throw new Error(`No such slot: {${slot}} in "${template}".`);
      bits.push(...make());
    } else if (choice !== undefined) bits.push(plain(random.pick(choice.split("/"))));
    else bits.push(plain(text));
  }
  return bits;
}

export interface Template {
  readonly text: string;
  /** Never trained on. */
  readonly heldOut: boolean;
}

/** One template a line; `!` in front: held out. */
export const templates = (lines: string): readonly Template[] =>
  lines
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => ({ text: line.replace(/^!\s*/u, ""), heldOut: line.startsWith("!") }));

export const pickTemplate = (all: readonly Template[], heldOut: boolean, random: Random): string =>
  random.pick(all.filter((template) => template.heldOut === heldOut)).text;

const literal = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);

/** What all fillings of a template look like, so that no composed sentence repeats one that is held out. */
export function skeletonOf(template: string): RegExp {
  const parts = [...template.matchAll(/<([^|>]+)\|[^>]+>|\{(\w+)\}|\(([^)]*)\)|([^<{(]+)/gu)].map(
    ([, words, slot, choice, text]) => {
      const choices = words ?? choice;
      if (choices !== undefined) return `(?:${choices.split("/").map(literal).join("|")})`;
      if (slot !== undefined) return slot === "now" ? "" : ".+";
      return literal(text.normalize("NFKC").trim());
    },
  );
  return new RegExp(parts.join(" *"), "u");
}
