/** A sentence, or a clause where a sentence is long, ends behind one of these. Chinese puts no space behind them. */
const ENDS = [". ", "! ", "? ", "; ", "。", "！", "？", "；"] as const;

/**
 * A text in pieces of at most `longest` characters for a synthesiser, cut behind sentences, else behind words. Control characters
 * and line breaks become spaces. Empty for nothing to say.
 */
export function splitText(text: string, { longest }: { readonly longest: number }): readonly string[] {
  const pieces: string[] = [];
  let rest = text.replace(/[\p{Cc}\s]+/gu, " ").trim();
  while (rest.length > longest) {
    const head = rest.slice(0, longest);
    const end = Math.max(...ENDS.map((mark) => head.lastIndexOf(mark) + 1));
    const space = head.lastIndexOf(" ");
    const at = end > longest / 3 ? end : space > 0 ? space : betweenCharacters(rest, longest);
    pieces.push(rest.slice(0, at).trim());
    rest = rest.slice(at).trim();
  }
  return rest === "" ? pieces : [...pieces, rest];
}

/** Not between the two halves of one character. */
const betweenCharacters = (text: string, at: number): number =>
  /[\uD800-\uDBFF]/u.test(text.charAt(at - 1)) ? at - 1 : at;
