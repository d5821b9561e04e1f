import type { Extent } from "../domain/detection.js";
import type { Kind } from "../domain/vocabulary.js";
import type { Vec3 } from "../domain/geometry/vec3.js";
import { fitCircle, fitSphere, type Circle } from "./fit-circle.js";
import {
  convexHull,
  extendAway,
  minimumAreaRectangle,
  principalYaw,
  rectangleAlong,
  spanAlong,
  type PlanarPoint,
  type Rectangle,
} from "./footprint.js";
import { horizontalLevels } from "./support-height.js";
import { quantile, type SurfacePoint } from "./surface-points.js";

/** What one thing's shape is measured from. */
export interface ShapeInput {
  readonly points: readonly SurfacePoint[];
  /** Height of the surface that it stands on. */
  readonly supportM: number;
  readonly cameraPosition: Vec3;
  /** Width on the thing that one sample stands for: samples end half of it short of the true edge. */
  readonly sampleM: number;
}

const heights = (points: readonly SurfacePoint[]): number[] => points.map((p) => p.z);
const topOf = (points: readonly SurfacePoint[]): number => quantile(heights(points), 0.985);

/** Direction from the camera to the thing in the xy plane, and how steeply the camera looks down on it. */
function viewing(input: ShapeInput): { yawRad: number; elevationRad: number } {
  const n = input.points.length;
  const mean = input.points.reduce((sum, p) => [sum[0] + p.x / n, sum[1] + p.y / n, sum[2] + p.z / n], [0, 0, 0]);
  const [dx, dy, dz] = mean.map((value, i) => value - input.cameraPosition[i]);
  return { yawRad: Math.atan2(dy, dx), elevationRad: Math.atan2(-dz, Math.hypot(dx, dy)) };
}

function standingBox(rectangle: Rectangle, bottomM: number, topM: number): Extent {
  return {
    center: [rectangle.x, rectangle.y, (bottomM + topM) / 2],
    sizeM: [rectangle.lengthM, rectangle.widthM, Math.max(0, topM - bottomM)],
    yawRad: rectangle.yawRad,
  };
}

/**
 * Part of a sample's width by which the outermost samples fall short of the true outline, both sides together. Fitted on
 * rendered boxes: a rectangle that lies askew to the grid of samples always has one close to each edge.
 */
const EDGE_PART = 0.45;

const grown = (rectangle: Rectangle, byM: number): Rectangle => ({
  ...rectangle,
  lengthM: rectangle.lengthM + byM,
  widthM: rectangle.widthM + byM,
});

/** Things with upright sides (box, block, sponge): the top and the near sides show the whole footprint. */
export function measureBlock(input: ShapeInput): Extent {
  const rectangle = grown(minimumAreaRectangle(input.points), EDGE_PART * input.sampleM);
  return standingBox(rectangle, input.supportM, topOf(input.points));
}

/**
 * Things whose cross-section bulges (bag, banana, lemon): the lower far side curves away out of sight. For a circular section
 * of radius r seen from elevation e, r (1 - sin e) of the far side is hidden.
 */
export function measureBulging(input: ShapeInput): Extent {
  const top = topOf(input.points);
  const visible = grown(minimumAreaRectangle(input.points), EDGE_PART * input.sampleM);
  const { yawRad, elevationRad } = viewing(input);
  const radius = Math.min(visible.widthM, top - input.supportM) / 2;
  const hidden = radius * (1 - Math.sin(Math.max(0, elevationRad)));
  const rectangle = extendAway(visible, { x: hidden * Math.cos(yawRad), y: hidden * Math.sin(yawRad) });
  return standingBox(rectangle, input.supportM, top);
}

/** An egg that lies: what is hidden on the far side is the visible near side, turned about the middle. */
export function measureEgg(input: ShapeInput): Extent {
  const first = measureBulging(input);
  const [x, y] = first.center;
  const turned = input.points.map((p) => ({ x: 2 * x - p.x, y: 2 * y - p.y }));
  const whole = convexHull([...input.points, ...turned]);
  const { lengthM, widthM, yawRad } = grown(rectangleAlong(whole, principalYaw(whole)), input.sampleM);
  return { ...first, sizeM: [lengthM, widthM, first.sizeM[2]], yawRad };
}

