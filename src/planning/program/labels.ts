import type { Detection } from "../../domain/detection.js";
import type { Target } from "../../domain/action.js";
import type { Scene } from "../../domain/scene.js";
import { attributesOf, colorOf, kindOf } from "../reference/match-attributes.js";
import type { ReferringExpression } from "../reference/referring-expression.js";
import { tokenize } from "../lexicon/tokenize.js";
import type { Place } from "./program.js";
import { MOVABLE_KINDS } from "../../domain/vocabulary.js";

const RELATION_WORDS: Readonly<Record<Place["relation"], string>> = {
  in: "",
  on: "",
  "left-of": "left of the ",
  "right-of": "right of the ",
  "front-of": "in front of the ",
  behind: "behind the ",
  near: "next to the ",
  between: "between the ",
};

/** Canonical English name of what words ask for, as far as they say: "green bag", "left drawer", "counter". */
export function nameOf(e: ReferringExpression): string {
  if (e.surface !== undefined) return e.surface;
  const noun = e.kinds.length === 1 ? e.kinds[0] : e.kinds.length === 0 ? "thing" : e.kinds.join(" or ");
  const side = e.side ?? "";
  const words = [e.extreme ?? "", side, e.size ?? "", e.state ?? "", e.colors.join(" or "), noun];
  return words.filter((word) => word !== "").join(" ");
}

/** Name of a detection in the words that were used for it, completed by what was seen: stable over one mission. */
export function labelOf(e: ReferringExpression, detection: Detection): string {
  const kind = e.kinds.length === 1 ? e.kinds[0] : kindOf(detection);
  if (kind === undefined) return detection.label;
  const said = e.colors.length === 1 ? e.colors[0] : colorOf(detection);
  const colored = MOVABLE_KINDS.includes(kind) || kind === "zone" || e.colors.length > 0;
  const side = kind === "drawer" ? (e.side ?? "") : "";
  return [side, colored ? (said ?? "") : "", kind].filter((word) => word !== "").join(" ");
}

export const placeName = (place: Place): string =>
  RELATION_WORDS[place.relation] + place.anchors.map(nameOf).join(" and the ");

/** The target of an action: the detection's own visible point. */
export const targetOf = (detection: Detection, label: string): Target => ({
  label,
  detectionId: detection.id,
  x: Math.min(1, Math.max(0, detection.point.x)),
  y: Math.min(1, Math.max(0, detection.point.y)),
  z: Math.max(0, detection.point.z),
});

/** Could this label, emitted earlier, have stood for what the words ask? Used to read one's own steps in the history. */
export function labelFits(e: ReferringExpression, label: string): boolean {
  const tokens = tokenize(label).map(({ meaning }) => meaning);
  const noun = tokens.find((meaning) => meaning.type === "noun");
  if (e.surface !== undefined) return noun?.type === "noun" && noun.surface !== undefined;
  if (noun?.type === "noun" && noun.surface !== undefined) return false;
  const { kind, color } = attributesOf({ label });
  const kinds = e.kinds.length > 0 ? e.kinds : MOVABLE_KINDS;
  if (kind.length > 0 && !kind.some(([word]) => kinds.some((k) => k === word))) return false;
  if (e.colors.length > 0 && color.length > 0 && !color.some(([word]) => e.colors.some((c) => c === word)))
    return false;
  const side = tokens.find((meaning) => meaning.type === "side");
  return e.side === undefined || side?.type !== "side" || side.side === e.side;
}

/** What can be seen, for people: "red mug, green bag, drawer (2)". */
export function visibleThings(scene: Scene): readonly string[] {
  const counts = new Map<string, number>();
  for (const detection of scene.detections) {
    const kind = kindOf(detection);
    if (kind === "handle") continue;
    const color = kind !== undefined && ["drawer", "sink", "shelf"].includes(kind) ? undefined : colorOf(detection);
    const name = kind === undefined ? detection.label : [color, kind].filter((word) => word !== undefined).join(" ");
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => (count === 1 ? name : `${name} (${count})`));
}
