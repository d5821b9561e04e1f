import { COLORS, DRAWER_STATES, KINDS } from "../../../src/domain/vocabulary.js";
import { calibrationError } from "./calibration-error.js";
import { calibratedScore } from "../../../src/adapters/onnx/second-look.js";
import type { Collected, Proposal, Truth } from "./collect.js";
import { fitLogistic } from "./fit-logistic.js";

export const GROUPS = ["things", "containers", "handles"] as const;
export type GroupName = (typeof GROUPS)[number];

type ByGroup = readonly [number, number, number];

/** What turns the networks' numbers into decisions, chosen on the calibration split: `parameters` of the card. */
export interface Calibration {
  /** A pruning of what the next threshold would drop anyway. */
  readonly centerThreshold: number;
  /** Least calibrated score of what is reported, by group. */
  readonly scoreThresholds: ByGroup;
  /** Product of the detector's score and the second look's probability that there is a thing -> probability, by group. */
  readonly scoreSlopes: ByGroup;
  readonly scoreOffsets: ByGroup;
  readonly nmsIou: number;
  readonly maxThings: number;
  /** Logits are divided by these before the softmax. */
  readonly temperatureKind: number;
  readonly temperatureColor: number;
  readonly temperatureState: number;
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const argmax = (values: Float32Array): number =>
  values.reduce((best, value, i) => (value > values[best] ? i : best), 0);
const mean = (values: readonly number[]): number =>
  values.length === 0 ? Number.NaN : values.reduce((a, b) => a + b, 0) / values.length;
const share = (values: readonly boolean[]): number => mean(values.map(Number));
const rounded = (value: number, digits = 3): number => Number(value.toFixed(digits));

const rawScore = ({ score, look }: Proposal): number => score * sigmoid(look.real);
const scoreOf = (proposal: Proposal, calibration: Calibration): number =>
  calibratedScore(rawScore(proposal), proposal.group, calibration);

const accepted = (proposal: Proposal, calibration: Calibration): boolean =>
  scoreOf(proposal, calibration) >= calibration.scoreThresholds[proposal.group];

/** The threshold with the best F-beta of each group, and the temperatures with the least negative log-likelihood. */
export function calibrate(collected: Collected): Calibration {
  const withThresholds = (scoreThresholds: ByGroup): Calibration => ({
    centerThreshold: Math.min(...scoreThresholds),
    scoreThresholds,
    scoreSlopes: [1, 1, 1],
    scoreOffsets: [0, 0, 0],
    nmsIou: 0.55,
    maxThings: 40,
    temperatureKind: 1,
    temperatureColor: 1,
    temperatureState: 1,
  });
  const candidates = Array.from({ length: 35 }, (_, i) => rounded(0.1 + i * 0.02));
  const bestOf = (group: number): number => {
    const quality = (threshold: number): number =>
      fBeta(collected, withThresholds([threshold, threshold, threshold]), group);
    return candidates.reduce((a, b) => (quality(b) > quality(a) ? b : a));
  };
  const best = withScores(collected, withThresholds([bestOf(0), bestOf(1), bestOf(2)]));
  const matched = matchedPairs(collected, best);
  const temperatures = Array.from({ length: 46 }, (_, i) => rounded(0.4 + i * 0.05));
  const temperature = (logits: (p: Proposal) => Float32Array, label: (t: Truth) => number): number => {
    const pairs = matched.filter(({ truth }) => label(truth) >= 0);
    if (pairs.length === 0) return 1;
    const nll = temperatures.map((t) =>
      mean(pairs.map(({ proposal, truth }) => -logSoftmax(logits(proposal), label(truth), t))),
    );
    return temperatures[nll.indexOf(Math.min(...nll))];
  };
  return {
    ...best,
    temperatureKind: temperature(
      (p) => p.look.kind,
      (t) => t.kind,
    ),
    temperatureColor: temperature(
      (p) => p.look.color,
      (t) => t.color,
    ),
    temperatureState: temperature(
      (p) => p.look.state,
      (t) => t.state,
    ),
  };
}

/** The same acceptance, with scores that are probabilities: fitted on what is accepted, for that is what anyone is told. */
function withScores({ proposals }: Collected, raw: Calibration): Calibration {
  const logit = (p: number): number => Math.log(p / (1 - p));
  const fits = raw.scoreThresholds.map((threshold, group) => {
    const told = proposals.filter((p) => p.group === group && rawScore(p) >= threshold);
    return fitLogistic(told.map((p) => ({ logit: logit(rawScore(p)), isRight: p.truth !== undefined })));
  });
  const byGroup = (valueOf: (group: number) => number): ByGroup => [valueOf(0), valueOf(1), valueOf(2)];
  const scoring = {
    scoreSlopes: byGroup((group) => rounded(fits[group].slope)),
    scoreOffsets: byGroup((group) => rounded(fits[group].offset)),
  };
  const scaled = (group: number): number => calibratedScore(raw.scoreThresholds[group], group, scoring);
  // Rounded down, or rounding could refuse what was accepted.
  return { ...raw, ...scoring, scoreThresholds: byGroup((group) => Math.floor(scaled(group) * 1e4) / 1e4) };
}

function logSoftmax(logits: Float32Array, label: number, temperature: number): number {
  const high = Math.max(...logits);
  let sum = 0;
  for (const value of logits) sum += Math.exp((value - high) / temperature);
  return (logits[label] - high) / temperature - Math.log(sum);
}

const roundedError = (predictions: Parameters<typeof calibrationError>[0]): number =>
  rounded(calibrationError(predictions));

const topProbability = (logits: Float32Array, temperature: number): number =>
  Math.exp(logSoftmax(logits, argmax(logits), temperature));

function matchedPairs(
  { proposals, truths }: Collected,
  calibration: Calibration,
): readonly { proposal: Proposal; truth: Truth }[] {
  return proposals.flatMap((proposal) =>
    proposal.truth === undefined || !accepted(proposal, calibration)
      ? []
      : [{ proposal, truth: truths[proposal.truth] }],
  );
}

function counts(
  { proposals, truths }: Collected,
  calibration: Calibration,
  group: number,
): { found: number; said: number; there: number } {
  const said = proposals.filter((p) => p.group === group && accepted(p, calibration));
  const there = truths.filter((t) => t.group === group).length;
  return { found: said.filter((p) => p.truth !== undefined).length, said: said.length, there };
}

/**
 * How much more a miss costs than a mistake (F-beta). A thing that is missed cannot be asked for; one too many is rarely called what
 * anyone asks for. A handle that is missed ends a mission; one too many is only ever looked at beside a drawer.
 */
const BETA = [1.5, 2, 3] as const;

function fBeta(collected: Collected, calibration: Calibration, group: number): number {
  const { found, said, there } = counts(collected, calibration, group);
  const weight = BETA[group] ** 2;
  return said + there === 0 ? 0 : ((1 + weight) * found) / (said + weight * there);
}

const BINS = [
  ["30-99", 30, 100],
  ["100-299", 100, 300],
  ["300-999", 300, 1000],
  ["1000+", 1000, Infinity],
] as const;

/** Held-out figures at the calibrated thresholds. Shares are 0 to 1; pixels are visible ones at 640x480. */
export function score(collected: Collected, calibration: Calibration): Readonly<Record<string, unknown>> {
  const pairs = matchedPairs(collected, calibration);
  const foundTruths = new Set(pairs.map(({ truth }) => truth));
  const things = pairs.filter(({ truth }) => truth.group === 0);
  const kindRight = ({ proposal, truth }: { proposal: Proposal; truth: Truth }): boolean =>
    argmax(proposal.look.kind) === truth.kind;
  const colorRight = ({ proposal, truth }: { proposal: Proposal; truth: Truth }): boolean =>
    argmax(proposal.look.color) === truth.color;
  const colored = pairs.filter(({ truth }) => truth.color >= 0);
  const bySize = Object.fromEntries(
    BINS.map(([name, low, high]) => {
      const inBin = (t: Truth): boolean => t.pixels >= low && t.pixels < high;
      const there = collected.truths.filter((t) => t.group === 0 && inBin(t));
      const seen = things.filter(({ truth }) => inBin(truth));
      return [
        name,
        {
          n: there.length,
          recall: rounded(share(there.map((t) => foundTruths.has(t)))),
          kind: rounded(share(seen.map(kindRight))),
          color: rounded(share(seen.map(colorRight))),
        },
      ];
    }),
  );
  const byKind = Object.fromEntries(
    KINDS.map((name, kind) => {
      const of = pairs.filter(({ truth }) => truth.kind === kind && truth.pixels >= 100);
      const there = collected.truths.filter((t) => t.kind === kind && t.pixels >= 100);
      return [
        name,
        {
          n: there.length,
          recall: rounded(share(there.map((t) => foundTruths.has(t)))),
          named: rounded(share(of.map(kindRight))),
        },
      ];
    }),
  );
  const byColor = Object.fromEntries(
    COLORS.map((name, color) => [
      name,
      rounded(share(colored.filter(({ truth }) => truth.color === color && truth.pixels >= 100).map(colorRight))),
    ]),
  );
  const unseen = pairs.filter(({ truth }) => truth.unseen && truth.pixels >= 100);
  const states = pairs.filter(({ truth }) => truth.state >= 0);
  const clear = collected.truths.filter((t) => t.group === 0 && t.pixels >= 100);
  const rightOnes = new Set(things.filter((pair) => kindRight(pair) && colorRight(pair)).map(({ truth }) => truth));
  return {
    pictures: collected.pictures,
    groups: Object.fromEntries(
      GROUPS.map((name, group) => {
        const { found, said, there } = counts(collected, calibration, group);
        return [name, { n: there, recall: rounded(found / there), precision: rounded(found / said) }];
      }),
    ),
    foundAndNamedRight: rounded(share(clear.map((t) => rightOnes.has(t)))),
    bySize,
    byKind,
    byColor,
    unseenCombinations: {
      n: unseen.length,
      kind: rounded(share(unseen.map(kindRight))),
      color: rounded(share(unseen.map(colorRight))),
    },
    drawerState: Object.fromEntries(
      DRAWER_STATES.map((name, state) => {
        const of = states.filter(({ truth }) => truth.state === state);
        return [name, rounded(share(of.map(({ proposal }) => argmax(proposal.look.state) === state)))];
      }),
    ),
    calibrationError: {
      found: roundedError(
        collected.proposals
          .filter((p) => accepted(p, calibration))
          .map((p) => ({ probability: scoreOf(p, calibration), isRight: p.truth !== undefined })),
      ),
      kind: roundedError(
        pairs.map((pair) => ({
          probability: topProbability(pair.proposal.look.kind, calibration.temperatureKind),
          isRight: kindRight(pair),
        })),
      ),
      color: roundedError(
        colored.map((pair) => ({
          probability: topProbability(pair.proposal.look.color, calibration.temperatureColor),
          isRight: colorRight(pair),
        })),
      ),
    },
    boxOverlap: rounded(mean(things.map(({ proposal }) => proposal.boxOverlap))),
    maskOverlap: rounded(mean(things.map(({ proposal }) => proposal.maskOverlap))),
    depthAbsRel: {
      things: rounded(mean(collected.depthErrors.things), 4),
      allBelow2m: rounded(mean(collected.depthErrors.all), 4),
    },
  };
}
