import type { KnownThing } from "../known-things.js";
import { isPlace, placeOf } from "../places.js";

/** Things that are together somewhere. */
export interface PlaceGroup {
  /** Undefined: the worktop. */
  readonly place?: KnownThing;
  /** From left to right. */
  readonly things: readonly KnownThing[];
}

const ORDER = [undefined, "zone", "bowl", "sink", "shelf", "drawer"];

/** Movable things by what they are in or on: the worktop first, drawers last. */
export function groupByPlace(all: readonly KnownThing[]): readonly PlaceGroup[] {
  const groups = new Map<KnownThing | undefined, KnownThing[]>();
  for (const thing of all) {
    if (isPlace(thing)) continue;
    const place = placeOf(thing, all);
    groups.set(place, [...(groups.get(place) ?? []), thing]);
  }
  return [...groups]
    .map(([place, things]): PlaceGroup => (place === undefined ? { things } : { place, things }))
    .sort((a, b) => ORDER.indexOf(a.place?.kind) - ORDER.indexOf(b.place?.kind));
}
