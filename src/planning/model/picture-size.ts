import { z } from "zod";
import type { PictureSize } from "../../ports/model-client.js";

const pixels = z.int().positive();

/** What a model does to a picture before it looks: sides become multiples of `multiple`, the area comes between the two limits. */
export const pictureRuleSchema = z.strictObject({
  multiple: pixels.default(1).describe("Sides are rounded to multiples of this many pixels."),
  minPixels: pixels.default(1).describe("A smaller picture is scaled up to at least this area."),
  maxPixels: pixels.default(1_003_520).describe("A larger picture is scaled down to at most this area."),
  maxSide: pixels.default(4096).describe("No side is longer than this."),
});
export type PictureRule = z.infer<typeof pictureRuleSchema>;

const nearest = (side: number, { multiple }: PictureRule): number =>
  Math.max(multiple, Math.round(side / multiple) * multiple);

/**
 * The size that a model following `rule` makes of a picture ("smart resize" of the Qwen family; a rule with `multiple` 1 only
 * limits). The model keeps a picture of the returned size exactly when `resizedBy(size, rule)` is that size again.
 */
export function resizedBy({ width, height }: PictureSize, rule: PictureRule): PictureSize {
  const { multiple, minPixels, maxPixels, maxSide } = rule;
  const down = Math.max(1, width / maxSide, height / maxSide);
  const size = { width: nearest(width / down, rule), height: nearest(height / down, rule) };
  const area = size.width * size.height;
  if (area > maxPixels) {
    const scale = Math.sqrt(maxPixels / (width * height));
    const floor = (side: number): number => Math.max(multiple, Math.floor((side * scale) / multiple) * multiple);
    return { width: floor(width), height: floor(height) };
  }
  if (area < minPixels) {
    const scale = Math.sqrt(minPixels / (width * height));
    const ceil = (side: number): number => Math.ceil((side * scale) / multiple) * multiple;
    return { width: ceil(width), height: ceil(height) };
  }
  return size;
}

/** The size to send, so that the model keeps it: what was sent is then what its pixels count. */
export function sizeToSend(picture: PictureSize, rule: PictureRule): PictureSize {
  let size = resizedBy(picture, rule);
  // Rounding can push a size that was just scaled over a limit again; it settles within a few rounds.
  for (let round = 0; round < 8; round++) {
    const again = resizedBy(size, rule);
    if (again.width === size.width && again.height === size.height) return size;
    size = again;
  }
  return size;
}
