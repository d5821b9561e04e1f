import { CATALOGUE } from "../../scenes/catalogue.js";
import { clearlyFitting, describeThing, truthOf } from "./describe.js";
import type { PointingFamily, Showing } from "./family.js";
import { sayNoun, sayRelation, sayWorktop, type NounWords } from "./phrases.js";
import type { PointingTask } from "./pointing-task.js";
import { groundDistance, holds, type SpatialRelation } from "./relations.js";
import { isClear, type SeenThing } from "./seen-things.js";

const RELATIONS: readonly SpatialRelation[] = [
  "left-of",
  "right-of",
  "front-of",
  "behind",
  "in",
  "on",
  "next-to",
  "between",
  "nearest-to",
];
/** Distances to the anchor must differ by this for "closest to". */
const DISTANCE_MARGIN_M = 0.06;
/** Kinds of which several fit into one picture. */
const SEVERAL = ["bag", "mug", "can", "apple", "box", "block", "lemon", "sponge"] as const;
const PLACES = ["drawer", "sink", "shelf"];

/** Words for sets of at least two things in the picture, so that the relation has something to tell apart. */
function sharedWords({ things, random }: Showing): readonly NounWords[] {
  const clear = things.filter((thing) => isClear(thing) && !PLACES.includes(thing.kind) && thing.kind !== "zone");
  const kinds = [...new Set(clear.map(({ kind }) => kind))].map((kind): NounWords => ({ kind }));
  const pairs = clear.map(({ kind, color }): NounWords => ({ kind, color }));
  return random.shuffle([...kinds, ...pairs]).filter((words) => (clearlyFitting(words, things)?.length ?? 0) >= 2);
}

/** The one of several that plainly stands in the relation, while the others plainly do not. */
function singleOut(
  relation: SpatialRelation,
  several: readonly SeenThing[],
  anchors: readonly SeenThing[],
): SeenThing | undefined {
  if (several.some((thing) => anchors.includes(thing))) return undefined;
  if (relation === "nearest-to") {
    const distance = (thing: SeenThing): number => groundDistance(thing.center, anchors[0].center);
    const [first, second] = [...several].sort((a, b) => distance(a) - distance(b));
    return distance(second) - distance(first) > DISTANCE_MARGIN_M ? first : undefined;
  }
  const verdicts = several.map((thing) => holds(relation, thing, anchors));
  const isClearCut = verdicts.filter((v) => v === "yes").length === 1 && !verdicts.includes("doubtful");
  return isClearCut ? several[verdicts.indexOf("yes")] : undefined;
}

const fitsRelation = (relation: SpatialRelation, { kind }: SeenThing): boolean => {
  if (relation === "in") return kind === "drawer" || kind === "sink";
  if (relation === "on") return kind === "shelf";
  if (relation === "nearest-to") return kind !== "drawer" && kind !== "shelf";
  return !PLACES.includes(kind);
};

function anchorSets(relation: SpatialRelation, { things, random }: Showing): readonly (readonly SeenThing[])[] {
  const single = random.shuffle(things.filter((thing) => isClear(thing) && fitsRelation(relation, thing)));
  if (relation !== "between") return single.map((thing) => [thing]);
  return single.flatMap((a, i) => single.slice(i + 1).map((b) => [a, b]));
}

function write(showing: Showing, relation: SpatialRelation): PointingTask | undefined {
  const { things } = showing;
  for (const shared of sharedWords(showing)) {
    const several = clearlyFitting(shared, things) ?? [];
    for (const anchors of anchorSets(relation, showing)) {
      const thing = singleOut(relation, several, anchors);
      if (thing === undefined) continue;
      const [y, z] = anchors.map((anchor) => describeThing(showing, anchor, things));
      if (y === undefined || (relation === "between" && z === undefined)) continue;
      return { phrase: sayRelation(showing, relation, { x: sayNoun(showing, shared), y, z }), truth: truthOf(thing) };
    }
    if (relation === "on") {
      const standing = several.filter(({ startsIn }) => startsIn === "counter");
      if (standing.length !== 1) continue;
      const slots = { x: sayNoun(showing, shared), y: sayWorktop(showing, showing.scene.layout) };
      return { phrase: sayRelation(showing, relation, slots), truth: truthOf(standing[0]) };
    }
  }
  return undefined;
}

/** "the mug behind the red can", 抽屉里的袋子: the noun alone fits several things. */
export const relation: PointingFamily = {
  group: "relation",
  layouts: ["kitchen", "tabletop"],
  options(random, layout) {
    const kind = layout === "tabletop" ? random.pick(["block", "block", "box", "mug"] as const) : random.pick(SEVERAL);
    const { colors } = CATALOGUE[kind];
    const color = random.pick(colors);
    return {
      require: [
        { kind, color },
        { kind, color: random.chance(0.5) ? color : random.pick(colors) },
      ],
    };
  },
  write(showing) {
    // In turn: else relations that are easily met would crowd out the others.
    return write(showing, RELATIONS[showing.turn % RELATIONS.length]);
  },
};
