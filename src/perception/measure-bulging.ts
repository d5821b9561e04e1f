import type { Extent } from "../domain/detection.js";
import { convexHull, extendAway, minimumAreaRectangle, principalYaw, rectangleAlong, spanAlong } from "./footprint.js";
import { EDGE_PART, grown, standingBox, topOf, viewing, type ShapeInput } from "./shape-input.js";

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
/** A pouch is at most this many times as thick as what shows of it. */
const MOST_HIDDEN = 1.7;

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
  if (seam.length < 6 || line.lengthM < 0.025 || line.widthM > 0.4 * line.lengthM) return measureBulging(input);
  const whole = rectangleAlong(input.points, line.yawRad);
  const across = line.yawRad + Math.PI / 2;
  const bulge = spanAlong(input.points, across);
  const middle = line.x * Math.cos(across) + line.y * Math.sin(across);
  const halfM = Math.max(bulge.middle + bulge.length / 2 - middle, middle - bulge.middle + bulge.length / 2);
  // A stray sample at the top can pass for a seam beside the body.
  if (2 * halfM > MOST_HIDDEN * bulge.length) return measureBulging(input);
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
