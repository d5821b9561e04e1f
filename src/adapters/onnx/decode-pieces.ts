import {
  PIECE_LABELS,
  PIECE_ROLES,
  PIECE_STARTS,
  type PieceRole,
  type WordPiece,
  type WordsReading,
} from "../../ports/words-reader.js";

/** What the network says of each character: rows of logits. */
export interface CharacterLogits {
  readonly labels: Float32Array;
  readonly roles: Float32Array;
  readonly starts: Float32Array;
  /** Logit: is this an instruction at all? */
  readonly readable: number;
}

/** Latin words and numbers are read whole; every other sign stands alone. */
const UNITS = /[a-z]+(?:'[a-z]+)*|\d+(?:\.\d+)?|\S/gu;

interface Choice {
  readonly index: number;
  readonly probability: number;
}

/** Log probabilities of rows `from` to `to`, averaged. */
function meanLogProbabilities(logits: Float32Array, width: number, from: number, to: number): Float64Array {
  const mean = new Float64Array(width);
  for (let row = from; row < to; row++) {
    const at = row * width;
    let most = -Infinity;
    for (let i = 0; i < width; i++) most = Math.max(most, logits[at + i]);
    let sum = 0;
    for (let i = 0; i < width; i++) sum += Math.exp(logits[at + i] - most);
    const total = most + Math.log(sum);
    for (let i = 0; i < width; i++) mean[i] += (logits[at + i] - total) / (to - from);
  }
  return mean;
}

function best(logProbabilities: Float64Array): Choice {
  let index = 0;
  for (let i = 1; i < logProbabilities.length; i++) if (logProbabilities[i] > logProbabilities[index]) index = i;
  return { index, probability: Math.exp(logProbabilities[index]) };
}

interface OpenPiece {
  readonly start: number;
  end: number;
  readonly label: number;
  readonly roles: Float64Array;
  units: number;
  readonly begins: WordPiece["begins"];
}

/** Pieces out of logits: a run of units with one label, as long as none of them starts a new piece. */
export function decodePieces(text: string, logits: CharacterLogits): WordsReading {
  const open: OpenPiece[] = [];
  let confidence = 1;
  let last: OpenPiece | undefined;
  for (const match of text.matchAll(UNITS)) {
    const from = match.index;
    const to = from + match[0].length;
    const label = best(meanLogProbabilities(logits.labels, PIECE_LABELS.length, from, to));
    confidence = Math.min(confidence, label.probability);
    if (label.index === 0) {
      last = undefined;
      continue;
    }
    const start = best(meanLogProbabilities(logits.starts, PIECE_STARTS.length, from, from + 1));
    confidence = Math.min(confidence, start.probability);
    const roles = meanLogProbabilities(logits.roles, PIECE_ROLES.length, from, to);
    if (last !== undefined && last.label === label.index && start.index === 0) {
      last.end = to;
      last.units++;
      for (let i = 0; i < roles.length; i++) last.roles[i] += roles[i];
      continue;
    }
    const named = PIECE_STARTS[start.index];
    last = { start: from, end: to, label: label.index, roles, units: 1, begins: named === "inside" ? "piece" : named };
    open.push(last);
  }
  const pieces = open.map(({ start, end, label, roles, units, begins }): WordPiece => {
    const role = best(roles.map((sum) => sum / units));
    confidence = Math.min(confidence, role.probability);
    return { start, end, label: PIECE_LABELS[label], role: PIECE_ROLES[role.index] satisfies PieceRole, begins };
  });
  return { pieces, readable: 1 / (1 + Math.exp(-logits.readable)), confidence };
}
