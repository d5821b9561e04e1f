/** A sound in the tree of all words. */
export interface Node {
  readonly symbol: number;
  readonly next: Map<number, Node>;
  readonly tokens: number[];
  /** Of the likeliest word that goes on from here. */
  ahead: number;
}

export interface History {
  readonly token: number;
  readonly before: History | undefined;
  readonly id: number;
  /** Of the language, weighted, with the bonus of words. */
  readonly score: number;
}

/** Words so far, and how far into the next one. */
export interface Path {
  readonly node: Node;
  readonly history: History;
  /** Log probabilities of all alignments that end in a blank, and in the last symbol. */
  blank: number;
  voiced: number;
  newBlank: number;
  newVoiced: number;
  total: number;
}

export const NEVER = -Infinity;

/** The logarithm of a sum, of logarithms. */
export const add = (a: number, b: number): number => {
  if (a === NEVER) return b;
  if (b === NEVER) return a;
  return a > b ? a + Math.log1p(Math.exp(b - a)) : b + Math.log1p(Math.exp(a - b));
};

export function tokensOf(history: History): readonly number[] {
  const tokens: number[] = [];
  for (let at: History | undefined = history; at?.before !== undefined; at = at.before) tokens.unshift(at.token);
  return tokens;
}
