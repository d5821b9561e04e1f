export interface Guess {
  /** Log odds as they were said. */
  readonly logit: number;
  readonly isRight: boolean;
}

export interface Logistic {
  readonly slope: number;
  readonly offset: number;
}

const ROUNDS = 30;
/** As if this many guesses spoke for leaving the odds as they are; keeps the fit finite where every guess was right. */
const PRIOR_WEIGHT = 2;

/** Slope and offset with which 1 / (1 + exp(-(slope * logit + offset))) says best what came true: Newton's method. */
export function fitLogistic(guesses: readonly Guess[]): Logistic {
  let [slope, offset] = [1, 0];
  for (let round = 0; round < ROUNDS; round++) {
    let [gs, go] = [PRIOR_WEIGHT * (1 - slope), PRIOR_WEIGHT * (0 - offset)];
    let [hss, hso, hoo] = [PRIOR_WEIGHT, 0, PRIOR_WEIGHT];
    for (const { logit, isRight } of guesses) {
      const p = 1 / (1 + Math.exp(-(slope * logit + offset)));
      const error = Number(isRight) - p;
      const weight = p * (1 - p);
      gs += error * logit;
      go += error;
      hss += weight * logit * logit;
      hso += weight * logit;
      hoo += weight;
    }
    const determinant = hss * hoo - hso * hso;
    slope = Math.max(0.05, slope + (hoo * gs - hso * go) / determinant);
    offset += (hss * go - hso * gs) / determinant;
  }
  return { slope, offset };
}
