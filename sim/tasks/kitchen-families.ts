import { CLOSED_BELOW_M, OPEN_ABOVE_M, type DrawerState } from "../../src/domain/vocabulary.js";
import type { MovableKind } from "../scenes/catalogue.js";
import type { DrawerSpec, ObjectSpec } from "../scenes/scene-spec.js";
import { drawThing, footprintM, say, takeable, type Family, type Phrasings } from "./family.js";
import { allOf, closed, held, inBowl, inDrawer, inRegion, nextTo, opened, outOfDrawer } from "./goals.js";
import { describe, describeSuperlative, nameDrawer, nameRegion, type Referring, type Superlative } from "./refer.js";

/** Things that go through a drawer's opening and lie in it without standing out too far. */
const DRAWER_KINDS: readonly MovableKind[] = ["bag", "apple", "lemon", "sponge", "block", "box"];
const SMALL_ROUND_KINDS: readonly MovableKind[] = ["apple", "lemon", "block"];

const isOneOf = (kinds: readonly MovableKind[], object: ObjectSpec): boolean =>
  (kinds as readonly string[]).includes(object.kind);

const stateOf = (drawer: DrawerSpec): DrawerState => {
  if (drawer.openM < CLOSED_BELOW_M) return "closed";
  return drawer.openM > OPEN_ABOVE_M ? "open" : "ajar";
};

/** "the drawer" may be said where only one is open and it is that one. */
function sayDrawer(referring: Referring, drawer: DrawerSpec): string {
  const name = nameDrawer(referring, drawer);
  const open = referring.scene.drawers.filter((other) => stateOf(other) !== "closed");
  const plain = referring.language === "en" ? "drawer" : "抽屉";
  return open.length === 1 && open[0] === drawer && stateOf(drawer) === "open" && referring.random.chance(0.5)
    ? plain
    : name;
}

const RETRIEVE: Phrasings = {
  en: [
    "take the {x} out of the {d}",
    "get the {x} out of the {d}",
    "take the {x} from the {d}",
    "please get the {x} from the {d}",
    "pick up the {x} in the {d}",
  ],
  zh: ["把{d}里的{x}拿出来", "从{d}里拿出{x}", "请把{x}从{d}里拿出来", "把{x}从{d}里取出来", "拿出{d}里的{x}"],
};
const OPEN_AND_RETRIEVE: Phrasings = {
  en: ["open the {d} and take out the {x}", "open the {d} and take the {x} out"],
  zh: ["打开{d},把里面的{x}拿出来", "打开{d}然后把{x}拿出来"],
};

const retrieve = (state: DrawerState): Family => ({
  group: `retrieve-${state}`,
  layout: "kitchen",
  options(random) {
    const drawer = random.pick(["drawer-left", "drawer-right"]);
    const other = drawer === "drawer-left" ? "drawer-right" : "drawer-left";
    const kinds: readonly MovableKind[] = random.chance(0.6) ? ["bag"] : ["sponge", "apple", "lemon"];
    return { require: [drawThing(random, kinds, drawer)], drawers: { [drawer]: state, [other]: "closed" } };
  },
  write(referring) {
    const { scene, random } = referring;
    const drawer = scene.drawers.find(
      (item) => stateOf(item) === state && scene.objects.some((object) => object.startsIn === item.id),
    );
    if (!drawer) return undefined;
    const thing = random.pick(scene.objects.filter((object) => object.startsIn === drawer.id));
    // What else is in that drawer decides which words are needed: the place is part of the expression.
    const x = describe(
      referring,
      thing,
      random.chance(0.5) ? scene.objects : scene.objects.filter((o) => o.startsIn === drawer.id),
    );
    if (!x) return undefined;
    const phrasings = state !== "open" && random.chance(0.35) ? OPEN_AND_RETRIEVE : RETRIEVE;
    const instruction = say(referring, phrasings, { x, d: sayDrawer(referring, drawer) });
    return { instruction, goal: allOf(outOfDrawer(scene, thing.id, drawer.id)) };
  },
});

