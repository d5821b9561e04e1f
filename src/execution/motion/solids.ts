import type { Detection, Extent } from "../../domain/detection.js";
import { bottomOf, topOf } from "../footprint.js";
import { kindOf } from "../same-thing.js";

/** Hollow or flat: things are put into and onto them. */
const PLACES: ReadonlySet<string> = new Set(["drawer", "sink", "shelf", "zone", "handle"]);

export const isPlace = (detection: Detection): boolean => PLACES.has(kindOf(detection));

const WALL_M = 0.02;
/** Sides and back of a drawer are lower than its front: this much above its inside floor. */
const TRAY_SIDE_M = 0.05;
/** Under a board are its supports, and nothing that the hand has to do with. */
const UNDER_BOARD_M = 0.15;
/** A sink's footprint is measured with its rim: its walls stand this much further in. */
const RIM_M = 0.015;
/** How far behind a drawer's front its cabinet begins, by the drawer's looks: further in, the tray is seen but not reached. */
const OUT_M: Readonly<Record<string, number>> = { open: 0.19, ajar: 0.06, closed: 0.02 };

/** Length of the part of a drawer that is out of its cabinet. */
export function outOfCabinet(drawer: Detection): number {
  const [lengthM] = drawer.extentInBase.sizeM;
  const state = drawer.attributes?.state?.[0]?.[0];
  return Math.min(Math.max(lengthM, WALL_M), OUT_M[state ?? "open"] ?? OUT_M.open);
}

/** A cabinet reaches above its drawers' fronts, beside them and behind. */
const CABINET = { aboveM: 0.03, besideM: 0.03, behindM: 0.3 } as const;

/** A pouch is as thick as its box up to here, and closes to a seam above. */
const BAG_BODY_PART = 0.7;

/** Part of a box in its own axes: from its centre along x and y, full lengths, and between two heights. */
interface Part {
  readonly x: number;
  readonly y: number;
  readonly lengthM: number;
  readonly widthM: number;
  readonly fromZ: number;
  readonly toZ: number;
}

/**
 * The solid boxes of a thing or place. What is put into is hollow: a sink is its walls, a drawer its front, low sides and the
 * cabinet that it comes out of; a shelf is solid down to its feet; a zone is only paint.
 */
export function solidsOf(detection: Detection): readonly Extent[] {
  const extent = detection.extentInBase;
  const [lengthM, widthM] = extent.sizeM;
  const [fromZ, toZ] = [bottomOf(extent), topOf(extent)];
  const of = (parts: readonly Part[]): readonly Extent[] => parts.map((part) => partOf(extent, part));
  switch (kindOf(detection)) {
    case "zone":
      return [];
    case "bag": {
      const seamZ = fromZ + BAG_BODY_PART * (toZ - fromZ);
      return of([
        { x: 0, y: 0, lengthM, widthM, fromZ, toZ: seamZ },
        { x: 0, y: 0, lengthM, widthM: widthM / 2, fromZ: seamZ, toZ },
      ]);
    }
    case "shelf":
      return of([{ x: 0, y: 0, lengthM, widthM, fromZ: toZ - UNDER_BOARD_M, toZ }]);
    case "sink": {
      const [x, y] = [(lengthM + WALL_M) / 2 - RIM_M, (widthM + WALL_M) / 2 - RIM_M];
      return of([
        { x, y: 0, lengthM: WALL_M, widthM, fromZ, toZ },
        { x: -x, y: 0, lengthM: WALL_M, widthM, fromZ, toZ },
        { x: 0, y, lengthM, widthM: WALL_M, fromZ, toZ },
        { x: 0, y: -y, lengthM, widthM: WALL_M, fromZ, toZ },
      ]);
    }
    case "drawer": {
      const sideZ = Math.min(toZ, fromZ + TRAY_SIDE_M);
      const y = (widthM - WALL_M) / 2;
      return of([
        { x: -(lengthM - WALL_M) / 2, y: 0, lengthM: WALL_M, widthM, fromZ, toZ },
        { x: 0, y, lengthM, widthM: WALL_M, fromZ, toZ: sideZ },
        { x: 0, y: -y, lengthM, widthM: WALL_M, fromZ, toZ: sideZ },
        {
          x: -lengthM / 2 + outOfCabinet(detection) + CABINET.behindM / 2,
          y: 0,
          lengthM: CABINET.behindM,
          widthM: widthM + 2 * CABINET.besideM,
          fromZ,
          toZ: toZ + CABINET.aboveM,
        },
      ]);
    }
    default:
      return [extent];
  }
}

function partOf({ center, yawRad }: Extent, { x, y, lengthM, widthM, fromZ, toZ }: Part): Extent {
  const [c, s] = [Math.cos(yawRad), Math.sin(yawRad)];
  return {
    center: [center[0] + c * x - s * y, center[1] + s * x + c * y, (fromZ + toZ) / 2],
    sizeM: [lengthM, widthM, toZ - fromZ],
    yawRad,
  };
}