/** Part of a pouch's height that its flat seam takes, at the top. */
const SEAM_PART = 0.1;

/**
 * A standing pouch: it bulges below its seam, and the far bulge is out of sight. The seam lies in its middle plane, so the
 * near bulge tells the far one.
 */
export function measureBag(input: ShapeInput): Extent {
  const top = topOf(input.points);
  const heightM = top - input.supportM;
  const seam = input.points.filter((p) => p.z > top - SEAM_PART * heightM);
  const line = minimumAreaRectangle(seam);
  // Fallen over, or the seam hidden: no line at the top.
  if (seam.length < 6 || line.lengthM < 0.04 || line.widthM > 0.6 * line.lengthM) return measureBulging(input);
  const whole = rectangleAlong(input.points, line.yawRad);
  const across = line.yawRad + Math.PI / 2;
  const bulge = spanAlong(input.points, across);
  const middle = line.x * Math.cos(across) + line.y * Math.sin(across);
  const halfM = Math.max(bulge.middle + bulge.length / 2 - middle, middle - bulge.middle + bulge.length / 2);
  const shift = middle - bulge.middle;
  return standingBox(
    {
      x: whole.x + shift * Math.cos(across),
      y: whole.y + shift * Math.sin(across),
      lengthM: whole.lengthM + input.sampleM,
      widthM: 2 * halfM + input.sampleM,
      yawRad: line.yawRad,
    },
    input.supportM,
    top,
  );
}

/** Diameter from the visible width; centre half of it behind the front. Holds for any round thing, exactly for none. */
function roundFromSilhouette(points: readonly PlanarPoint[], viewYawRad: number, sampleM: number): Circle {
  const along = spanAlong(points, viewYawRad);
  const across = spanAlong(points, viewYawRad + Math.PI / 2);
  const radiusM = (across.length + sampleM) / 2;
  const forward = along.middle - along.length / 2 + radiusM;
  return {
    x: forward * Math.cos(viewYawRad) - across.middle * Math.sin(viewYawRad),
    y: forward * Math.sin(viewYawRad) + across.middle * Math.cos(viewYawRad),
    radiusM,
  };
}

/** Part of the points that must lie on the fitted circle; a thing that has fallen over has fewer. */
const UPRIGHT_PART = 0.3;
const HANDLE_BEYOND_M = 0.006;

/** Upright round things (can, bottle, mug without its handle). For a mug the box's x axis points along its handle. */
export function measureUprightRound(input: ShapeInput, bounds: { minRadiusM: number; maxRadiusM: number }): Extent {
  const top = topOf(input.points);
  const sides = input.points.filter((p) => p.z > input.supportM + 0.008);
  const fit = fitCircle(sides, bounds);
  if (!fit || fit.onCircle < UPRIGHT_PART) return measureFallen(input);

  const beyond = sides.filter((p) => Math.hypot(p.x - fit.x, p.y - fit.y) > fit.radiusM + HANDLE_BEYOND_M);
  const isHandle = beyond.length >= Math.max(4, sides.length * 0.02);
  const middle = beyond.reduce((sum, p) => ({ x: sum.x + p.x - fit.x, y: sum.y + p.y - fit.y }), { x: 0, y: 0 });
  const yawRad = isHandle ? Math.atan2(middle.y, middle.x) : viewing(input).yawRad;
  const diameter = 2 * fit.radiusM;
  return standingBox({ x: fit.x, y: fit.y, lengthM: diameter, widthM: diameter, yawRad }, input.supportM, top);
}

/** A round thing that lies, or that is seen too poorly for a circle. */
function measureFallen(input: ShapeInput): Extent {
  const top = topOf(input.points);
  const lies = top - input.supportM < 0.08 && minimumAreaRectangle(input.points).lengthM > top - input.supportM + 0.02;
  if (lies) return measureBulging(input);
  const { yawRad } = viewing(input);
  const round = roundFromSilhouette(input.points, yawRad, input.sampleM);
  const diameter = 2 * round.radiusM;
  return standingBox({ x: round.x, y: round.y, lengthM: diameter, widthM: diameter, yawRad }, input.supportM, top);
}

