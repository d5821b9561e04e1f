import type { Grounding } from "../../domain/detection.js";
import type { Frame } from "../../domain/frame.js";
import { COLORS, DRAWER_STATES, KINDS, type Kind } from "../../domain/vocabulary.js";
import { createTextureLibrary } from "../../../sim/render/index.js";
import { overlap, type Box } from "../../../models/train/generator/box.js";
import {
  gridLabels,
  GRID_HEIGHT,
  GRID_WIDTH,
  UNNAMED,
  type Thing,
} from "../../../models/train/generator/label-picture.js";
import { isUnseenCombination, sceneSeed } from "../../../models/train/generator/splits.js";
import { createViewer, PICTURE, type TakenView } from "../../../models/train/generator/take-view.js";
import { trainingScene } from "../../../models/train/generator/training-scene.js";
import type { Eyes } from "../create-eyes.js";

/** Below this many visible pixels a thing need not be found, and finding it is no mistake: as the card has it. */
const MIN_PIXELS = 30;
const MIN_OVERLAP = 0.5;
const MIN_OVERLAP_OF_TINY = 0.2;
const VIEWS_A_SCENE = 2;

export type Group = "things" | "containers" | "handles";
const GROUPS: readonly Group[] = ["things", "containers", "handles"];

/** Something that was there. Words are undefined where there are none: a sink's colour, a mug's state. */
export interface Truth {
  readonly group: Group;
  readonly kind: string;
  readonly color?: string;
  readonly state?: string;
  readonly pixels: number;
  /** Its colour and kind never came together in training. */
  readonly isUnseen: boolean;
}

/** Something that the eyes reported. */
export interface Report {
  readonly group: Group;
  readonly grounding: Grounding;
  /** What it is; undefined where nothing was. */
  readonly truth?: Truth;
}

export interface Collected {
  readonly pictures: number;
  readonly truths: readonly Truth[];
  readonly reports: readonly Report[];
  /** |error| / depth of the model's depth: on things to pick up, and on everything nearer than 2 m. */
  readonly depthErrors: { readonly things: readonly number[]; readonly all: readonly number[] };
}

/** Looks at the first `pictures` pictures of the held-out scenes, without a depth sensor, as the card's figures were measured. */
export async function collectEyes(
  eyes: Eyes,
  pictures: number,
  onPicture: (done: number) => void = () => undefined,
): Promise<Collected> {
  const textures = createTextureLibrary();
  const truths: Truth[] = [];
  const reports: Report[] = [];
  const depthErrors = { things: [] as number[], all: [] as number[] };
  let takeView: ReturnType<typeof createViewer> | undefined;
  for (let i = 0; i < pictures; i++) {
    const view = i % VIEWS_A_SCENE;
    if (view === 0 || takeView === undefined) {
      const seed = sceneSeed("evaluate", Math.floor(i / VIEWS_A_SCENE));
      takeView = createViewer(trainingScene("evaluate", seed), textures);
    }
    const taken = takeView(view);
    const frame = frameOf(taken, i + 1);
    const options = { phrases: [], signal: new AbortController().signal };
    const [groundings, depth] = await Promise.all([eyes.grounder.ground(frame, options), eyes.depth.estimate(frame)]);
    const named = new Map(taken.things.map((thing) => [thing, toTruth(thing)]));
    truths.push(...taken.things.filter((thing) => thing.pixels >= MIN_PIXELS).map((thing) => named.get(thing)!));
    for (const [grounding, match] of matchGroundings(groundings, taken.things)) {
      if (match && match.pixels < MIN_PIXELS) continue;
      const truth = match && named.get(match);
      reports.push({ group: truth?.group ?? groupOf(grounding), grounding, ...(truth ? { truth } : {}) });
    }
    addDepthErrors(depthErrors, taken, (u, v) => {
      const column = Math.floor((u / PICTURE.width) * depth.width);
      return depth.depthM[Math.floor((v / PICTURE.height) * depth.height) * depth.width + column];
    });
    onPicture(i + 1);
  }
  return { pictures, truths, reports, depthErrors };
}

const frameOf = ({ rendered, view }: TakenView, sequence: number): Frame => ({
  camera: "head",
  sequence,
  capturedAtMs: 0,
  ...PICTURE,
  rgb: rendered.rgb,
  intrinsics: view.intrinsics,
  poseInBase: view.cameraInBase,
});

function toTruth({ group, kind, color, state, pixels }: Thing): Truth {
  return {
    group: GROUPS[group],
    kind: KINDS[kind],
    ...(color >= 0 ? { color: COLORS[color] } : {}),
    ...(state >= 0 ? { state: DRAWER_STATES[state] } : {}),
    pixels,
    isUnseen: color >= 0 && isUnseenCombination(KINDS[kind], COLORS[color]),
  };
}

const CONTAINERS: readonly Kind[] = ["drawer", "sink", "shelf", "zone", "bowl"];

function groupOf({ attributes }: Grounding): Group {
  const kind = KINDS.find((word) => word === attributes?.kind[0]?.[0]);
  if (kind === "handle") return "handles";
  return kind !== undefined && CONTAINERS.includes(kind) ? "containers" : "things";
}

const inPixels = ({ box }: Grounding): Box => ({
  x0: box.x0 * PICTURE.width,
  y0: box.y0 * PICTURE.height,
  x1: box.x1 * PICTURE.width,
  y1: box.y1 * PICTURE.height,
});

/** Each thing goes to the best-scored grounding that covers it, whatever it is called; the others are mistakes. */
function matchGroundings(
  groundings: readonly Grounding[],
  things: readonly Thing[],
): readonly (readonly [Grounding, Thing | undefined])[] {
  const taken = new Set<Thing>();
  return groundings.map((grounding) => {
    const shares = things
      .filter((thing) => !taken.has(thing))
      .map((thing) => ({ thing, share: overlap(inPixels(grounding), thing) }))
      .filter(({ thing, share }) => share >= (thing.pixels < MIN_PIXELS ? MIN_OVERLAP_OF_TINY : MIN_OVERLAP))
      .sort((a, b) => b.share - a.share);
    const best = shares[0]?.thing;
    if (best && best.pixels >= MIN_PIXELS) taken.add(best);
    return [grounding, best];
  });
}

function addDepthErrors(
  errors: { things: number[]; all: number[] },
  taken: TakenView,
  depthAt: (u: number, v: number) => number,
): void {
  const labels = gridLabels(taken.rendered, taken.names, PICTURE.width);
  const firstPlace = KINDS.indexOf("drawer");
  const step = PICTURE.width / GRID_WIDTH;
  for (let cell = 0; cell < GRID_WIDTH * GRID_HEIGHT; cell++) {
    const truth = labels.depthMm[cell] / 1000;
    const isThing = labels.kind[cell] !== UNNAMED && labels.kind[cell] < firstPlace;
    const isNear = cell % 7 === 0 && truth >= 0.1 && truth <= 2;
    if (!isThing && !isNear) continue;
    const [column, row] = [cell % GRID_WIDTH, Math.floor(cell / GRID_WIDTH)];
    const error = Math.abs(depthAt((column + 0.5) * step, (row + 0.5) * step) - truth) / truth;
    if (isThing) errors.things.push(error);
    if (isNear) errors.all.push(error);
  }
}
