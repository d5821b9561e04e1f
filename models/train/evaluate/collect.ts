import { createTextureLibrary } from "../../../sim/render/index.js";
import type { Candidate } from "../../../src/adapters/onnx/decode-centers.js";
import { COLORS, KINDS } from "../../../src/domain/vocabulary.js";
import { overlap } from "../generator/box.js";
import { squareOf } from "../generator/draw-looks.js";
import { gridLabels, GRID_HEIGHT, GRID_WIDTH, UNNAMED, type Thing } from "../generator/label-picture.js";
import { sceneSeed, isUnseenCombination, type Split } from "../generator/splits.js";
import { createViewer, PICTURE, type TakenView } from "../generator/take-view.js";
import { trainingScene } from "../generator/training-scene.js";
import type { Eyes, LookOutput } from "./run-eyes.js";

/** Below this many visible pixels at 640x480 a thing need not be found, and finding it is no mistake. */
export const MIN_PIXELS = 30;
const MIN_OVERLAP = 0.5;
const MASK_PX = 32;

/** Something that was there. */
export interface Truth {
  readonly group: number;
  readonly kind: number;
  readonly color: number;
  readonly state: number;
  readonly pixels: number;
  readonly zM: number;
  /** Its colour and kind never came together in training. */
  readonly unseen: boolean;
}

/** Something that the detector proposed, with what the second look said. */
export interface Proposal {
  readonly group: number;
  readonly score: number;
  readonly look: LookOutput;
  /** Index into `truths`; undefined where nothing was. */
  readonly truth?: number;
  readonly boxOverlap: number;
  readonly maskOverlap: number;
}

export interface Collected {
  readonly pictures: number;
  readonly truths: readonly Truth[];
  readonly proposals: readonly Proposal[];
  /** |error| / depth over cells on things to pick up, and over all cells nearer than 2 m. */
  readonly depthErrors: { readonly things: readonly number[]; readonly all: readonly number[] };
}

/** Runs the networks over `scenes` scenes of a split, two views of each: as built, and disturbed. */
export async function collect(eyes: Eyes, split: Split, scenes: number): Promise<Collected> {
  const textures = createTextureLibrary();
  const truths: Truth[] = [];
  const proposals: Proposal[] = [];
  const depthErrors = { things: [] as number[], all: [] as number[] };
  for (let i = 0; i < scenes; i++) {
    const scene = trainingScene(split, sceneSeed(split, i));
    const takeView = createViewer(scene, textures);
    for (const index of [0, 1]) {
      const taken = takeView(index);
      const { rendered, view } = taken;
      const frame = { rgb: rendered.rgb, ...PICTURE, intrinsics: view.intrinsics, poseInBase: view.cameraInBase };
      const { candidates, looks, depth } = await eyes.read(frame);
      addDepthErrors(depthErrors, taken, depth);
      const matches = matchCandidates(candidates, taken.things);
      const first = truths.length;
      const counted = taken.things.filter((thing) => thing.pixels >= MIN_PIXELS);
      truths.push(...counted.map(toTruth));
      candidates.forEach((candidate, k) => {
        const match = matches[k];
        if (match && match.pixels < MIN_PIXELS) return;
        proposals.push({
          group: candidate.group,
          score: candidate.score,
          look: looks[k],
          ...(match ? { truth: first + counted.indexOf(match) } : {}),
          boxOverlap: match ? overlap(candidate, match) : 0,
          maskOverlap: match ? maskOverlap(looks[k].mask, candidate, match, taken) : 0,
        });
      });
    }
  }
  return { pictures: scenes * 2, truths, proposals, depthErrors };
}

const toTruth = ({ group, kind, color, state, pixels, zM }: Thing): Truth => ({
  group,
  kind,
  color,
  state,
  pixels,
  zM,
  unseen: color >= 0 && isUnseenCombination(KINDS[kind], COLORS[color]),
});

/** Each thing goes to the best-scored proposal of its group that covers it; the others are mistakes. */
function matchCandidates(candidates: readonly Candidate[], things: readonly Thing[]): readonly (Thing | undefined)[] {
  const taken = new Set<Thing>();
  return candidates.map((candidate) => {
    let best: Thing | undefined;
    let bestOverlap = 0;
    for (const thing of things) {
      if (thing.group !== candidate.group || taken.has(thing)) continue;
      const shared = overlap(candidate, thing);
      const enough = shared >= (thing.pixels < MIN_PIXELS ? 0.2 : MIN_OVERLAP);
      if (enough && shared > bestOverlap) [best, bestOverlap] = [thing, shared];
    }
    if (best && best.pixels >= MIN_PIXELS) taken.add(best);
    return best;
  });
}

function maskOverlap(mask: Float32Array, candidate: Candidate, thing: Thing, { rendered }: TakenView): number {
  const square = squareOf(candidate);
  let both = 0;
  let either = 0;
  for (let j = 0, cell = 0; j < MASK_PX; j++) {
    for (let i = 0; i < MASK_PX; i++, cell++) {
      const x = Math.floor(square.centerX + ((i + 0.5) / MASK_PX - 0.5) * square.side);
      const y = Math.floor(square.centerY + ((j + 0.5) / MASK_PX - 0.5) * square.side);
      const inside = x >= 0 && y >= 0 && x < PICTURE.width && y < PICTURE.height;
      const there = inside && rendered.instanceIds[y * PICTURE.width + x] === thing.instance;
      const said = mask[cell] > 0;
      if (there && said) both++;
      if (there || said) either++;
    }
  }
  return either === 0 ? 0 : both / either;
}

function addDepthErrors(errors: { things: number[]; all: number[] }, taken: TakenView, depth: Float32Array): void {
  const labels = gridLabels(taken.rendered, taken.names, PICTURE.width);
  const movable = KINDS.indexOf("drawer");
  for (let cell = 0; cell < GRID_WIDTH * GRID_HEIGHT; cell += 7) {
    const truth = labels.depthMm[cell] / 1000;
    if (truth < 0.1 || truth > 2) continue;
    errors.all.push(Math.abs(depth[cell] - truth) / truth);
  }
  for (let cell = 0; cell < GRID_WIDTH * GRID_HEIGHT; cell++) {
    if (labels.kind[cell] === UNNAMED || labels.kind[cell] >= movable) continue;
    const truth = labels.depthMm[cell] / 1000;
    errors.things.push(Math.abs(depth[cell] - truth) / truth);
  }
}
