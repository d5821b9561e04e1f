import type { Language } from "./language.js";
import { rankPaths, type Ranked } from "./rank-paths.js";
import { add, NEVER, type History, type Node, type Path } from "./word-paths.js";

export interface DecodeOptions {
  /** How much what commands are like weighs against what was heard. */
  readonly languageWeight: number;
  /** Added for each word, for the language takes from each. */
  readonly wordBonus: number;
  readonly beam?: number;
}

const SPACE = 1;
/** Symbols less likely than this (natural logarithm) do not extend a path. */
const FAINT = -9;

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
 * words are one path, whatever their alignment. The scores are log probabilities of each symbol (0: the blank of CTC, 1: space) for
 * each step of 20 ms, row by row.
 */
export function letterDecoder(
  language: Language,
  symbols: readonly string[],
  { languageWeight, wordBonus, beam = 80 }: DecodeOptions,
): (scores: Float32Array, only?: string) => Ranked {
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
    return rankPaths(paths, scores, { language, languageWeight, extend, isMeant, width, root });
  };
}
