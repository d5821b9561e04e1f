import type { Scene } from "../../domain/scene.js";
import type { PictureSize } from "../../ports/model-client.js";
import { cleanText } from "./clean-text.js";
import { fromModelBox, fromModelPoint, type CoordinateConvention, type Fraction } from "./coordinate-convention.js";
import { isObject, TARGET_KEYS, type Problem } from "./read-steps.js";
import type { Loose } from "./tolerant-json.js";

/** A target as the model meant it, before it is held against the scene. */
export interface NamedTarget {
  readonly label: string;
  readonly detectionId?: string;
  readonly point?: Fraction;
  readonly placement?: Loose;
}

export interface Wording {
  readonly scene: Scene;
  readonly convention: CoordinateConvention;
  /** The picture as it was sent, which pixels count. */
  readonly sent: PictureSize;
}

const MOST_LABEL = 120;

/** Reads the many ways of writing a target. `z` is passed over: metres along the optical axis are measured, never told. */
export function readTarget(value: Loose | undefined, path: string, wording: Wording): NamedTarget | Problem {
  if (typeof value === "string") return byName(value, path, wording.scene);
  if (!isObject(value)) return { path, message: "expected an object with label, detectionId and point" };
  const fields: Record<string, Loose> = Object.create(null) as Record<string, Loose>;
  for (const [key, entry] of Object.entries(value)) {
    const field = Object.hasOwn(TARGET_KEYS, key) ? TARGET_KEYS[key] : undefined;
    if (field === undefined || Object.hasOwn(fields, field)) {
      return {
        path,
        message: `unknown or repeated key "${cleanText(key, 40)}"; known here: label, detectionId, point`,
      };
    }
    if (entry !== null) fields[field] = entry;
  }
  const { detectionId, label, placement } = fields;
  if (detectionId !== undefined && typeof detectionId !== "string") {
    return { path: `${path}.detectionId`, message: "expected one of the ids as text, or null" };
  }
  if (label !== undefined && typeof label !== "string") return { path: `${path}.label`, message: "expected text" };
  const point = readPoint(fields, `${path}.point`, wording);
  if (point !== undefined && "message" in point) return point;
  return {
    label: cleanText(label ?? "", MOST_LABEL),
    ...(detectionId === undefined || detectionId === "" ? {} : { detectionId }),
    ...(point === undefined ? {} : { point }),
    ...(placement === undefined ? {} : { placement }),
  };
}

/** "d3", or words that are the label of exactly one thing. */
function byName(name: string, path: string, { detections }: Scene): NamedTarget | Problem {
  const words = cleanText(name, MOST_LABEL);
  const byId = detections.find(({ id }) => id === words);
  if (byId !== undefined) return { label: cleanText(byId.label, MOST_LABEL), detectionId: byId.id };
  const byLabel = detections.filter(({ label }) => label.toLowerCase() === words.toLowerCase());
  if (byLabel.length === 1) return { label: words, detectionId: byLabel[0].id };
  return { path, message: `"${words}" is no id of the scene and names ${byLabel.length} things; give an id` };
}

function readPoint(
  fields: Readonly<Record<string, Loose>>,
  path: string,
  { convention, sent }: Wording,
): Fraction | Problem | undefined {
  const given = ["point", "box", "x", "y"].filter((key) => Object.hasOwn(fields, key));
  if (given.length === 0) return undefined;
  if (convention.span === "none") return { path, message: "points are not read here; give a detectionId" };
  const numbers = given.includes("x")
    ? given.length === 2 && given[1] === "y"
      ? byAxis(fields, convention)
      : undefined
    : given.length === 1
      ? pointNumbers(fields[given[0]], convention)
      : undefined;
  if (numbers === undefined) return { path, message: "expected two finite numbers in one key, point" };
  const point = fromNumbers(numbers, convention, sent);
  return point ?? { path, message: `[${numbers.join(", ")}] is outside the picture or no point or box` };
}

function fromNumbers(numbers: readonly number[], convention: CoordinateConvention, sent: PictureSize) {
  const [a, b, c, d] = numbers;
  if (numbers.length === 2) return fromModelPoint(convention, sent, [a, b]);
  return numbers.length === 4 ? fromModelBox(convention, sent, [a, b, c, d]) : undefined;
}

/** Named axes need no order; put into the convention's, so that one road leads on. */
function byAxis({ x, y }: Readonly<Record<string, Loose>>, convention: CoordinateConvention): number[] | undefined {
  if (typeof x !== "number" || typeof y !== "number") return undefined;
  return convention.order === "xy" ? [x, y] : [y, x];
}

/** Two or four finite numbers, however a model wraps them; undefined for anything else. */
export function pointNumbers(value: Loose, convention: CoordinateConvention): readonly number[] | undefined {
  if (typeof value === "string") return numbersIn(value.slice(0, 200), convention);
  if (isObject(value)) {
    const keys = Object.keys(value);
    return keys.length === 2 && keys.includes("x") && keys.includes("y") ? byAxis(value, convention) : undefined;
  }
  // [[a, b]]: a list of one point.
  if (Array.isArray(value) && value.length === 1)
    return Array.isArray(value[0]) ? pointNumbers(value[0], convention) : undefined;
  if (!Array.isArray(value) || value.length > 4) return undefined;
  const numbers = value.filter((entry) => typeof entry === "number");
  return numbers.length === value.length ? numbers : undefined;
}

const NUMBER = /-?\d{1,6}(?:\.\d{1,9})?/gu;
const LOC = /<loc_?(\d{1,4})>/gu;
const XML = /[xy]\d?="(-?\d{1,6}(?:\.\d{1,9})?)"/gu;

/** Numbers in the family's own notation; plain "a, b" is read as well. */
function numbersIn(text: string, { notation }: CoordinateConvention): readonly number[] {
  const own = notation === "loc" ? LOC : notation === "xml" ? XML : undefined;
  const found = own === undefined ? [] : [...text.matchAll(own)].map((match) => Number(match[1]));
  if (found.length > 0) return found;
  return /[a-z<>]/iu.test(text) ? [] : [...text.matchAll(NUMBER)].map((match) => Number(match[0]));
}