/** Balls: apple. A cap that something half hides bends like a larger ball; it is never wider than its outline. */
export function measureBall(input: ShapeInput): Extent {
  const { yawRad } = viewing(input);
  const outline = roundFromSilhouette(input.points, yawRad, input.sampleM);
  const sphere = fitSphere(input.points, { minRadiusM: 0.018, maxRadiusM: 0.05 });
  const round = sphere && sphere.radiusM < outline.radiusM * 1.1 ? sphere : outline;
  const diameter = 2 * round.radiusM;
  return standingBox(
    { x: round.x, y: round.y, lengthM: diameter, widthM: diameter, yawRad },
    input.supportM,
    topOf(input.points),
  );
}

/** A bowl: the box reaches from the inside floor to the rim, so that its bottom is where a thing put in comes to rest. */
export function measureBowl(input: ShapeInput): Extent {
  const top = topOf(input.points);
  const rim = input.points.filter((p) => p.z > top - 0.012);
  const { yawRad } = viewing(input);
  const fit = fitCircle(rim, { minRadiusM: 0.04, maxRadiusM: 0.12 });
  const round = fit && fit.onCircle > 0.4 ? fit : roundFromSilhouette(convexHull(rim), yawRad, input.sampleM);
  const inside = input.points.filter((p) => Math.hypot(p.x - round.x, p.y - round.y) < round.radiusM * 0.6);
  const floor = inside.length < 4 ? input.supportM : quantile(heights(inside), 0.1);
  const diameter = 2 * round.radiusM;
  return standingBox({ x: round.x, y: round.y, lengthM: diameter, widthM: diameter, yawRad }, floor, top);
}

/**
 * A sink: its opening inside the rim, bottom at the lowest level that can be seen inside. The rim is the widest level, so that
 * a tap that stands above it does not count. The near wall is out of sight; the rim is as wide there as elsewhere.
 */
export function measureSink(input: ShapeInput): Extent {
  const levels = horizontalLevels(input.points).map(({ z }) => z);
  const low = levels.length > 0 ? Math.min(...levels) : quantile(heights(input.points), 0.03);
  const around = (z: number): readonly SurfacePoint[] => input.points.filter((p) => Math.abs(p.z - z) < 0.008);
  const outlines = levels.map((z) => ({ z, outline: minimumAreaRectangle(around(z)) }));
  const area = (r: Rectangle): number => r.lengthM * r.widthM;
  const widest = outlines.reduce<(typeof outlines)[number] | undefined>(
    (best, next) => (!best || area(next.outline) > area(best.outline) ? next : best),
    undefined,
  );
  if (!widest || widest.z < low + 0.02) {
    const rectangle = grown(minimumAreaRectangle(input.points), EDGE_PART * input.sampleM);
    return standingBox(rectangle, low, quantile(heights(input.points), 0.97));
  }
  const { z: rimM, outline } = widest;
  const below = input.points.filter((p) => p.z < rimM - 0.02);
  const inner = below.length < 6 ? outline : rectangleAlong(below, outline.yawRad);
  const { yawRad: viewYaw } = viewing(input);
  // On each axis the far margin, or the smaller of both: the near one is hidden by the wall in front.
  const marginM = (offset: number, outer: number, within: number): number =>
    Math.max(0, (outer - within) / 2 - Math.abs(offset));
  const c = Math.cos(outline.yawRad);
  const s = Math.sin(outline.yawRad);
  const [dx, dy] = [inner.x - outline.x, inner.y - outline.y];
  const isLengthAcross = Math.abs(Math.cos(outline.yawRad - viewYaw)) < Math.SQRT1_2;
  const marginAcross = isLengthAcross
    ? marginM(dx * c + dy * s, outline.lengthM, inner.lengthM)
    : marginM(-dx * s + dy * c, outline.widthM, inner.widthM);
  return standingBox(grown(outline, -2 * marginAcross + EDGE_PART * input.sampleM), low, rimM);
}

