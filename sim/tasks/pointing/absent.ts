import { COLORS, type Color } from "../../../src/domain/vocabulary.js";
import { CATALOGUE, type MovableKind } from "../../scenes/catalogue.js";
import { describeThing, fitsWords } from "./describe.js";
import type { PointingFamily, Showing } from "./family.js";
import { sayNoun, sayRelation, sayThing, type NounWords } from "./phrases.js";
import { isClear, type SeenThing } from "./seen-things.js";

const KINDS = Object.keys(CATALOGUE) as MovableKind[];
const isKind = (kind: string): kind is MovableKind => Object.hasOwn(CATALOGUE, kind);

/** The thing with another colour, or another kind in its colour: what nothing in the scene is, seen or hidden. */
function nearMiss({ things, random }: Showing, { kind, color }: SeenThing): NounWords | undefined {
  if (color === undefined || !isKind(kind)) return undefined;
  const colors = CATALOGUE[kind].colors.filter((other) => other !== color);
  const kinds = KINDS.filter((other) => other !== kind && CATALOGUE[other].colors.includes(color));
  const recolored = random.shuffle(colors).map((other: Color): NounWords => ({ kind, color: other }));
  const renamed = random.shuffle(kinds).map((other): NounWords => ({ kind: other, color }));
  const wordings = random.chance(0.5) ? recolored : renamed;
  return wordings.find((words) => !things.some((thing) => fitsWords(words, thing)));
}

/** Something that is there, said to be where it is not: in the sink, on the shelf. */
function misplaced(showing: Showing, thing: SeenThing): string | undefined {
  const { things, random } = showing;
  const { kind, color } = thing;
  if (color === undefined || !isKind(kind)) return undefined;
  const place = random.shuffle(things).find((other) => {
    const isPlace = other.kind === "shelf" || other.kind === "sink" || other.state === "open";
    const isEmptyOfIt = !things.some((o) => fitsWords({ kind, color }, o) && o.startsIn === other.id);
    return isPlace && isClear(other) && isEmptyOfIt;
  });
  const y = place && describeThing(showing, place, things);
  if (place === undefined || y === undefined) return undefined;
  const x = sayNoun(showing, { kind, color });
  return sayRelation(showing, place.kind === "shelf" ? "on" : "in", { x, y });
}

/** Phrases that fit nothing, one word away from something that is there. */
export const absent: PointingFamily = {
  group: "absent",
  layouts: ["kitchen", "tabletop"],
  options: (random) => ({
    require: [{ kind: random.pick(["mug", "can", "box", "block"] as const), color: random.pick(COLORS) }],
  }),
  write(showing) {
    const { things, random, scene } = showing;
    const elsewhere = scene.layout === "kitchen" && random.chance(0.3);
    for (const thing of random.shuffle(things.filter(isClear))) {
      const moved = elsewhere ? misplaced(showing, thing) : undefined;
      if (moved !== undefined) return { phrase: moved, truth: { type: "absent" } };
      const words = elsewhere ? undefined : nearMiss(showing, thing);
      if (words) return { phrase: sayThing(showing, sayNoun(showing, words)), truth: { type: "absent" } };
    }
    return undefined;
  },
};
