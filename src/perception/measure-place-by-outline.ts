import type { Extent, Grounding } from "../domain/detection.js";
import type { Kind } from "../domain/vocabulary.js";
import { minimumAreaRectangle, rectangleAlong, type PlanarPoint } from "./footprint.js";
import { createSight, type LevelledDepth } from "./level-depth.js";
import type { Outline } from "./outline.js";
import { standingBox } from "./shape-input.js";
import { quantile, type CameraView } from "./surface-points.js";

export interface PlaceOutline {
  readonly kind: Kind | undefined;
  readonly grounding: Grounding;
  readonly outline: Outline;
  readonly heights: LevelledDepth["heights"];
  /** Drawer handles that have been measured already. */
  readonly handles: readonly Extent[];
}

/** A sink's rim lies on the work surface and is this wide around the opening. */
const RIM_WIDTH_M = 0.02;
const BOARD_M = 0.02;
/** From a drawer's inner floor down to the lower edge of its front, and up to the upper edge. */
const FRONT_BELOW_M = 0.011;
const FRONT_ABOVE_M = 0.109;
/** Low sides and back of a tray, above its floor. */
const SIDE_ABOVE_M = 0.05;
const BAR_M = 0.016;
/** From a drawer's face to the middle of its bar. */
const STANDOFF_M = 0.04;
/** What shows of a shut drawer is its front. */
const SHUT_M = 0.02;
const WIDEST_DRAWER_M = 0.27;

/** Places and handles whose height is known; undefined for the others. */
export function measurePlaceByOutline(view: CameraView, place: PlaceOutline): Extent | undefined {
  const { heights } = place;
  switch (place.kind) {
    case "zone":
      return flat(view, place, heights.worktop);
    case "sink":
      return heights.sink === undefined ? undefined : sink(view, place, heights.sink);
    case "shelf":
      return heights.shelf === undefined ? undefined : shelf(view, place, heights.shelf);
    case "handle":
      return heights.handle === undefined ? undefined : handle(view, place, heights.handle);
    case "drawer":
      return heights.drawer === undefined ? undefined : drawer(view, place, heights.drawer);
    case undefined:
    case "bag":
    case "mug":
    case "can":
    case "bottle":
    case "apple":
    case "banana":
    case "lemon":
    case "sponge":
    case "box":
    case "block":
    case "bowl":
      return undefined;
  }
}

/** Points of the outline's upper and lower edge where their lines of sight meet two heights. */
function edges(view: CameraView, { columns }: Outline, { topM, bottomM }: { topM: number; bottomM: number }) {
  const sight = createSight(view);
  const at = (u: number, v: number, z: number): PlanarPoint[] => {
    const met = sight.meet(u, v, z);
    return met ? [met] : [];
  };
  return {
    top: columns.flatMap(({ u, top }) => at(u, top, topM)),
    bottom: columns.flatMap(({ u, bottom }) => at(u, bottom, bottomM)),
  };
}

function flat(view: CameraView, { outline }: PlaceOutline, z: number): Extent | undefined {
  const { top, bottom } = edges(view, outline, { topM: z, bottomM: z });
  if (top.length + bottom.length < 6) return undefined;
  return standingBox(minimumAreaRectangle([...top, ...bottom]), z - 0.002, z);
}

/** Its rim lies on the work surface; a tap behind it stands in a few columns only. */
function sink(view: CameraView, { outline, heights }: PlaceOutline, floorM: number): Extent | undefined {
  const { top, bottom } = edges(view, outline, { topM: heights.worktop, bottomM: heights.worktop });
  if (top.length < 6 || bottom.length < 6) return undefined;
  const near = xQuantile(bottom, 0.5);
  const far = xQuantile(top, 0.4);
  const ys = [...top, ...bottom].filter((p) => p.x > near - 0.01 && p.x < far + 0.01).map((p) => p.y);
  const [low, high] = [quantile(ys, 0.02), quantile(ys, 0.98)];
  if (!(far > near + 4 * RIM_WIDTH_M && high > low + 4 * RIM_WIDTH_M)) return undefined;
  return {
    center: [(near + far) / 2, (low + high) / 2, (floorM + heights.worktop) / 2],
    sizeM: [far - near - 2 * RIM_WIDTH_M, high - low - 2 * RIM_WIDTH_M, heights.worktop - floorM],
    yawRad: 0,
  };
}

