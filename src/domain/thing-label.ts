import type { Attributes } from "./detection.js";

/** Kinds that people name without a colour. Their state changes too, so it is no part of the label either. */
const PLAIN_KINDS: readonly string[] = ["drawer", "handle", "sink", "shelf"];

/** The best reading of a thing in words, for example "green bag", "drawer". */
export function thingLabel(attributes: Pick<Attributes, "kind" | "color">): string {
  const kind = attributes.kind[0]?.[0] ?? "thing";
  const color = attributes.color[0]?.[0];
  return color === undefined || PLAIN_KINDS.includes(kind) ? kind : `${color} ${kind}`;
}
