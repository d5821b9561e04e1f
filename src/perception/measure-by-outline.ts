import type { Extent, Grounding } from "../domain/detection.js";
import type { DepthMap } from "../domain/frame.js";
import { fitOutline } from "./fit-outline.js";
import { createSight, type LevelledDepth } from "./level-depth.js";
import { kindOf, measure, type Measurement } from "./measure.js";
import { measurePlaceByOutline } from "./measure-place-by-outline.js";
import { outlineOf, type Outline } from "./outline.js";
import { outlineShapeOf } from "./outline-shapes.js";
import { LEVEL_PLACES, type LevelPlace } from "./room-heights.js";
import { createDeprojector, createMaskTest, quantile, type CameraView } from "./surface-points.js";

export interface OutlineLook extends LevelledDepth {
  readonly groundings: readonly Grounding[];
  /** Drawer handles that have been measured already: they say where their drawers are. */
  readonly handles: readonly Extent[];
}

/** Part of a thing's rim that must lie in a place for the thing to stand there. */
const MOST_OF_RIM = 0.45;
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

  const standsIn = placeUnder(view, { grounding, outline }, look);
  const supportM = standsIn ? (look.heights[standsIn] ?? estimatedSupport(estimated, look)) : look.heights.worktop;
  const bottom = lowestMiddle(outline);
  const near = createSight(view).meet(bottom.u, bottom.v, supportM);
  if (!near) return estimated;
  const fit = fitOutline({
    view,
    outline,
    shape: outlineShapeOf(kind),
    supportM,
    near: [near.x, near.y],
    lowerEdgeHidden: standsIn === "drawer" || touchesFrame(view, outline),
  });
  if (fit.offPx > WORST_FIT_PX && estimated) return estimated;
  return withPoint(view, grounding, { extent: fit.extent, outline });
}

/** The place whose mask lies around the thing's lower half; undefined = the work surface. */
function placeUnder(
  view: CameraView,
  { grounding, outline }: { readonly grounding: Grounding; readonly outline: Outline },
  { groundings }: OutlineLook,
): LevelPlace | undefined {
  const rim = lowerRim(outline);
  for (const place of LEVEL_PLACES) {
    for (const candidate of groundings) {
      if (candidate === grounding || kindOf(candidate) !== place) continue;
      const belongs = createMaskTest(view, candidate);
      const inside = rim.filter(({ u, v }) => belongs(u, v)).length;
      if (inside > rim.length * MOST_OF_RIM) return place;
    }
  }
  return undefined;
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

const estimatedSupport = (estimated: Measurement | undefined, { heights }: OutlineLook): number =>
  estimated === undefined ? heights.worktop : estimated.extentInBase.center[2] - estimated.extentInBase.sizeM[2] / 2;

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
