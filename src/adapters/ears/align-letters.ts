const BLANK = 0;
const NEVER = -Infinity;
/** States so much less likely than the best (natural logarithm) are not followed. */
const HOPELESS = 30;

/**
 * Natural logarithm of how likely it is that these symbols were heard, over all alignments (the forward pass of CTC: Graves et
 * al., "Connectionist Temporal Classification", ICML 2006). The scores are log probabilities of `width` symbols for each step,
 * row by row, with the blank as symbol 0. -Infinity where there are fewer steps than symbols.
 */
export function alignLetters(scores: Float32Array, width: number, letters: readonly number[]): number {
  const states = Int32Array.from([BLANK, ...letters.flatMap((letter) => [letter, BLANK])]);
  const last = states.length - 1;
  let now = new Float64Array(states.length + 2).fill(NEVER);
  let next = new Float64Array(states.length + 2).fill(NEVER);
  // Two states in front that are never reached.
  now[2] = 0;
  let [first, furthest] = [0, 0];
  for (let row = 0; row < scores.length; row += width) {
    const end = Math.min(last, furthest + 2);
    let best = NEVER;
    for (let state = first; state <= end; state++) {
      const symbol = states[state];
      const stay = now[state + 2];
      const step = now[state + 1];
      // A letter may follow another one without a blank between them.
      const leap = symbol !== BLANK && symbol !== states[state - 2] ? now[state] : NEVER;
      const most = Math.max(stay, step, leap);
      const sum = most === NEVER ? 0 : Math.exp(stay - most) + Math.exp(step - most) + Math.exp(leap - most);
      const total = most === NEVER ? NEVER : most + Math.log(sum) + scores[row + symbol];
      next[state + 2] = total;
      if (total > best) best = total;
    }
    let newFirst = first;
    while (newFirst < end && next[newFirst + 2] < best - HOPELESS) next[newFirst++ + 2] = NEVER;
    furthest = end;
    while (furthest > newFirst && next[furthest + 2] < best - HOPELESS) next[furthest-- + 2] = NEVER;
    now.fill(NEVER, first + 2, end + 3);
    [now, next] = [next, now];
    first = newFirst;
  }
  const [voiced, blank] = [last > 0 ? now[last + 1] : NEVER, now[last + 2]];
  const most = Math.max(voiced, blank);
  return most === NEVER ? NEVER : most + Math.log(Math.exp(voiced - most) + Math.exp(blank - most));
}
