import type { Extent } from "../domain/detection.js";
import { fitCircle, fitSphere, type Circle } from "./fit-circle.js";
import { convexHull, minimumAreaRectangle, spanAlong, type PlanarPoint } from "./footprint.js";
import { measureBulging } from "./measure-bulging.js";
import { heights, standingBox, topOf, viewing, type ShapeInput } from "./shape-input.js";
import { quantile } from "./surface-points.js";

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
