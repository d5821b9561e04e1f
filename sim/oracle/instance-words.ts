import type { Attributes } from "../../src/domain/detection.js";
import {
  CLOSED_BELOW_M,
  COLORS,
  KINDS,
  OPEN_ABOVE_M,
  type Color,
  type DrawerState,
  type Kind,
} from "../../src/domain/vocabulary.js";
import type { TruthSnapshot } from "../physics/truth.js";

export function drawerStateOf(openM: number): DrawerState {
  if (openM < CLOSED_BELOW_M) return "closed";
  return openM > OPEN_ABOVE_M ? "open" : "ajar";
}

const certain = <Word extends string>(word: Word | undefined): readonly (readonly [Word, number])[] =>
  word === undefined ? [] : [[word, 1]];

/**
 * Exact words for what a pixel belongs to, by its instance name. Undefined for what has no words: the background, the robot.
 * Region ids say kind and colour: `sink`, `shelf`, `zone-blue`.
 */
export function instanceWords(name: string, snapshot: TruthSnapshot): Attributes | undefined {
  const [type, ...rest] = name.split(":");
  const id = rest.join(":");
  switch (type) {
    case "object": {
      const object = snapshot.objects.find((candidate) => candidate.id === id);
      return object && { kind: certain(object.kind), color: certain(object.color) };
    }
    case "drawer": {
      const drawer = snapshot.drawers.find((candidate) => candidate.id === id);
      return drawer && { kind: certain<Kind>("drawer"), color: [], state: certain(drawerStateOf(drawer.openM)) };
    }
    case "handle":
      return { kind: certain<Kind>("handle"), color: [] };
    case "region": {
      const words = id.split("-");
      const kind = KINDS.find((candidate) => words.includes(candidate));
      const color = COLORS.find((candidate): candidate is Color => words.includes(candidate));
      return kind && { kind: certain(kind), color: certain(color) };
    }
  }
  return undefined;
}
