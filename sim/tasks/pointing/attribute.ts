import { CATALOGUE, type MovableKind } from "../../scenes/catalogue.js";
import { clearlyFitting, describeThing, truthOf } from "./describe.js";
import type { PointingFamily } from "./family.js";
import { HELD_OUT_PAIRS } from "./held-out.js";
import { sayNoun, sayThing } from "./phrases.js";
import { isClear } from "./seen-things.js";

/** "the green mug", 大的红苹果, "the closed drawer". */
export const attribute: PointingFamily = {
  group: "attribute",
  layouts: ["kitchen", "tabletop"],
  options: () => ({}),
  write(showing) {
    const { things, random } = showing;
    // Places are few and easy: an eighth of the phrases.
    const places = random.chance(0.125);
    const nameable = things.filter(
      (thing) => isClear(thing) && ["drawer", "sink", "shelf", "zone"].includes(thing.kind) === places,
    );
    for (const thing of random.shuffle(nameable)) {
      const words = describeThing(showing, thing, things);
      if (words !== undefined) return { phrase: sayThing(showing, words), truth: truthOf(thing) };
    }
    return undefined;
  },
};

const MOVABLE = Object.keys(CATALOGUE) as MovableKind[];

/** The same for colours that a kind never had in training, among things that share its kind or its colour. */
export const unseenCombination: PointingFamily = {
  group: "unseen-combination",
  layouts: ["kitchen", "tabletop"],
  options(random) {
    const pair = random.pick(HELD_OUT_PAIRS);
    const colors = CATALOGUE[pair.kind].colors.filter((color) => color !== pair.color);
    const kinds = MOVABLE.filter(
      (kind) => kind !== pair.kind && kind !== "bowl" && CATALOGUE[kind].colors.includes(pair.color),
    );
    return {
      require: [pair, { kind: pair.kind, color: random.pick(colors) }, { kind: random.pick(kinds), color: pair.color }],
      count: 6,
    };
  },
  write(showing) {
    const { things, random } = showing;
    for (const pair of random.shuffle(HELD_OUT_PAIRS)) {
      const fitting = clearlyFitting(pair, things);
      const rivals = things.some(({ kind, color }) => kind === pair.kind && color !== pair.color);
      if (fitting?.length !== 1 || !rivals) continue;
      return { phrase: sayThing(showing, sayNoun(showing, pair)), truth: truthOf(fitting[0]) };
    }
    return undefined;
  },
};
