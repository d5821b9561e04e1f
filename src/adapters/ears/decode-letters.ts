import type { Language } from "./language.js";

/** Log probabilities of each symbol (0: the blank of CTC, 1: space) for each step of 20 ms, row by row. */
export interface Letters {
  readonly scores: Float32Array;
  readonly symbols: readonly string[];
}

export interface DecodeOptions {
  /** How much what commands are like weighs against what was heard. */
  readonly languageWeight: number;
  /** Added for each word, for the language takes from each. */
  readonly wordBonus: number;
  readonly beam?: number;
}

export interface Decoded {
  /** Indices into the language's tokens. */
  readonly tokens: readonly number[];
  /** How much likelier the letters heard are without any words in mind, per letter; 0 is perfect agreement. */
  readonly strain: number;
  /** Logarithm of the best words' part among all that were considered; 0 is no doubt. */
  readonly doubt: number;
  /** Mean logarithm of the likeliest symbol where a letter is heard; 0 is a clear voice. */
  readonly clarity: number;
}

interface Node {
  readonly symbol: number;
  readonly next: Map<number, Node>;
  readonly tokens: number[];
  /** Of the likeliest word that goes on from here. */
  ahead: number;
}

interface History {
  readonly token: number;
  readonly before: History | undefined;
  readonly id: number;
  /** Of the language, weighted, with the bonus of words. */
  readonly score: number;
}

interface Path {
  readonly node: Node;
  readonly history: History;
  /** Log probabilities of all alignments that end in a blank, and in the last symbol. */
  blank: number;
  voiced: number;
  newBlank: number;
  newVoiced: number;
  total: number;
}

const SPACE = 1;
/** Symbols less likely than this (natural logarithm) do not extend a path. */
const FAINT = -9;
const NEVER = -Infinity;
/** Taken off what ends in the middle of a word. */
const BROKEN_OFF = 4;

const add = (a: number, b: number): number => {
  if (a === NEVER) return b;
  if (b === NEVER) return a;
  return a > b ? a + Math.log1p(Math.exp(b - a)) : b + Math.log1p(Math.exp(a - b));
};

/** A tree of all words by how they sound. */
function buildTree(language: Language, symbols: readonly string[]): Node {
  const makeNode = (symbol: number): Node => ({ symbol, next: new Map(), tokens: [], ahead: NEVER });
  const root = makeNode(-1);
  for (const [token, sounds] of language.sounds.entries()) {
    const likely = language.alone(token);
    let node = root;
    for (const letter of sounds) {
      const symbol = symbols.indexOf(letter);
      let child = node.next.get(symbol);
      if (child === undefined) node.next.set(symbol, (child = makeNode(symbol)));
      child.ahead = Math.max(child.ahead, likely);
      node = child;
    }
    node.tokens.push(token);
  }
  root.ahead = 0;
  return root;
}

/**
 * Prefix beam search over the words of a language: the letters of each path spell whole words, and paths that spell the same
 * words are one path, whatever their alignment.
 */
