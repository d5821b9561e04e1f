import type { Extent, Grounding } from "../domain/detection.js";
import type { DepthMap } from "../domain/frame.js";
import type { Kind } from "../domain/vocabulary.js";
import { fitOutline, type OutlineFit } from "./fit-outline.js";
import { createSight, type LevelledDepth } from "./level-depth.js";
import { kindOf, measure, type Measurement } from "./measure.js";
import { measurePlaceByOutline } from "./measure-place-by-outline.js";
import { outlineOf, type Outline } from "./outline.js";
import { outlineShapeOf } from "./outline-shapes.js";
import { LEVEL_PLACES, type LevelPlace } from "./room-heights.js";
import { createDeprojector, createMaskTest, quantile, sampleMask, type CameraView } from "./surface-points.js";

export interface OutlineLook extends LevelledDepth {
  readonly groundings: readonly Grounding[];
  /** Depth as the network estimated it. */
  readonly estimated: DepthMap;
  /** Drawer handles that have been measured already: they say where their drawers are. */
  readonly handles: readonly Extent[];
}

/** Usual error of estimated depth, as a part of it. */
const DEPTH_ERROR = 0.045;
/** What speaks for a surface, against each other: an outline's deviations hang together, so they count little each. */
const FIT_WEIGHT = 0.3;
const RIM_WEIGHT = 5;
/** A fit that is off by more than this is no fit. */
const WORST_FIT_PX = 9;
const RIM_PX = 4;

/**
 * A thing found in a picture whose depth was only estimated, to a thing in metres: its outline, the line of sight, and the
 * height of what it stands on say more than the estimate. Undefined when too little of it shows.
 */
export function measureByOutline(view: CameraView, grounding: Grounding, look: OutlineLook): Measurement | undefined {
  const outline = outlineOf(view, grounding);
  const kind = kindOf(grounding);
  const estimated = measure(view, look.depth, grounding);
  if (outline === undefined) return estimated;
  const place = measurePlaceByOutline(view, { kind, grounding, outline, ...look });
  if (place) return withPoint(view, grounding, { extent: place, outline });
  if (kind === "handle" || kind === "drawer" || kind === "shelf" || kind === "sink") return estimated;

  const fit = bestStand(view, { kind, grounding, outline, estimatedM: estimatedDepth(view, grounding, look) }, look);
  if (!fit || (fit.offPx > WORST_FIT_PX && estimated)) return estimated;
  return withPoint(view, grounding, { extent: fit.extent, outline });
}

interface Seen {
  readonly kind: Kind | undefined;
  readonly grounding: Grounding;
  readonly outline: Outline;
  /** How far the network takes the thing to be, metres along the optical axis. */
  readonly estimatedM: number | undefined;
}

/**
 * The surface that explains best what is seen: how far away it puts the thing, whether the thing is then of a usual size, and
 * what lies around its lower half. Each says little by itself; levels are so far apart that together they hardly ever err.
 */
function bestStand(view: CameraView, seen: Seen, look: OutlineLook): OutlineFit | undefined {
  const { kind, outline, estimatedM } = seen;
  const sight = createSight(view);
  const rims = rimParts(view, seen, look);
  const inPlaces = Math.min(
    1,
    LEVEL_PLACES.reduce((sum, place) => sum + rims[place], 0),
  );
  const bottom = lowestMiddle(outline);
  const stands = [undefined, ...LEVEL_PLACES].flatMap(
    (place): { readonly fit: OutlineFit; readonly cost: number }[] => {
      const supportM = place === undefined ? look.heights.worktop : look.heights[place];
      const near = supportM === undefined ? undefined : sight.meet(bottom.u, bottom.v, supportM);
      if (supportM === undefined || near === undefined) return [];
      const offM = estimatedM === undefined ? 0 : (near.depthM - estimatedM) / (DEPTH_ERROR * estimatedM);
      const rim = RIM_WEIGHT * (place === undefined ? inPlaces : 1 - rims[place]);
      // Nothing around it is of this place; a shelf may end close behind what stands at its edge.
      if (place !== undefined && rims[place] < 0.05 && (place !== "shelf" || Math.abs(offM) > 2)) return [];
      const fit = fitOutline({
        view,
        outline,
        shape: outlineShapeOf(kind),
        supportM,
        near: [near.x, near.y],
        lowerEdgeHidden: place === "drawer" || touchesFrame(view, outline),
      });
      return [{ fit, cost: fit.cost * FIT_WEIGHT + offM * offM + rim }];
    },
  );
  return stands.reduce<(typeof stands)[number] | undefined>(
    (best, stand) => (best === undefined || stand.cost < best.cost ? stand : best),
    undefined,
  )?.fit;
}

