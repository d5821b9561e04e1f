import type { Extent } from "../domain/detection.js";
import type { Kind } from "../domain/vocabulary.js";
import { measureBlock } from "./measure-block.js";
import { measureBag, measureBulging, measureEgg } from "./measure-bulging.js";
import { measureDrawer, measureHandle, measureSink, measureSurface } from "./measure-place.js";
import { measureBall, measureBowl, measureUprightRound } from "./measure-round.js";
import type { ShapeInput } from "./shape-input.js";

/** A round thing is at most this many times as long as what shows of it; more means that it is not round. */
const MOST_BEYOND_VISIBLE = 1.4;
/** The same for what shows across, of a thing that nothing hides. */
const MOST_BEYOND_NARROW = 1.6;

/** Where a thing was named wrongly, the shape that goes with the name does not fit; what shows of it always does. */
export function measureShape(kind: Kind | undefined, input: ShapeInput): Extent {
  const extent = measureByKind(kind, input);
  if (kind !== "mug" && kind !== "can" && kind !== "bottle" && kind !== "bowl" && kind !== "apple") return extent;
  const visible = measureBlock(input);
  const isTooLong = extent.sizeM[0] > MOST_BEYOND_VISIBLE * visible.sizeM[0];
  const isTooWide = !input.lowerEdgeHidden && extent.sizeM[0] > MOST_BEYOND_NARROW * visible.sizeM[1];
  return isTooLong || isTooWide ? visible : extent;
}

/** The way of measuring that suits a kind; a kind that nobody knows is measured as a block. */
function measureByKind(kind: Kind | undefined, input: ShapeInput): Extent {
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
      return measureBlock(input, kind);
  }
}
