import type { InstructionProgram } from "../program/program.js";

/** "Don't", 不要, 别: what is forbidden would otherwise be read as what is asked for. 别忘了 and 能不能 ask, "I can't" tells. */
const FORBIDS =
  /(?<!\b(?:i|we|he|she|they|it|this|that) )\b(?:don'?t|do not|never|must not|mustn'?t|should not|shouldn'?t|cannot|can'?t|won'?t|avoid|without)\b|不要|不用|别(?!忘|的)|勿|不许|(?<!能)不能|(?<!可)不可以|禁止/u;
/** What asks for no more than attention: "if you don't mind", "don't worry", 不用急. */
const POLITE =
  /\bif you (?:do not|don't) mind\b|\b(?:do not|don't) (?:worry|hurry|rush|forget)\b|\bwhy don't you\b|不用(?:急|着急|客气)/gu;
/** Conditions; "when you are done" and "if you can" are none. */
const CONDITION =
  /\b(?:if|in case)\b(?! (?:you (?:can|could|would|please|don't mind)|possible))|\bwhen(?:ever)?\b(?! (?:you (?:are|have|can|get)|you're|that's|that is|this is|possible|ready|done|finished))|\b(?:unless|until|while)\b|如果|要是|假如|若是|除非|直到|的时候|的话/u;
/** "Before you close it": the order in which it was said is not the order in which it is to be done. */
const ORDER = /\bbefore (?:you|i|we|that|it|[a-z]+ing)\b|之前|以前/u;

/** What to tell a person who says what not to do. */
export function refuseForbidden(text: string): string | undefined {
  const forbidden = FORBIDS.exec(text.replaceAll(POLITE, " "));
  if (forbidden === null) return undefined;
  return `I cannot keep to "${forbidden[0]}": I only read what to do, not what to leave. Say what I shall do.`;
}

/** A condition that was read, with the 的话 that ends it, taken out. */
function without(text: string, condition: string): string {
  const at = text.indexOf(condition);
  if (at < 0) return text;
  return `${text.slice(0, at)} ${text.slice(at + condition.length).replace(/^\s*的?的话/u, "")}`;
}

/**
 * Words that change what an instruction means and that the program has no place for. The network passes over them, so they are
 * looked for by rule. Returns what to tell the person. `program`: what was read, if anything: its conditions are taken care of.
 */
export function refuseUnread(text: string, program: InstructionProgram): string | undefined {
  const read = program.flatMap(({ when }) => (when === undefined ? [] : [when.text]));
  const rest = read.reduce(without, text).replaceAll(POLITE, " ");
  const forbidden = refuseForbidden(rest);
  if (forbidden !== undefined) return forbidden;
  const order = ORDER.exec(rest);
  if (order !== null)
    return `I do things in the order in which they are said ("${order[0]}" turns it round). Say the first one first.`;
  const condition = CONDITION.exec(rest);
  if (condition === null) return undefined;
  return `I cannot wait for a condition ("${condition[0]}"), except for a drawer's state and for what is there. Say it so, or without.`;
}
