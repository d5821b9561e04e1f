import type { Destination, Placement } from "../../domain/action.js";
import type { Detection, Extent } from "../../domain/detection.js";
import { project } from "../../domain/geometry/project.js";
import type { Vec3 } from "../../domain/geometry/vec3.js";
import type { FreeSpot, Scene } from "../../domain/scene.js";
import type { SpatialRelation } from "../lexicon/meaning.js";
import { kindOf, stateOf } from "../reference/match-attributes.js";
import { footprintRadius, isWithinFootprint, toExtent } from "../reference/spatial-relation.js";

/** Where the arm places well, metres from the base's axis. */
export const REACH_MIN_M = 0.35;
export const REACH_MAX_M = 0.65;
/** Shelves and drawers lie a little farther out; safety has the last word. */
export const REACH_FAR_M = 0.78;
/** Room that the fingers need around a thing that is put down. */
const FINGER_ROOM_M = 0.015;
/** A thing moved less than this has not been moved. */
const ELSEWHERE_M = 0.1;
/** Free spots this close in height belong to one surface. */
const SURFACE_HEIGHT_M = 0.04;
/** A spot that was refused or failed rules out its surroundings. */
export const FAILED_SPOT_M = 0.05;
/** A drawer's tray lies about this far below its rim. */
const DRAWER_DEPTH_M = 0.11;
/** How far an opening drawer comes out. */
const DRAWER_SWEEP_M = 0.3;
/** A spot off to the diagonal is taken only if it is nearer than a straight one by this much. */
const NOT_STRAIGHT_M = 0.1;
/** People say "next to" of things with at most this much room between them ... */
const NEXT_TO_GAP_M = 0.12;
/** ... and "left of" of things that are this near, and not farther off the straight line than this. */
const BESIDE_REACH_M = 0.32;
const BESIDE_OFFSET_M = 0.12;
/** Distance between things that share a container. */
const SPREAD_M = 0.1;

const ground = (a: Vec3, b: Vec3): number => Math.hypot(a[0] - b[0], a[1] - b[1]);
const reach = (p: Vec3): number => Math.hypot(p[0], p[1]);

export interface SpotRequest {
  /** Radius of what is put down, metres. */
  readonly radiusM: number;
  /** Where it stands now; a spot there would be no move. */
  readonly from?: Vec3;
  /** Spots that were tried in vain. */
  readonly failed: readonly Vec3[];
}

const hasFailed = (position: Vec3, { failed }: SpotRequest): boolean =>
  failed.some((other) => ground(other, position) < FAILED_SPOT_M);

const inPicture = ({ x, y, z }: { x: number; y: number; z: number }): boolean =>
  x >= 0 && x <= 1 && y >= 0 && y <= 1 && z > 0;

const PLACES = ["drawer", "sink", "shelf", "bowl", "zone", "box"];

const isInPlace = (position: Vec3, scene: Scene): boolean =>
  scene.detections.some(
    (d) => PLACES.includes(kindOf(d) ?? "") && isWithinFootprint(d.extentInBase, position) && stateOf(d) !== "closed",
  );

/** Does a closed or half-open drawer come out over this spot when it is opened? */
const isInDrawerSweep = (position: Vec3, scene: Scene): boolean =>
  scene.detections.some((d) => {
    if (kindOf(d) !== "drawer" || stateOf(d) === "open") return false;
    const { center, sizeM } = d.extentInBase;
    const ahead = center[0] - position[0];
    return ahead > 0 && ahead < DRAWER_SWEEP_M && Math.abs(position[1] - center[1]) < sizeM[1] / 2 + 0.04;
  });