/** A board or a marked zone: its upper surface. */
export function measureSurface(input: ShapeInput): Extent {
  const levels = horizontalLevels(input.points).map(({ z }) => z);
  const top = levels.length > 0 ? Math.max(...levels) : topOf(input.points);
  const board = input.points.filter((p) => Math.abs(p.z - top) < 0.012);
  const rectangle = grown(minimumAreaRectangle(board.length >= 6 ? board : input.points), EDGE_PART * input.sampleM);
  return standingBox(rectangle, Math.min(top, Math.max(top - 0.02, input.supportM)), top);
}

/**
 * A drawer: what is visible of its body. The box's x axis is the sliding direction, into the cabinet; an open drawer's bottom
 * is its inside floor.
 */
export function measureDrawer(input: ShapeInput): Extent {
  const bounding = minimumAreaRectangle(input.points);
  const { yawRad: viewYaw } = viewing(input);
  const turned = Math.abs(Math.cos(bounding.yawRad - viewYaw)) < Math.SQRT1_2;
  const axis = bounding.yawRad + (turned ? Math.PI / 2 : 0);
  const inward = Math.cos(axis - viewYaw) < 0 ? axis + Math.PI : axis;
  const yawRad = Math.atan2(Math.sin(inward), Math.cos(inward));
  const rectangle = rectangleAlong(input.points, yawRad);
  const top = topOf(input.points);
  const front = rectangle.x * Math.cos(yawRad) + rectangle.y * Math.sin(yawRad) - rectangle.lengthM / 2;
  const inside = input.points.filter((p) => p.x * Math.cos(yawRad) + p.y * Math.sin(yawRad) > front + 0.03);
  const levels = horizontalLevels(inside)
    .map(({ z }) => z)
    .filter((z) => z < top - 0.03);
  const bottom = levels.length > 0 ? Math.min(...levels) : quantile(heights(input.points), 0.02);
  return standingBox(grown(rectangle, EDGE_PART * input.sampleM), bottom, top);
}

/** A bar handle: x axis along the bar, the other sizes its diameter. Its posts lie behind it and do not count. */
export function measureHandle(input: ShapeInput): Extent {
  const { yawRad: barYaw } = minimumAreaRectangle(input.points);
  const { yawRad: viewYaw } = viewing(input);
  const sign = Math.cos(barYaw + Math.PI / 2 - viewYaw) < 0 ? -1 : 1;
  const inwardYaw = barYaw + (sign * Math.PI) / 2;
  const depthOf = (p: PlanarPoint): number => p.x * Math.cos(inwardYaw) + p.y * Math.sin(inwardYaw);
  const front = quantile(input.points.map(depthOf), 0.02);
  const bar = input.points.filter((p) => depthOf(p) < front + 0.025);
  const along = spanAlong(bar, barYaw);
  const top = quantile(heights(bar), 0.97);
  const bottom = quantile(heights(bar), 0.03);
  // Seen from above, the lower eighth of the circle is out of sight: visible height is r (1 + cos e), e = elevation.
  const { elevationRad } = viewing(input);
  const radius = Math.min(0.02, Math.max(0.003, (top - bottom + input.sampleM / 2) / (1 + Math.cos(elevationRad))));
  const center = front + radius;
  return {
    center: [
      along.middle * Math.cos(barYaw) + center * Math.cos(inwardYaw),
      along.middle * Math.sin(barYaw) + center * Math.sin(inwardYaw),
      top - radius,
    ],
    sizeM: [along.length + input.sampleM, 2 * radius, 2 * radius],
    yawRad: barYaw,
  };
}

/** The way of measuring that suits a kind; a kind that nobody knows is measured as a block. */
export function measureShape(kind: Kind | undefined, input: ShapeInput): Extent {
  switch (kind) {
    case "can":
    case "mug":
    case "bottle":
      return measureUprightRound(input, { minRadiusM: 0.02, maxRadiusM: 0.045 });
    case "apple":
      return measureBall(input);
    case "bag":
      return measureBag(input);
    case "banana":
      return measureBulging(input);
    case "lemon":
      return measureEgg(input);
    case "bowl":
      return measureBowl(input);
    case "sink":
      return measureSink(input);
    case "shelf":
    case "zone":
      return measureSurface(input);
    case "drawer":
      return measureDrawer(input);
    case "handle":
      return measureHandle(input);
    case "sponge":
    case "box":
    case "block":
    case undefined:
      return measureBlock(input);
  }
}
