const BLANK = 0;
const SPACE = 1;
const NEVER = -Infinity;

/**
 * How well a word alone explains some part of what was heard, as a logarithm: 0 where the likeliest letters spell it with
 * nothing before and behind but a pause or the ends of the sound, and less the more has to be bent.
 *
 * The scores are log probabilities of each symbol for each step, row by row (0: the blank of CTC, 1: space).
 */
export function spellCheck(scores: Float32Array, width: number, letters: readonly number[]): number {
  // In turn: anything at all, then the word within what may be around it, then anything again. A step's cost is the distance
  // of its symbol from the likeliest one, so that anything at all costs nothing.
  const word = letters.flatMap((letter) => [letter, BLANK]);
  const states = [BLANK, SPACE, BLANK, ...word, SPACE];
  const first = 3;
  const last = first + word.length - 2;
  const [silent, before, gap, behind] = [0, 1, 2, states.length - 1];
  let anything = 0;
  let done = NEVER;
  let now = new Float64Array(states.length).fill(NEVER);
  let next = new Float64Array(states.length);
  const steps = scores.length / width;
  for (let step = 0; step < steps; step++) {
    const row = step * width;
    let top = NEVER;
    for (let symbol = 0; symbol < width; symbol++) top = Math.max(top, scores[row + symbol]);
    for (const [state, symbol] of states.entries()) {
      let from = now[state];
      if (state === silent) from = step === 0 ? 0 : from;
      else if (state === before) from = Math.max(from, now[silent], anything);
      else if (state === gap) from = Math.max(from, now[before]);
      else if (state === first) {
        from = Math.max(from, now[gap], now[before], now[silent], step === 0 ? 0 : NEVER);
      } else if (state === behind) from = Math.max(from, now[last], now[last + 1]);
      else {
        from = Math.max(from, now[state - 1]);
        // A letter may follow the letter before without a blank, unless it is the same.
        if (symbol !== BLANK && symbol !== states[state - 2]) from = Math.max(from, now[state - 2]);
      }
      next[state] = from + scores[row + symbol] - top;
    }
    done = Math.max(done, next[behind]);
    [now, next] = [next, now];
  }
  // The sound may end with the word, or with silence behind it.
  return Math.max(done, now[last], now[last + 1]);
}