/** Free spots on the counter or table itself, within good reach, with room for the thing. Roomiest first. */
export function counterSpots(scene: Scene, request: SpotRequest): readonly FreeSpot[] {
  const open = scene.freeSpots.filter((spot) => !isInPlace(spot.positionInBase, scene));
  const heights = open.map((spot) => spot.positionInBase[2]).sort((a, b) => a - b);
  const height = heights[Math.floor(heights.length / 2)];
  const usable = open.filter(
    ({ positionInBase: p, clearanceM }) =>
      Math.abs(p[2] - height) <= SURFACE_HEIGHT_M &&
      reach(p) >= REACH_MIN_M &&
      reach(p) <= REACH_MAX_M &&
      clearanceM >= request.radiusM + FINGER_ROOM_M &&
      (request.from === undefined || ground(p, request.from) >= ELSEWHERE_M) &&
      !hasFailed(p, request),
  );
  // Among equally roomy spots, the one in the middle of the arm's reach.
  const value = ({ clearanceM, positionInBase }: FreeSpot): number =>
    clearanceM - 0.1 * Math.abs(reach(positionInBase) - (REACH_MIN_M + REACH_MAX_M) / 2);
  const sorted = [...usable].sort((a, b) => value(b) - value(a));
  const clearOfDrawers = sorted.filter((spot) => !isInDrawerSweep(spot.positionInBase, scene));
  return clearOfDrawers.length > 0 ? clearOfDrawers : sorted;
}

export const toDestination = (
  position: Vec3,
  scene: Scene,
  { label, placement, detectionId }: { label: string; placement: Placement; detectionId?: string },
): Destination | undefined => {
  const point = project(scene.view, position);
  if (!inPicture(point)) return undefined;
  return { label, ...(detectionId === undefined ? {} : { detectionId }), ...point, placement };
};

/**
 * The spot for "left of", "behind", "next to" or "between": on the wanted side, as near as there is room. None that people would
 * not call so: then there is no room there.
 */
export function besideSpot(
  scene: Scene,
  relation: SpatialRelation,
  anchors: readonly Extent[],
  request: SpotRequest,
): FreeSpot | undefined {
  const [anchor, other] = anchors;
  const direction = ({ "left-of": [0, 1], "right-of": [0, -1], "front-of": [-1, 0], behind: [1, 0] } as const)[
    relation as "left-of" | "right-of" | "front-of" | "behind"
  ] as readonly [number, number] | undefined;
  const half =
    direction === undefined ? 0 : Math.abs(direction[0]) * anchor.sizeM[0] + Math.abs(direction[1]) * anchor.sizeM[1];
  const away = half / 2 + request.radiusM + 2 * FINGER_ROOM_M;
  const wanted: Vec3 =
    relation === "between" && other !== undefined
      ? [(anchor.center[0] + other.center[0]) / 2, (anchor.center[1] + other.center[1]) / 2, anchor.center[2]]
      : [
          anchor.center[0] + (direction?.[0] ?? 0) * away,
          anchor.center[1] + (direction?.[1] ?? 0) * away,
          anchor.center[2],
        ];

  /** 2 = straight to that side, 1 = more to that side than not, 0 = elsewhere. */
  const fitness = ({ positionInBase: p }: FreeSpot): number => {
    if (relation === "between") return 2;
    if (direction === undefined) {
      const gap = ground(p, anchor.center) - footprintRadius(anchor) - request.radiusM;
      return isWithinFootprint(anchor, p, request.radiusM) || gap > NEXT_TO_GAP_M ? 0 : 2;
    }
    const [dx, dy] = [p[0] - anchor.center[0], p[1] - anchor.center[1]];
    const along = dx * direction[0] + dy * direction[1];
    const across = Math.abs(dx * direction[1]) + Math.abs(dy * direction[0]);
    if (along <= half / 2 || along > BESIDE_REACH_M || across > BESIDE_OFFSET_M) return 0;
    return across <= along ? 2 : 1;
  };
  const spots = scene.freeSpots.filter(
    (spot) =>
      spot.clearanceM >= request.radiusM &&
      reach(spot.positionInBase) >= REACH_MIN_M - 0.03 &&
      reach(spot.positionInBase) <= REACH_FAR_M &&
      !hasFailed(spot.positionInBase, request) &&
      !isInPlace(spot.positionInBase, scene) &&
      fitness(spot) > 0,
  );
  const cost = (spot: FreeSpot): number =>
    ground(spot.positionInBase, wanted) + (fitness(spot) === 2 ? 0 : NOT_STRAIGHT_M);
  return [...spots].sort((a, b) => cost(a) - cost(b))[0];
}

