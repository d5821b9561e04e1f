import type { InstructionProgram } from "../program/program.js";

/** "Don't", 不要, 别: what is forbidden would otherwise be read as what is asked for. 别忘了 and 能不能 ask. */
const FORBIDS =
  /\b(?:don'?t|do not|never|must not|mustn'?t|should not|shouldn'?t|cannot|can'?t|won'?t|avoid|without)\b|不要|不用|别(?!忘|的)|勿|不许|(?<!能)不能|(?<!可)不可以|禁止/u;
/** Conditions; "when you are done" and "if you can" are none. */
const CONDITION =
  /\b(?:if|in case)\b(?! (?:you (?:can|could|would|please|don't mind)|possible))|\bwhen(?:ever)?\b(?! (?:you (?:are|have)|that is|this is|done|finished))|\b(?:unless|until|while)\b|如果|要是|假如|若是|除非|直到|的时候|的话/u;

/**
 * Words that change what an instruction means and that no program has a place for. The network passes over them, so they are
 * looked for by rule. Returns what to tell the person.
 */
export function refuseUnread(text: string, program: InstructionProgram): string | undefined {
  const forbidden = FORBIDS.exec(text);
  if (forbidden !== null)
    return `I cannot keep to "${forbidden[0]}": I only read what to do, not what to leave. Say what I shall do.`;
  const condition = CONDITION.exec(text);
  if (condition === null) return undefined;
  // "If the drawer is open, close it" is met by closing it: nothing is done when it is closed already.
  const [only, ...more] = program;
  if (more.length === 0 && only !== undefined && (only.do === "open" || only.do === "close")) return undefined;
  return `I cannot wait for a condition ("${condition[0]}"), except that a drawer is open or closed. Say it without.`;
}
