import type { Detection } from "../../domain/detection.js";
import type { Scene } from "../../domain/scene.js";
import { MOVABLE_KINDS } from "../../domain/vocabulary.js";
import { colorOf, kindOf, stateOf } from "./match-attributes.js";
import { TIE_M } from "./narrow.js";
import { holdsRelation } from "./spatial-relation.js";
import { isOnSurface } from "./resolve.js";

const ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth"];

function plainName(detection: Detection): string {
  const kind = kindOf(detection);
  if (kind === undefined) return detection.label;
  const color = MOVABLE_KINDS.includes(kind) || kind === "zone" ? colorOf(detection) : undefined;
  return color === undefined ? kind : `${color} ${kind}`;
}

function whereabouts(detection: Detection, scene: Scene): string {
  const place = scene.detections.find(
    (d) =>
      d.id !== detection.id &&
      ["drawer", "sink", "shelf", "bowl", "zone"].includes(kindOf(d) ?? "") &&
      holdsRelation("from", detection, [d]),
  );
  if (place !== undefined) {
    const kind = kindOf(place) ?? "";
    const name = kind === "bowl" || kind === "zone" ? plainName(place) : kind;
    return kind === "shelf" ? ` on the ${name}` : ` in the ${name}`;
  }
  return isOnSurface(detection, scene) ? " on the counter" : "";
}

/** "on the left", "the second ... from the left" among things whose names are alike. */
function byOrder(detection: Detection, group: readonly Detection[], name: string): string {
  const y = (d: Detection): number => d.extentInBase.center[1];
  const sorted = [...group].sort((a, b) => y(b) - y(a));
  const index = sorted.indexOf(detection);
  const level = sorted.some((d, i) => i > 0 && y(sorted[i - 1]) - y(d) <= TIE_M);
  if (level && group.length === 2) {
    const other = group[0] === detection ? group[1] : group[0];
    return detection.extentInBase.center[0] < other.extentInBase.center[0]
      ? `the nearest ${name}`
      : `the farthest ${name}`;
  }
  if (group.length === 2) return `the ${name} on the ${index === 0 ? "left" : "right"}`;
  return `the ${ORDINALS[index] ?? "last"} ${name} from the left`;
}

/**
 * Short descriptions that tell the candidates apart, by colour, then whereabouts, then order from the left; in the words that
 * the parser reads, so that a person may answer with one of them. Same order as the candidates.
 */
export function describeChoices(detections: readonly Detection[], scene: Scene): readonly string[] {
  return detections.map((detection) => {
    const name = plainName(detection);
    const alike = detections.filter((d) => plainName(d) === name);
    if (alike.length === 1) return `the ${name}`;

    const state = stateOf(detection);
    if (state !== undefined && alike.every((d) => d === detection || stateOf(d) !== state))
      return `the ${state} ${name}`;

    const where = whereabouts(detection, scene);
    const together = alike.filter((d) => whereabouts(d, scene) === where);
    if (where !== "" && together.length === 1) return `the ${name}${where}`;
    return byOrder(detection, alike, name);
  });
}