export function letterDecoder(
  language: Language,
  symbols: readonly string[],
  { languageWeight, wordBonus, beam = 80 }: DecodeOptions,
): (scores: Float32Array, only?: string) => Decoded {
  const root = buildTree(language, symbols);
  const width = symbols.length;

  return (scores, only) => {
    const isMeant = (token: number): boolean =>
      only === undefined || (only === "zh") === token >= language.firstSyllable;
    const steps = scores.length / width;
    let histories = 0;
    const first: History = { token: language.start, before: undefined, id: histories++, score: 0 };
    const extended = new Map<number, History>();
    const extend = (history: History, token: number): History => {
      const key = history.id * (language.tokens.length + 2) + token;
      let longer = extended.get(key);
      if (longer === undefined) {
        const likely = language.score(history.before?.token ?? language.start, history.token, token);
        const score = history.score + languageWeight * likely + wordBonus;
        extended.set(key, (longer = { token, before: history, id: histories++, score }));
      }
      return longer;
    };
    const ahead = ({ node }: Path): number => (node === root ? 0 : languageWeight * node.ahead);
    const open = (node: Node, history: History): Path => ({
      node,
      history,
      blank: NEVER,
      voiced: NEVER,
      newBlank: NEVER,
      newVoiced: NEVER,
      total: NEVER,
    });
    let paths: Path[] = [{ ...open(root, first), blank: 0 }];

    for (let step = 0; step < steps; step++) {
      const row = step * width;
      const live: number[] = [];
      for (let symbol = 1; symbol < width; symbol++) if (scores[row + symbol] > FAINT) live.push(symbol);
      const found = new Map<Node, Map<number, Path>>();
      const at = (node: Node, history: History): Path => {
        let same = found.get(node);
        if (same === undefined) found.set(node, (same = new Map()));
        let path = same.get(history.id);
        if (path === undefined) same.set(history.id, (path = open(node, history)));
        return path;
      };
      for (const path of paths) {
        const { node, history, blank, voiced } = path;
        const any = add(blank, voiced);
        const stay = at(node, history);
        stay.newBlank = add(stay.newBlank, any + scores[row]);
        // At the root the last symbol is a space, and spaces in a row are one.
        if (node === root) stay.newVoiced = add(stay.newVoiced, any + scores[row + SPACE]);
        else stay.newVoiced = add(stay.newVoiced, voiced + scores[row + node.symbol]);
        for (const symbol of live) {
          if (symbol === SPACE) {
            for (const token of node.tokens) {
              if (!isMeant(token)) continue;
              const next = at(root, extend(history, token));
              next.newVoiced = add(next.newVoiced, any + scores[row + SPACE]);
            }
            continue;
          }
          const child = node.next.get(symbol);
          if (child === undefined) continue;
          const next = at(child, history);
          next.newVoiced = add(next.newVoiced, (symbol === node.symbol ? blank : any) + scores[row + symbol]);
        }
      }
      const all: Path[] = [];
      for (const same of found.values()) {
        for (const path of same.values()) {
          path.blank = path.newBlank;
          path.voiced = path.newVoiced;
          path.newBlank = NEVER;
          path.newVoiced = NEVER;
          path.total = add(path.blank, path.voiced) + path.history.score + ahead(path);
          if (path.total > NEVER) all.push(path);
        }
      }
      all.sort((a, b) => b.total - a.total);
      paths = all.slice(0, beam);
    }
    return finish(paths, scores, { language, languageWeight, extend, isMeant, width, root });
  };
}

interface Finish {
  readonly language: Language;
  readonly languageWeight: number;
  readonly width: number;
  readonly root: Node;
  readonly extend: (history: History, token: number) => History;
  readonly isMeant: (token: number) => boolean;
}

/** Ends every path's last word, and compares the best with the others and with the letters alone. */
function finish(
  paths: readonly Path[],
  scores: Float32Array,
  { language, languageWeight, extend, isMeant, width, root }: Finish,
): Decoded {
  const ended = new Map<number, { history: History; heard: number; total: number }>();
  for (const { node, history, blank, voiced } of paths) {
    const heard = add(blank, voiced);
    const words = node === root ? [] : node.tokens.filter(isMeant);
    const isCut = node !== root && words.length === 0;
    // A last word that breaks off is left out, or a sentence whose end is cut would lose to some shorter one that ends well.
    const histories = words.length === 0 ? [history] : words.map((token) => extend(history, token));
    for (const last of histories) {
      const over = languageWeight * language.score(last.before?.token ?? language.start, last.token, language.end);
      const before = ended.get(last.id);
      const sum = add(before?.heard ?? NEVER, heard);
      ended.set(last.id, { history: last, heard: sum, total: sum + last.score + over - (isCut ? BROKEN_OFF : 0) });
    }
  }
  let best: { history: History; heard: number; total: number } | undefined;
  let everything = NEVER;
  for (const candidate of ended.values()) {
    everything = add(everything, candidate.total);
    if (best === undefined || candidate.total > best.total) best = candidate;
  }
  const tokens: number[] = [];
  for (let at = best?.history; at?.before !== undefined; at = at.before) tokens.unshift(at.token);
  let free = 0;
  let letters = 0;
  let clear = 0;
  let last = 0;
  for (let row = 0; row < scores.length; row += width) {
    let symbol = 0;
    for (let i = 1; i < width; i++) if (scores[row + i] > scores[row + symbol]) symbol = i;
    free += scores[row + symbol];
    if (symbol > SPACE && symbol !== last) {
      letters++;
      clear += scores[row + symbol];
    }
    last = symbol;
  }
  return {
    tokens,
    strain: best === undefined ? 9 : (free - best.heard) / (letters + 1),
    doubt: best === undefined ? 0 : best.total - everything,
    clarity: letters === 0 ? 0 : clear / letters,
  };
}
