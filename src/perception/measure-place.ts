import type { Extent } from "../domain/detection.js";
import { minimumAreaRectangle, rectangleAlong, spanAlong, type PlanarPoint, type Rectangle } from "./footprint.js";
import { EDGE_PART, grown, heights, standingBox, topOf, viewing, type ShapeInput } from "./shape-input.js";
import { horizontalLevels } from "./support-height.js";
import { quantile, type SurfacePoint } from "./surface-points.js";

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
