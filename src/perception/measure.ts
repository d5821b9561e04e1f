import type { Detection, Extent, Grounding } from "../domain/detection.js";
import type { DepthMap } from "../domain/frame.js";
import { KINDS, type Kind } from "../domain/vocabulary.js";
import { measureShape } from "./measure-shape.js";
import { isLowerEdgeHidden, supportHeight } from "./support-height.js";
import { sampleMask, withoutDepthOutliers, type CameraView, type SurfacePoint } from "./surface-points.js";

/** A thing with a place in metres, before it has an id. */
export type Measurement = Omit<Detection, "id" | "seenInFrame" | "ageS">;

/** Fewer samples than this say nothing about a shape. */
const MIN_POINTS = 5;
/** Pixels at the mask's rim often show the support; samples this close to it are not the thing's. */
const ON_SUPPORT_M = 0.004;
/** Pixels of a board or of a sink's floor lie this close to its height. */
const LEVEL_M = 0.012;
const PLACES: readonly (Kind | undefined)[] = ["sink", "shelf", "zone", "drawer", "handle", "bowl"];

/** The kind in the thing's attributes or, from grounders that only give words, the last known word of its label. */
export function kindOf(grounding: Grounding): Kind | undefined {
  const best = grounding.attributes?.kind[0]?.[0];
  const words = best ? [best] : grounding.label.toLowerCase().split(/\W+/).reverse();
  return KINDS.find((kind) => kind === words.find((word) => (KINDS as readonly string[]).includes(word)));
}

/** A handle's posts reach back this far from its bar, nearly to the face that they are on. */
const POSTS_M = 0.032;

/**
 * A thing found in a picture to a thing in metres: a visible point on it, its place and its upright box in the base frame.
 * Undefined when there is too little depth on it. `handles`: drawer handles that have been measured already; what is of a
 * handle is no part of a drawer's box.
 */
export function measure(
  view: CameraView,
  depth: DepthMap,
  grounding: Grounding,
  handles: readonly Extent[] = [],
): Measurement | undefined {
  const { points: sampled, stridePx } = sampleMask(view, depth, grounding);
  const kind = kindOf(grounding);
  // A place is rightly seen at many depths (rim and floor); a gap there is no reason to drop either.
  const isPlace = PLACES.includes(kind);
  const connected = isPlace ? withoutHandles(sampled, kind === "drawer" ? handles : []) : withoutDepthOutliers(sampled);
  if (connected.length < MIN_POINTS) return undefined;

  const lowerEdgeHidden = isLowerEdgeHidden(view, depth, connected);
  const supportM = supportHeight(view, depth, grounding, { points: connected, lowerEdgeHidden });
  const above = isPlace ? connected : connected.filter((p) => p.z > supportM + ON_SUPPORT_M);
  const points = above.length < Math.max(MIN_POINTS, connected.length / 4) ? connected : above;
  const visible = mostCentral(points);
  const sampleM = (visible.depthM / view.intrinsics.fx) * Math.max(stridePx, view.width / depth.width);
  const shape = measureShape(kind, {
    points,
    supportM,
    lowerEdgeHidden,
    cameraPosition: view.poseInBase.position,
    sampleM,
  });
  const extentInBase = kind === "drawer" ? centredOnHandle(shape, handles) : shape;
  const level = levelOf(kind, extentInBase);
  const shown = level === undefined ? visible : mostCentral(atLevel(level, points));
  return {
    ...grounding,
    point: { x: shown.u / view.width, y: shown.v / view.height, z: shown.depthM },
    positionInBase: [shown.x, shown.y, shown.z],
    extentInBase,
  };
}

/** Height of what a flat place is meant by: a board's top, a sink's floor. */
function levelOf(kind: Kind | undefined, { center, sizeM }: Extent): number | undefined {
  if (kind === "shelf" || kind === "zone") return center[2] + sizeM[2] / 2;
  return kind === "sink" ? center[2] - sizeM[2] / 2 : undefined;
}

/** What is the place itself and not a thing that stands in the middle of it; all, where hardly anything is at its height. */
function atLevel(level: number, points: readonly SurfacePoint[]): readonly SurfacePoint[] {
  const flat = points.filter((p) => Math.abs(p.z - level) <= LEVEL_M);
  return flat.length < Math.max(MIN_POINTS, points.length / 10) ? points : flat;
}

/** Least part of a drawer's width that lies to each side of its handle; less, and the handle is another's. */
const BESIDE_HANDLE_M = 0.06;

/** A handle sits in the middle: what a loose mask takes in of the cabinet on one side is cut off by what shows on the other. */
function centredOnHandle(drawer: Extent, handles: readonly Extent[]): Extent {
  const [c, s] = [Math.cos(drawer.yawRad), Math.sin(drawer.yawRad)];
  const [x, y, z] = drawer.center;
  const [lengthM, widthM, heightM] = drawer.sizeM;
  for (const { center } of handles) {
    const [dx, dy] = [center[0] - x, center[1] - y];
    const [ahead, aside] = [-(c * dx + s * dy) - lengthM / 2, c * dy - s * dx];
    const halfM = widthM / 2 - Math.abs(aside);
    if (Math.abs(ahead) > 0.09 || Math.abs(center[2] - z) > 0.08 || halfM < BESIDE_HANDLE_M) continue;
    return { ...drawer, center: [x - s * aside, y + c * aside, z], sizeM: [lengthM, 2 * halfM, heightM] };
  }
  return drawer;
}

function withoutHandles(points: readonly SurfacePoint[], handles: readonly Extent[]): readonly SurfacePoint[] {
  const isOfHandle = (p: SurfacePoint, { center: [x, y, z], sizeM: [lengthM, , heightM], yawRad }: Extent): boolean => {
    const [dx, dy] = [p.x - x, p.y - y];
    const along = Math.cos(yawRad) * dx + Math.sin(yawRad) * dy;
    const across = Math.cos(yawRad) * dy - Math.sin(yawRad) * dx;
    return (
      Math.abs(along) < lengthM / 2 + 0.015 && Math.abs(across) < POSTS_M && Math.abs(p.z - z) < heightM / 2 + 0.015
    );
  };
  const others = points.filter((p) => !handles.some((handle) => isOfHandle(p, handle)));
  return others.length >= points.length / 2 ? others : points;
}

/** The sample nearest to the middle of all: a pixel that really lies on the thing, whatever its shape. */
function mostCentral(points: readonly SurfacePoint[]): SurfacePoint {
  const u = points.reduce((sum, p) => sum + p.u, 0) / points.length;
  const v = points.reduce((sum, p) => sum + p.v, 0) / points.length;
  const offset = (p: SurfacePoint): number => (p.u - u) ** 2 + (p.v - v) ** 2;
  return points.reduce((best, p) => (offset(p) < offset(best) ? p : best));
}
