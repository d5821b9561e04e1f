import { z } from "zod";
import type { Box } from "../../domain/detection.js";
import type { PictureSize } from "../../ports/model-client.js";
import { pictureRuleSchema } from "./picture-size.js";

/**
 * How one family of models writes places in a picture. Data, never guessed: 640 is legal as a pixel and as a thousandth, so a
 * number does not tell what it counts.
 */
export const conventionSchema = z.strictObject({
  name: z.string().min(1).max(60).describe("For people and for naming it in a launch file."),
  order: z.enum(["xy", "yx"]).describe("Which number comes first; boxes are two corners in the same order."),
  span: z
    .union([z.number().positive(), z.literal("pixels"), z.literal("none")])
    .describe(
      'What the far edge is called: 1000, 100, 1 ...; "pixels" of the picture as sent; "none" for models that cannot point and choose things by id only.',
    ),
  largest: z
    .number()
    .positive()
    .optional()
    .describe("Largest number it writes, where that is not the span: 1023 of 1024."),
  offset: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe("0.5 where numbers count cells and the middle of the cell is meant."),
  decimals: z.int().min(0).max(4).default(0).describe("Digits behind the point."),
  notation: z
    .enum(["json", "tuple", "loc", "xml"])
    .default("json")
    .describe('[a, b]; "(a, b)"; "<loc0512><loc0256>"; "<point x="51.2" y="25.6">".'),
  padded: z.boolean().default(false).describe("Counts over the picture padded to a square, as LLaVA 1.5 does."),
  picture: pictureRuleSchema.prefault({}).describe("What the model does to pictures before it looks."),
});
export type CoordinateConvention = z.infer<typeof conventionSchema>;

/** 0 to 1 over the picture, x right, y down. */
export interface Fraction {
  readonly x: number;
  readonly y: number;
}

/** Models overshoot an edge by a little; more than this share of the picture beyond it is a mistake. */
const OVERSHOOT = 0.02;

interface Axis {
  readonly span: number;
  readonly largest: number;
  /** Padding before the picture and the padded side, as shares of the picture's side. */
  readonly before: number;
  readonly side: number;
}

function axisOf(convention: CoordinateConvention, size: PictureSize, axis: "x" | "y"): Axis {
  const own = axis === "x" ? size.width : size.height;
  const span = convention.span === "pixels" ? own : convention.span === "none" ? 1 : convention.span;
  const square = convention.padded ? Math.max(size.width, size.height) / own : 1;
  return { span, largest: convention.largest ?? span, before: (square - 1) / 2, side: square };
}

function written(convention: CoordinateConvention, axis: Axis, fraction: number): number {
  const value = ((fraction + axis.before) / axis.side) * axis.span - convention.offset;
  const scale = 10 ** convention.decimals;
  return Math.min(axis.largest, Math.max(0, Math.round(value * scale) / scale));
}

function read(convention: CoordinateConvention, axis: Axis, value: number): number | undefined {
  const fraction = ((value + convention.offset) / axis.span) * axis.side - axis.before;
  if (!(fraction >= -OVERSHOOT && fraction <= 1 + OVERSHOOT)) return undefined;
  return Math.min(1, Math.max(0, fraction));
}

/** A point as this family of models writes it, in its order. */
export function toModelPoint(convention: CoordinateConvention, size: PictureSize, point: Fraction): [number, number] {
  const x = written(convention, axisOf(convention, size, "x"), point.x);
  const y = written(convention, axisOf(convention, size, "y"), point.y);
  return convention.order === "xy" ? [x, y] : [y, x];
}

/** Two numbers in the model's order as a point; undefined when they lie outside the picture. */
export function fromModelPoint(
  convention: CoordinateConvention,
  size: PictureSize,
  [first, second]: readonly [number, number],
): Fraction | undefined {
  if (convention.span === "none") return undefined;
  const [valueX, valueY] = convention.order === "xy" ? [first, second] : [second, first];
  const x = read(convention, axisOf(convention, size, "x"), valueX);
  const y = read(convention, axisOf(convention, size, "y"), valueY);
  return x === undefined || y === undefined ? undefined : { x, y };
}

/** A box as four numbers: first corner, last corner, each in the model's order. */
export function toModelBox(convention: CoordinateConvention, size: PictureSize, box: Box): readonly number[] {
  return [
    ...toModelPoint(convention, size, { x: box.x0, y: box.y0 }),
    ...toModelPoint(convention, size, { x: box.x1, y: box.y1 }),
  ];
}

/** The middle of a box of four numbers; undefined when a corner is outside or the box is inside out. */
export function fromModelBox(
  convention: CoordinateConvention,
  size: PictureSize,
  [a, b, c, d]: readonly [number, number, number, number],
): Fraction | undefined {
  const first = fromModelPoint(convention, size, [a, b]);
  const last = fromModelPoint(convention, size, [c, d]);
  if (first === undefined || last === undefined || last.x <= first.x || last.y <= first.y) return undefined;
  return { x: (first.x + last.x) / 2, y: (first.y + last.y) / 2 };
}

const padded = (value: number): string => String(value).padStart(4, "0");

/** Numbers in the model's own notation, as they stand in a prompt and in a scripted answer. */
export function notate(convention: CoordinateConvention, numbers: readonly number[]): unknown {
  switch (convention.notation) {
    case "json":
      return numbers;
    case "tuple":
      return `(${numbers.join(", ")})`;
    case "loc":
      return numbers.map((value) => `<loc${padded(value)}>`).join("");
    case "xml":
      return numbers.length === 2
        ? `<point x="${numbers[0]}" y="${numbers[1]}">`
        : `<points x1="${numbers[0]}" y1="${numbers[1]}" x2="${numbers[2]}" y2="${numbers[3]}">`;
  }
}

/** One sentence for the prompt: what the numbers count. */
export function describeConvention(convention: CoordinateConvention, size: PictureSize): string {
  const order = convention.order === "xy" ? "x (right) first, then y (down)" : "y (down) first, then x (right)";
  const { span } = convention;
  if (span === "none") return "Name things by detectionId only; point stays null.";
  const scale =
    span === "pixels"
      ? `pixels of this ${size.width} x ${size.height} picture`
      : `0 to ${convention.largest ?? span} over the picture`;
  const example = JSON.stringify(notate(convention, toModelPoint(convention, size, { x: 0.25, y: 0.75 })));
  return `Points are two numbers, ${order}, in ${scale}; a point a quarter from the left and three quarters down is ${example}.`;
}
