import type { KnownThing } from "./known-things.js";
import { nounOf, stateWord, type Language } from "./language.js";
import { plainName } from "./name-things.js";
import { holdsRelation } from "../planning/reference/spatial-relation.js";

/** Kinds that other things are in or on. */
const HOLDING = ["drawer", "sink", "shelf", "bowl", "zone"];

export const isPlace = ({ kind }: KnownThing): boolean => ["drawer", "sink", "shelf"].includes(kind);

/** What a thing lies in or on; undefined for the worktop itself. */
export function placeOf(thing: KnownThing, all: readonly KnownThing[]): KnownThing | undefined {
  if (isPlace(thing)) return undefined;
  const holding = all.filter(
    (other) =>
      other !== thing &&
      HOLDING.includes(other.kind) &&
      // A bowl on a zone is on it; two bowls beside each other are not in each other.
      !(other.kind === "bowl" && thing.kind === "bowl") &&
      !(thing.kind === "zone") &&
      holdsRelation("from", thing.detection, [other.detection]),
  );
  // The innermost: a lemon in a bowl in the sink is in the bowl.
  return [...holding].sort((a, b) => footprint(a) - footprint(b))[0];
}

const footprint = ({ detection }: KnownThing): number => {
  const { sizeM } = detection.extentInBase;
  return sizeM[0] * sizeM[1];
};

/** "left drawer", "open drawer", "drawer": as much as tells it from the others in view. */
export function placeName(place: KnownThing, all: readonly KnownThing[], language: Language): string {
  if (place.kind !== "drawer") return plainName(place, language);
  const drawers = all.filter(({ kind }) => kind === "drawer");
  const side = drawers.length === 2 ? (drawers.indexOf(place) === 0 ? "left" : "right") : undefined;
  const noun = nounOf("drawer", language);
  if (side === undefined) return noun;
  return language === "en" ? `${side} ${noun}` : `${side === "left" ? "左边" : "右边"}的${noun}`;
}

/** "in the open left drawer", 打开的左边的抽屉里. */
export function inPlace(place: KnownThing, all: readonly KnownThing[], language: Language): string {
  const name = placeName(place, all, language);
  const isOn = place.kind === "shelf" || place.kind === "zone";
  const state = place.state === undefined || place.state === "closed" ? "" : stateWord(place.state, language);
  if (language === "zh") return `${state}${name}${isOn ? "上" : "里"}`;
  return `${isOn ? "on" : "in"} the ${state === "" ? "" : `${state} `}${name}`;
}

/** The ground of this world: counters have sinks, shelves or drawers; of others nobody knows. */
export const hasCounter = (all: readonly KnownThing[]): boolean => all.some(isPlace);