const pickKitchen: Family = {
  group: "pick-up",
  layout: "kitchen",
  options: () => ({}),
  write(referring) {
    const thing = pickOne(referring, takeable(referring.scene));
    if (!thing) return undefined;
    return { instruction: say(referring, PICK, { x: thing.words }), goal: allOf(held(thing.spec.id)) };
  },
};
export const PICK: Phrasings = {
  en: ["pick up the {x}", "take the {x}", "get the {x}", "please pick up the {x}", "grab the {x}"],
  zh: ["拿起{x}", "把{x}拿起来", "请拿起{x}", "抓起{x}"],
};

/** A thing at random that can be named, with its name. */
export function pickOne(
  referring: Referring,
  candidates: readonly ObjectSpec[],
): { readonly spec: ObjectSpec; readonly words: string } | undefined {
  for (const spec of referring.random.shuffle(candidates)) {
    const words = describe(referring, spec);
    if (words) return { spec, words };
  }
  return undefined;
}

const TO_REGION: Readonly<Record<"sink" | "shelf", Phrasings>> = {
  sink: {
    en: [
      "put the {x} in the {y}",
      "place the {x} into the {y}",
      "move the {x} to the {y}",
      "please put the {x} into the {y}",
    ],
    zh: ["把{x}放进{y}", "把{x}放到{y}里", "请把{x}放进{y}里", "将{x}放入{y}"],
  },
  shelf: {
    en: [
      "put the {x} on the {y}",
      "place the {x} on the {y}",
      "move the {x} to the {y}",
      "please put the {x} onto the {y}",
    ],
    zh: ["把{x}放到{y}上", "把{x}放在{y}上", "请把{x}放到{y}上面", "将{x}移到{y}上"],
  },
};

const toRegion = (kind: "sink" | "shelf"): Family => ({
  group: `on-${kind}`.replace("on-sink", "in-sink"),
  layout: "kitchen",
  options: () => ({}),
  write(referring) {
    const { scene } = referring;
    const region = scene.regions.find((item) => item.kind === kind);
    const onCounter = takeable(scene).filter((object) => object.startsIn === "counter");
    const thing = pickOne(referring, onCounter);
    if (!region || !thing) return undefined;
    const instruction = say(referring, TO_REGION[kind], { x: thing.words, y: nameRegion(referring, region) });
    return { instruction, goal: allOf(inRegion(scene, thing.spec.id, region.id)) };
  },
});

export const IN_CONTAINER: Phrasings = {
  en: ["put the {x} in the {y}", "place the {x} in the {y}", "put the {x} into the {y}", "move the {x} into the {y}"],
  zh: ["把{x}放进{y}", "把{x}放到{y}里", "请把{x}放进{y}里", "将{x}放入{y}中"],
};

const inKitchenBowl: Family = {
  group: "in-bowl",
  layout: "kitchen",
  options: (random) => ({
    require: [drawThing(random, ["bowl"], "counter"), drawThing(random, SMALL_ROUND_KINDS, "counter")],
  }),
  write(referring) {
    const { scene } = referring;
    const bowl = pickOne(
      referring,
      scene.objects.filter((object) => object.kind === "bowl"),
    );
    const thing = pickOne(
      referring,
      takeable(scene).filter((object) => isOneOf(SMALL_ROUND_KINDS, object)),
    );
    if (!bowl || !thing || footprintM(thing.spec) > footprintM(bowl.spec) * 0.65) return undefined;
    const instruction = say(referring, IN_CONTAINER, { x: thing.words, y: bowl.words });
    return { instruction, goal: allOf(inBowl(thing.spec.id, bowl.spec.id)) };
  },
};

const OPEN: Phrasings = {
  en: ["open the {d}", "please open the {d}", "pull the {d} open"],
  zh: ["打开{d}", "请打开{d}", "把{d}打开", "拉开{d}"],
};
const CLOSE: Phrasings = {
  en: ["close the {d}", "please close the {d}", "push the {d} shut", "shut the {d}"],
  zh: ["关上{d}", "请关上{d}", "把{d}关上"],
};

const openDrawer: Family = {
  group: "open-drawer",
  layout: "kitchen",
  options(random) {
    const states: DrawerState[] = random.shuffle(["closed", random.pick(["closed", "ajar"])]);
    return { drawers: { "drawer-left": states[0], "drawer-right": states[1] } };
  },
  write(referring) {
    const drawer = referring.random.pick(referring.scene.drawers.filter((item) => stateOf(item) !== "open"));
    if (!drawer) return undefined;
    return { instruction: say(referring, OPEN, { d: nameDrawer(referring, drawer) }), goal: allOf(opened(drawer.id)) };
  },
};

