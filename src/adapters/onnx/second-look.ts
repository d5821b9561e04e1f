import type { Grounding, WordScores } from "../../domain/detection.js";
import { thingLabel } from "../../domain/thing-label.js";
import { COLORS, DRAWER_STATES, KINDS, type Kind } from "../../domain/vocabulary.js";
import { overlap, type Candidate } from "./decode-centers.js";
import { drawMask, sharedPart } from "./draw-mask.js";
import type { EyesParameters } from "./eyes-parameters.js";
import { MASK_PX, squareAround } from "./look-square.js";
import { INFO_VALUES } from "./picture-light.js";
import { resampleToPlanes, type Raster } from "./resample.js";

/** Part of the weights' contract. */
export const CROP_PX = 64;
/** Kinds that are named without a colour: the net has never been taught one for them. */
const COLORLESS: readonly Kind[] = ["drawer", "sink", "shelf", "handle"];
const MIN_PROBABILITY = 0.01;
/** A drawer's mask spills onto the cabinet, which looks the same: at 1 its measured width is right, at 0 it is 4 cm too much. */
const DRAWER_MASK_LOGIT = 1;
/** Boxes of one kind that overlap more than this are one thing, whatever groups they were found in. */
const SAME_KIND_IOU = 0.7;
/** A thing most of whose pixels belong to a better-scored one is that one again; of the same kind, a third will do: half a can is no can. */
const SHARED_PART = 0.6;
const SAME_KIND_SHARED_PART = 0.35;

/** Inputs of the second look: `crops` [N, 3, 64, 64] and `info` [N, 9] (log of the side in metres, group / 2, depth, light). */
export function drawLooks(
  picture: Raster,
  candidates: readonly Candidate[],
  options: { fx: number; light: readonly number[]; depthOf: (candidate: Candidate) => number },
): { crops: Float32Array; info: Float32Array } {
  const each = 3 * CROP_PX * CROP_PX;
  const crops = new Float32Array(candidates.length * each);
  const info = new Float32Array(candidates.length * INFO_VALUES);
  candidates.forEach((candidate, i) => {
    const { x, y, side } = squareAround(candidate);
    const region = { x, y, width: side, height: side };
    resampleToPlanes(picture, region, { data: crops, offset: i * each, width: CROP_PX, height: CROP_PX });
    const z = options.depthOf(candidate);
    info.set(
      [Math.log(Math.max(1e-3, (side / options.fx) * z)), candidate.group / 2, z, ...options.light],
      i * INFO_VALUES,
    );
  });
  return { crops, info };
}

/** Outputs of the second look for N candidates, as the graph gives them. */
export interface LookOutputs {
  readonly kind: Float32Array;
  readonly color: Float32Array;
  readonly state: Float32Array;
  readonly real: Float32Array;
  readonly mask: Float32Array;
}

export function readLooks(
  candidates: readonly Candidate[],
  outputs: LookOutputs,
  options: ReadOptions,
): readonly Grounding[] {
  const { parameters, width, height } = options;
  const named = candidates
    .map((candidate, i) => readLook(candidate, i, outputs, options))
    .filter(({ group, score }) => score >= parameters.scoreThresholds[group])
    .sort((a, b) => b.score - a.score);
  const kept: typeof named = [];
  for (const thing of named) {
    if (!kept.some((other) => isDouble(other, thing))) kept.push(thing);
  }
  return kept.map(({ kind, color, state, score, box, mask }) => ({
    label: thingLabel({ kind, color }),
    box: { x0: box.x0 / width, y0: box.y0 / height, x1: box.x1 / width, y1: box.y1 / height },
    score,
    ...(mask ? { mask } : {}),
    attributes: { kind, color, ...(state ? { state } : {}) },
  }));
}

type Looked = ReturnType<typeof readLook>;

/** Is the second only another reading of the first? Of two things, each has its own pixels; of a bowl on a zone too. */
function isDouble(first: Looked, second: Looked): boolean {
  const isSameKind = first.kind[0][0] === second.kind[0][0];
  if (isSameKind && overlap(first.box, second.box) > SAME_KIND_IOU) return true;
  const areThings = first.group === 0 && second.group === 0;
  if (!isSameKind && !areThings) return false;
  return sharedPart(first, second) > (isSameKind ? SAME_KIND_SHARED_PART : SHARED_PART);
}

interface ReadOptions {
  readonly width: number;
  readonly height: number;
  readonly parameters: EyesParameters;
}

function readLook(candidate: Candidate, index: number, outputs: LookOutputs, options: ReadOptions) {
  const { parameters } = options;
  const kind = words(KINDS, outputs.kind, index, parameters.temperatureKind);
  const best = kind[0][0] as Kind;
  const real = 1 / (1 + Math.exp(-outputs.real[index] / parameters.temperatureReal));
  const cells = MASK_PX * MASK_PX;
  const logits = outputs.mask.subarray(index * cells, (index + 1) * cells);
  return {
    group: candidate.group,
    kind,
    color: COLORLESS.includes(best) ? [] : words(COLORS, outputs.color, index, parameters.temperatureColor),
    state: best === "drawer" ? words(DRAWER_STATES, outputs.state, index, parameters.temperatureState) : undefined,
    score: calibratedScore(candidate.score * real, candidate.group, parameters),
    ...drawMask(logits, candidate, options, best === "drawer" ? DRAWER_MASK_LOGIT : 0),
  };
}

/** The probability that there is a thing: the networks' product of two guesses, put right on scenes that neither has learnt from. */
export function calibratedScore(
  product: number,
  group: number,
  { scoreSlopes, scoreOffsets }: { readonly scoreSlopes: readonly number[]; readonly scoreOffsets: readonly number[] },
): number {
  const inside = Math.min(1 - 1e-6, Math.max(1e-6, product));
  const logit = Math.log(inside / (1 - inside));
  return 1 / (1 + Math.exp(-(scoreSlopes[group] * logit + scoreOffsets[group])));
}

/** Softmax over one row of logits, best first, without what is next to impossible. */
function words(labels: readonly string[], logits: Float32Array, row: number, temperature: number): WordScores {
  const own = Array.from(logits.subarray(row * labels.length, (row + 1) * labels.length), (v) => v / temperature);
  const highest = Math.max(...own);
  const exponents = own.map((value) => Math.exp(value - highest));
  const sum = exponents.reduce((total, value) => total + value, 0);
  const scored = labels
    .map((word, i): readonly [string, number] => [word, exponents[i] / sum])
    .sort((a, b) => b[1] - a[1]);
  return scored.filter(([, probability], i) => i === 0 || probability >= MIN_PROBABILITY);
}