/** Which part of the pixels around the thing's lower half belongs to each kind of place. */
function rimParts(view: CameraView, { grounding, outline }: Seen, look: OutlineLook): Record<LevelPlace, number> {
  const rim = lowerRim(outline);
  const partIn = (place: LevelPlace): number => {
    const tests = look.groundings
      .filter((candidate) => candidate !== grounding && kindOf(candidate) === place)
      .map((candidate) => createMaskTest(view, candidate));
    return rim.filter(({ u, v }) => tests.some((belongs) => belongs(u, v))).length / rim.length;
  };
  return { shelf: partIn("shelf"), sink: partIn("sink"), drawer: partIn("drawer") };
}

/** The middle of what the network says of the thing's pixels. */
function estimatedDepth(view: CameraView, grounding: Grounding, look: OutlineLook): number | undefined {
  const { points } = sampleMask(view, look.estimated, grounding);
  return points.length < 3
    ? undefined
    : quantile(
        points.map((p) => p.depthM),
        0.5,
      );
}

/** Pixels just beside and below the lower half of a thing. */
function lowerRim({ columns }: Outline): readonly { readonly u: number; readonly v: number }[] {
  const middle = quantile(
    columns.map(({ top, bottom }) => (top + bottom) / 2),
    0.5,
  );
  const below = columns.map(({ u, bottom }) => ({ u, v: bottom + RIM_PX }));
  const low = Math.max(...columns.map(({ bottom }) => bottom));
  const [first, last] = [columns[0].u - RIM_PX, columns[columns.length - 1].u + RIM_PX];
  const beside = [0.2, 0.5, 0.8].flatMap((part) => {
    const v = middle + (low - middle) * part;
    return [
      { u: first, v },
      { u: last, v },
    ];
  });
  return [...below, ...beside];
}

/** The lowest pixel in the middle of the mask: near to where the thing stands. */
function lowestMiddle({ columns }: Outline): { readonly u: number; readonly v: number } {
  const middle = columns[columns.length >> 1];
  return { u: middle.u, v: middle.bottom - Math.min(4, (middle.bottom - middle.top) / 4) };
}

const touchesFrame = (view: CameraView, { columns }: Outline): boolean =>
  columns.some(({ bottom }) => bottom >= view.height - 1);

/** Completes a measurement with a pixel on the thing and the depth of its box there. */
function withPoint(
  view: CameraView,
  grounding: Grounding,
  { extent, outline }: { readonly extent: Extent; readonly outline: Outline },
): Measurement {
  const { u, v } = outline.middle;
  const sight = createSight(view);
  const bottomM = extent.center[2] - extent.sizeM[2] / 2;
  const topM = extent.center[2] + extent.sizeM[2] / 2;
  const top = sight.meet(u, v, topM);
  const low = sight.meet(u, v, bottomM);
  // Half way down: on the near side of what stands, within what lies flat.
  const depthM = top && low ? (top.depthM + low.depthM) / 2 : (top?.depthM ?? low?.depthM ?? 1);
  const { x, y, z } = createDeprojector(view)(u, v, depthM);
  return {
    ...grounding,
    point: { x: u / view.width, y: v / view.height, z: depthM },
    positionInBase: [x, y, z],
    extentInBase: extent,
  };
}

/** What has been measured, drawn into the depth: bodies stand out from what they stand on. */
export function drawBodies(view: CameraView, depth: DepthMap, measured: readonly Measurement[]): DepthMap {
  const depthM = depth.depthM.slice();
  const [kx, ky] = [view.width / depth.width, view.height / depth.height];
  for (const measurement of measured) {
    const kind = kindOf(measurement);
    if (kind === "drawer" || kind === "shelf" || kind === "sink" || kind === "zone" || kind === "handle") continue;
    const belongs = createMaskTest(view, measurement);
    const { box, point } = measurement;
    for (
      let row = Math.floor((box.y0 * view.height) / ky);
      row < Math.min(depth.height, (box.y1 * view.height) / ky);
      row++
    ) {
      for (
        let column = Math.floor((box.x0 * view.width) / kx);
        column < Math.min(depth.width, (box.x1 * view.width) / kx);
        column++
      ) {
        if (row >= 0 && column >= 0 && belongs((column + 0.5) * kx, (row + 0.5) * ky))
          depthM[row * depth.width + column] = point.z;
      }
    }
  }
  return { ...depth, depthM };
}