/** Height of the floor that things rest on, inside or on top of a place. */
function floorOf(place: Detection, inside: readonly FreeSpot[]): number {
  const { center, sizeM } = place.extentInBase;
  const [bottom, top] = [center[2] - sizeM[2] / 2, center[2] + sizeM[2] / 2];
  if (inside.length > 0) {
    const heights = inside.map((spot) => spot.positionInBase[2]).sort((a, b) => a - b);
    return heights[Math.floor(heights.length / 2)];
  }
  const kind = kindOf(place);
  if (kind === "drawer") return Math.max(bottom, top - DRAWER_DEPTH_M);
  return kind === "sink" || kind === "bowl" || kind === "box" ? bottom + 0.01 : top;
}

/** A grid over the footprint, in the base frame, leaving a rim for the walls and half the thing. */
function gridOver(extent: Extent, radiusM: number, z: number): readonly Vec3[] {
  const [cos, sin] = [Math.cos(extent.yawRad), Math.sin(extent.yawRad)];
  const reachOf = (length: number): number => Math.max(0, length / 2 - Math.min(radiusM + 0.01, length / 2));
  const [rx, ry] = [reachOf(extent.sizeM[0]), reachOf(extent.sizeM[1])];
  const steps = [0, -0.5, 0.5, -1, 1];
  return steps.flatMap((sx) =>
    steps.map((sy): Vec3 => {
      const [dx, dy] = [sx * rx, sy * ry];
      return [extent.center[0] + cos * dx - sin * dy, extent.center[1] + sin * dx + cos * dy, z];
    }),
  );
}

/** Where in or on a container the next thing goes: its middle, or as far as needed from what is in it already. */
export function spotWithin(place: Detection, scene: Scene, request: SpotRequest): Vec3 | undefined {
  const { extentInBase: extent } = place;
  const measured = scene.freeSpots.filter(
    (spot) =>
      isWithinFootprint(extent, spot.positionInBase, 0) &&
      (kindOf(place) !== "shelf" ||
        Math.abs(spot.positionInBase[2] - extent.center[2] - extent.sizeM[2] / 2) < SURFACE_HEIGHT_M),
  );
  const z = floorOf(place, measured);
  const inside = scene.detections
    .filter((d) => d.id !== place.id && !PLACES.includes(kindOf(d) ?? "") && kindOf(d) !== "handle")
    .map((d) => d.extentInBase.center)
    .filter((center) => isWithinFootprint(extent, center));
  const measuredSpots = measured
    .filter((spot) => spot.clearanceM >= Math.min(request.radiusM, footprintRadius(extent) / 2))
    .map((spot) => spot.positionInBase);
  const shelf = kindOf(place) === "shelf";
  // A shelf is deep and its back is out of reach and of sight: only measured spots count there, if there are any.
  const options =
    shelf && measuredSpots.length > 0 ? measuredSpots : [...gridOver(extent, request.radiusM, z), ...measuredSpots];
  const cost = (p: Vec3): number => {
    const [dx, dy] = toExtent(extent, p);
    const crowd = inside.reduce((sum, other) => sum + Math.max(0, SPREAD_M - ground(other, p)), 0);
    return 4 * crowd + Math.hypot(dx, dy) + (shelf ? Math.max(0, reach(p) - REACH_MAX_M) * 3 : 0);
  };
  return [...options]
    .filter((p) => !hasFailed(p, request) && reach(p) <= REACH_FAR_M && inPicture(project(scene.view, p)))
    .sort((a, b) => cost(a) - cost(b))[0];
}
