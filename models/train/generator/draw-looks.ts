import type { Random } from "../../../src/domain/random.js";
import type { RenderedPicture } from "../../../sim/render/scene-renderer.types.js";
import type { Square } from "./cut-crop.js";
import { overlap, type Box } from "./box.js";
import { UNNAMED, type Thing } from "./label-picture.js";

/** Side of the crop that the second look sees, in box sizes, and its least side in pixels: part of the runtime's contract. */
export const CROP_PER_BOX = 1.4;
export const MIN_CROP_PX = 24;
/** Stored crops show this much more, so that training can shift the window. */
export const STORED_PER_CROP = 1.25;

/** A crop for the second look to learn from. */
export interface LookSample {
  readonly square: Square;
  readonly thing: Thing;
  readonly real: boolean;
}

/** The crop for a box: what the runtime cuts. */
export function squareOf(box: Box): Square {
  const side = Math.max(MIN_CROP_PX, CROP_PER_BOX * Math.max(box.x1 - box.x0, box.y1 - box.y0));
  return { centerX: (box.x0 + box.x1) / 2, centerY: (box.y0 + box.y1) / 2, side };
}

interface Canvas {
  readonly picture: RenderedPicture;
  readonly width: number;
  readonly height: number;
}

/**
 * Crops of the picture: each thing (drawers, places and handles look alike: half of them), with its box a little off as the
 * detector's are, and a few of nothing. `exact` takes every thing as it is.
 */
export function drawLooks(
  things: readonly Thing[],
  canvas: Canvas,
  options: { random: Random; exact: boolean; decoys: readonly Box[] },
): readonly LookSample[] {
  const { random, exact, decoys } = options;
  const samples: LookSample[] = [];
  for (const thing of things) {
    const common = thing.group === 2 || (thing.group === 1 && thing.color < 0);
    const taken = exact || !common || random.chance(0.5);
    if (!taken) continue;
    const square = squareOf(thing);
    const scale = exact ? 1 : Math.exp(random.between(-0.13, 0.16));
    samples.push({ square: { ...square, side: square.side * scale }, thing, real: true });
  }
  for (let i = 0; i < 3; i++) {
    const nothing = drawNothing(things, canvas, { random, decoys });
    if (nothing) samples.push(nothing);
  }
  return samples;
}

function drawNothing(
  things: readonly Thing[],
  canvas: Canvas,
  { random, decoys }: { random: Random; decoys: readonly Box[] },
): LookSample | undefined {
  const { width, height, picture } = canvas;
  const u = random.next();
  let box: Box;
  let group = random.below(3) as Thing["group"];
  if (u < 0.3 && things.length > 0) {
    // A box beside a thing, or around a piece of it.
    const thing = random.pick(things.filter((t) => t.group !== 1 || t.color >= 0).concat(things[0]));
    const [w, h] = [thing.x1 - thing.x0, thing.y1 - thing.y0];
    const angle = random.between(-Math.PI, Math.PI);
    const [dx, dy] = [Math.cos(angle) * random.between(0.7, 1.1) * w, Math.sin(angle) * random.between(0.7, 1.1) * h];
    box = { x0: thing.x0 + dx, y0: thing.y0 + dy, x1: thing.x1 + dx, y1: thing.y1 + dy };
    group = thing.group;
  } else if (u < 0.5 && decoys.length > 0) {
    box = random.pick(decoys);
    group = random.chance(0.7) ? 0 : group;
  } else {
    const size = Math.exp(random.between(Math.log(14), Math.log(group === 1 ? 160 : 90)));
    const [x, y] = [random.between(0, width - size), random.between(height * 0.1, height - size)];
    box = { x0: x, y0: y, x1: x + size, y1: y + size * random.between(0.6, 1) };
  }
  const [cx, cy] = [Math.round((box.x0 + box.x1) / 2), Math.round((box.y0 + box.y1) / 2)];
  if (cx < 0 || cy < 0 || cx >= width || cy >= height) return undefined;
  if (things.some((thing) => thing.group === group && overlap(thing, box) > 0.25)) return undefined;
  const at = cy * width + cx;
  const center = things.find((thing) => thing.instance === picture.instanceIds[at]);
  if (center && center.group === group) return undefined;
  const zM = picture.depthM[at];
  if (!(zM > 0.1)) return undefined;
  const thing: Thing = { group, kind: UNNAMED, color: -1, state: -1, size: -1, instance: 0, pixels: 0, ...box, zM };
  return { square: squareOf(box), thing, real: false };
}
