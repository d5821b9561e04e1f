import type { Extent } from "../domain/detection.js";
import type { Kind } from "../domain/vocabulary.js";
import { extendAway, minimumAreaRectangle, type Rectangle } from "./footprint.js";
import { EDGE_PART, grown, standingBox, topOf, viewing, type ShapeInput } from "./shape-input.js";

/** What the sides of flat-sided things usually measure, metres, and the narrow side as a part of the long one. */
const USUAL_SIDES = {
  sponge: { narrowBelowM: 0.062, narrowPart: 0.58 },
  box: { narrowBelowM: 0.063, narrowPart: 0.69 },
} as const;

/** Things with upright sides (box, block, sponge): the top and the near sides show the whole footprint. */
export function measureBlock(input: ShapeInput, kind?: Kind): Extent {
  const visible = grown(minimumAreaRectangle(input.points), EDGE_PART * input.sampleM);
  const rectangle =
    input.lowerEdgeHidden && (kind === "sponge" || kind === "box")
      ? completeNearSide(visible, viewing(input).yawRad, USUAL_SIDES[kind])
      : visible;
  return standingBox(rectangle, input.supportM, topOf(input.points));
}

/**
 * In a drawer the front hides the near end of what lies low. The side across the view is seen in full and says by the usual
 * proportions how long the other one should be; what is missing is added towards the camera.
 */
function completeNearSide(
  visible: Rectangle,
  viewYawRad: number,
  usual: { readonly narrowBelowM: number; readonly narrowPart: number },
): Rectangle {
  const lengthAcross = Math.abs(Math.cos(visible.yawRad - viewYawRad)) < Math.SQRT1_2;
  const [across, along] = lengthAcross ? [visible.lengthM, visible.widthM] : [visible.widthM, visible.lengthM];
  const expected = across < usual.narrowBelowM ? across / usual.narrowPart : across * usual.narrowPart;
  const missing = expected - along;
  if (missing <= 0) return visible;
  const axis = visible.yawRad + (lengthAcross ? Math.PI / 2 : 0);
  const towards = Math.cos(axis - viewYawRad) > 0 ? axis + Math.PI : axis;
  return extendAway(visible, { x: missing * Math.cos(towards), y: missing * Math.sin(towards) });
}