const closeDrawer: Family = {
  group: "close-drawer",
  layout: "kitchen",
  options(random) {
    const states: DrawerState[] = random.shuffle(["closed", random.pick(["open", "open", "ajar"])]);
    return { drawers: { "drawer-left": states[0], "drawer-right": states[1] } };
  },
  write(referring) {
    const drawer = referring.scene.drawers.find((item) => stateOf(item) !== "closed");
    if (!drawer) return undefined;
    return { instruction: say(referring, CLOSE, { d: sayDrawer(referring, drawer) }), goal: allOf(closed(drawer.id)) };
  },
};

const intoDrawer: Family = {
  group: "in-drawer",
  layout: "kitchen",
  options(random) {
    const drawer = random.pick(["drawer-left", "drawer-right"]);
    const other = drawer === "drawer-left" ? "drawer-right" : "drawer-left";
    return {
      require: [drawThing(random, DRAWER_KINDS, "counter")],
      drawers: { [drawer]: "open", [other]: "closed" },
    };
  },
  write(referring) {
    const { scene } = referring;
    const drawer = scene.drawers.find((item) => stateOf(item) === "open");
    // A drawer with two things in it has no room that the hand can reach.
    if (!drawer || scene.objects.filter((object) => object.startsIn === drawer.id).length > 1) return undefined;
    const fitting = takeable(scene).filter((object) => isOneOf(DRAWER_KINDS, object) && footprintM(object) < 0.1);
    const thing = pickOne(referring, fitting);
    if (!thing) return undefined;
    const instruction = say(referring, IN_CONTAINER, { x: thing.words, y: sayDrawer(referring, drawer) });
    return { instruction, goal: allOf(inDrawer(scene, thing.spec.id, drawer.id)) };
  },
};

export const NEXT_TO: Phrasings = {
  en: ["put the {x} next to the {y}", "place the {x} beside the {y}", "move the {x} next to the {y}"],
  zh: ["把{x}放到{y}旁边", "把{x}放在{y}旁边", "请把{x}移到{y}旁边"],
};

const besideThing: Family = {
  group: "next-to",
  layout: "kitchen",
  options: () => ({}),
  write(referring) {
    const onCounter = referring.scene.objects.filter((object) => object.startsIn === "counter");
    const thing = pickOne(
      referring,
      takeable(referring.scene).filter((object) => onCounter.includes(object)),
    );
    const anchor = pickOne(
      referring,
      onCounter.filter((object) => object !== thing?.spec),
    );
    if (!thing || !anchor) return undefined;
    const instruction = say(referring, NEXT_TO, { x: thing.words, y: anchor.words });
    return { instruction, goal: allOf(nextTo(thing.spec.id, anchor.spec.id)) };
  },
};

const superlative: Family = {
  group: "superlative",
  layout: "kitchen",
  options(random) {
    const kind = random.pick(["mug", "can", "bottle", "box", "apple"] as const);
    return {
      require: [drawThing(random, [kind], "counter"), drawThing(random, [kind], "counter")],
      drawers: { "drawer-left": "closed", "drawer-right": "closed" },
    };
  },
  write(referring) {
    const { scene, random } = referring;
    for (const which of random.shuffle<Superlative>(["leftmost", "rightmost", "nearest"])) {
      for (const kind of random.shuffle([...new Set(takeable(scene).map((object) => object.kind))])) {
        const candidates = takeable(scene).filter((object) => object.kind === kind);
        // One of the kind hidden in a drawer would make the words wrong for somebody who knows of it.
        if (candidates.length !== scene.objects.filter((object) => object.kind === kind).length) continue;
        const found = describeSuperlative(referring, which, candidates);
        if (found) return { instruction: say(referring, PICK, { x: found.words }), goal: allOf(held(found.thing.id)) };
      }
    }
    return undefined;
  },
};

export const KITCHEN_FAMILIES: readonly Family[] = [
  retrieve("closed"),
  retrieve("open"),
  toRegion("sink"),
  pickKitchen,
  openDrawer,
  inKitchenBowl,
  retrieve("ajar"),
  toRegion("shelf"),
  superlative,
  intoDrawer,
  closeDrawer,
  besideThing,
];
