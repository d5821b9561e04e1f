const BLANK = 0;
const SPACE = 1;

/** What was heard without any words in mind. */
export interface LettersAlone {
  /** Natural logarithm of the likeliest symbols altogether. */
  readonly likelihood: number;
  readonly letters: number;
  /** Mean logarithm of the likeliest symbol where a letter is heard; 0 is a clear voice. */
  readonly clarity: number;
}

/** The likeliest symbol of each step. The scores are log probabilities of `width` symbols for each step, row by row. */
export function lettersAlone(scores: Float32Array, width: number): LettersAlone {
  let likelihood = 0;
  let letters = 0;
  let clear = 0;
  let last = BLANK;
  for (let row = 0; row < scores.length; row += width) {
    let symbol = BLANK;
    for (let i = 1; i < width; i++) if (scores[row + i] > scores[row + symbol]) symbol = i;
    likelihood += scores[row + symbol];
    if (symbol > SPACE && symbol !== last) {
      letters++;
      clear += scores[row + symbol];
    }
    last = symbol;
  }
  return { likelihood, letters, clarity: letters === 0 ? 0 : clear / letters };
}

/** Where no words could have been heard. */
export const MOST_STRAIN = 9;

/** How much likelier the letters are than words, per letter; 0 is perfect agreement. */
export const strainOf = ({ likelihood, letters }: LettersAlone, words: number): number =>
  (likelihood - words) / (letters + 1);