const xQuantile = (points: readonly PlanarPoint[], part: number): number =>
  quantile(
    points.map((p) => p.x),
    part,
  );

/** A board on side panels: far and side edges are the board's; its near edge is that of most columns, the panels reach lower. */
function shelf(view: CameraView, { outline }: PlaceOutline, boardM: number): Extent | undefined {
  const { top, bottom } = edges(view, outline, { topM: boardM, bottomM: boardM - BOARD_M });
  if (top.length < 6 || bottom.length < 6) return undefined;
  const near = xQuantile(bottom, 0.5);
  const far = xQuantile(top, 0.5);
  if (!(far > near + 0.03)) return undefined;
  const board = [...top, ...bottom].filter((p) => p.x >= near - 0.01 && p.x <= far + 0.03);
  const ys = board.map((p) => p.y);
  const [low, high] = [quantile(ys, 0.02), quantile(ys, 0.98)];
  return {
    center: [(near + far) / 2, (low + high) / 2, boardM - BOARD_M / 2],
    sizeM: [far - near, high - low, BOARD_M],
    yawRad: 0,
  };
}

/**
 * A bar, from the lower edge of its outline: above it, its posts and what is behind show as well. The line of sight that touches a
 * round bar from below passes its middle's height nearer to the camera by the radius over the sine of the line's slope.
 */
function handle(view: CameraView, { outline }: PlaceOutline, barM: number): Extent | undefined {
  const sight = createSight(view);
  const [cameraX, cameraY, cameraZ] = view.poseInBase.position;
  const axis = outline.columns.flatMap(({ u, bottom }): PlanarPoint[] => {
    const met = sight.meet(u, bottom, barM);
    if (!met) return [];
    const [dx, dy] = [met.x - cameraX, met.y - cameraY];
    const away = Math.hypot(dx, dy);
    const beyond = ((BAR_M / 2) * Math.hypot(away, cameraZ - barM)) / Math.max(0.05, cameraZ - barM) / away;
    return [{ x: met.x + dx * beyond, y: met.y + dy * beyond }];
  });
  if (axis.length < 4) return undefined;
  const bar = minimumAreaRectangle(axis);
  return {
    center: [xQuantile(axis, 0.5), bar.y, barM],
    sizeM: [bar.lengthM, BAR_M, BAR_M],
    yawRad: bar.yawRad,
  };
}

/**
 * A handle in front of a drawer says best where it is. How far it is out, its upper edge tells: that of the front when it is
 * shut, of the tray's sides when it is not.
 */
function drawer(view: CameraView, place: PlaceOutline, floorM: number): Extent | undefined {
  const { outline, grounding, handles } = place;
  const isShut = grounding.attributes?.state?.[0]?.[0] === "closed";
  const [bottomM, topM] = [floorM - FRONT_BELOW_M, floorM + FRONT_ABOVE_M];
  const { top, bottom } = edges(view, outline, { topM: isShut ? topM : floorM + SIDE_ABOVE_M, bottomM });
  if (top.length < 6 || bottom.length < 6) return undefined;
  const face = rectangleAlong(bottom, 0);
  const near = xQuantile(bottom, 0.5);
  const bar = handles.find(
    ({ center: [x, y] }) => Math.abs(y - face.y) < 0.1 && x > near - STANDOFF_M - 0.06 && x < near - STANDOFF_M + 0.06,
  );
  const front = bar ? bar.center[0] + STANDOFF_M : near;
  const back = isShut ? front + SHUT_M : Math.max(front + 0.03, xQuantile(top, 0.6));
  return {
    center: [(front + back) / 2, bar ? bar.center[1] : face.y, (bottomM + topM) / 2],
    sizeM: [back - front, Math.min(face.widthM, WIDEST_DRAWER_M), topM - bottomM],
    yawRad: 0,
  };
}
