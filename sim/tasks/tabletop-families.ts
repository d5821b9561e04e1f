import { COLORS, type Color } from "../../src/domain/vocabulary.js";
import type { ObjectSpec, RegionSpec } from "../scenes/scene-spec.js";
import { drawThing, footprintM, say, takeable, type Family, type Phrasings } from "./family.js";
import { allOf, held, inBowl, inRegion, nextTo, onSideOf, type Condition } from "./goals.js";
import { IN_CONTAINER, NEXT_TO, PICK, pickOne } from "./kitchen-families.js";
import { nameRegion, pickNoun, type Referring } from "./refer.js";
import { COLOR_WORDS } from "./words.js";

const blocks = ({ scene }: Referring): ObjectSpec[] => takeable(scene).filter((object) => object.kind === "block");
const bowls = ({ scene }: Referring): ObjectSpec[] => scene.objects.filter((object) => object.kind === "bowl");
const zones = ({ scene }: Referring): RegionSpec[] => scene.regions.filter((region) => region.kind === "zone");
/** A zone of a colour that no other zone has, so that its colour names it. */
const pickZone = (referring: Referring): RegionSpec | undefined =>
  referring.random
    .shuffle(zones(referring))
    .find((zone) => zones(referring).every((other) => other === zone || other.color !== zone.color));
const onTopOf = (region: RegionSpec, object: ObjectSpec): boolean =>
  Math.hypot(region.center[0] - object.pose.position[0], region.center[1] - object.pose.position[1]) < 0.12;

const ON_ZONE: Phrasings = {
  en: [
    "put the {x} on the {y}",
    "place the {x} on the {y}",
    "move the {x} onto the {y}",
    "please put the {x} on the {y}",
  ],
  zh: ["把{x}放到{y}上", "把{x}放在{y}上", "请把{x}放到{y}", "将{x}移到{y}上"],
};

const blockInBowl: Family = {
  group: "block-in-bowl",
  layout: "tabletop",
  options: (random) => ({ require: [drawThing(random, ["block"]), drawThing(random, ["bowl"])] }),
  write(referring) {
    const block = pickOne(referring, blocks(referring));
    const bowl = pickOne(referring, bowls(referring));
    if (!block || !bowl || footprintM(block.spec) > footprintM(bowl.spec) * 0.5) return undefined;
    const instruction = say(referring, IN_CONTAINER, { x: block.words, y: bowl.words });
    return { instruction, goal: allOf(inBowl(block.spec.id, bowl.spec.id)) };
  },
};

const blockOnZone: Family = {
  group: "block-on-zone",
  layout: "tabletop",
  options: (random) => ({ require: [drawThing(random, ["block"])], zones: [random.pick(COLORS)] }),
  write(referring) {
    const zone = pickZone(referring);
    const block =
      zone &&
      pickOne(
        referring,
        blocks(referring).filter((item) => !onTopOf(zone, item)),
      );
    if (!zone || !block) return undefined;
    const instruction = say(referring, ON_ZONE, { x: block.words, y: nameRegion(referring, zone) });
    return { instruction, goal: allOf(inRegion(referring.scene, block.spec.id, zone.id)) };
  },
};

const pickBlock: Family = {
  group: "pick-up-block",
  layout: "tabletop",
  options: (random) => ({ require: [drawThing(random, ["block"]), drawThing(random, ["block"])] }),
  write(referring) {
    const block = pickOne(referring, blocks(referring));
    if (!block) return undefined;
    return { instruction: say(referring, PICK, { x: block.words }), goal: allOf(held(block.spec.id)) };
  },
};

const SIDE_OF: Readonly<Record<"left" | "right", Phrasings>> = {
  left: {
    en: ["put the {x} to the left of the {y}", "move the {x} to the left of the {y}", "place the {x} left of the {y}"],
    zh: ["把{x}放到{y}的左边", "把{x}移到{y}左边", "请把{x}放在{y}的左边"],
  },
  right: {
    en: [
      "put the {x} to the right of the {y}",
      "move the {x} to the right of the {y}",
      "place the {x} right of the {y}",
    ],
    zh: ["把{x}放到{y}的右边", "把{x}移到{y}右边", "请把{x}放在{y}的右边"],
  },
};

const relative: Family = {
  group: "relative",
  layout: "tabletop",
  options: (random) => ({
    require: [drawThing(random, ["block"]), drawThing(random, ["block"]), drawThing(random, ["bowl"])],
  }),
  write(referring) {
    const { random, scene } = referring;
    const block = pickOne(referring, blocks(referring));
    // The anchor needs free table on both sides.
    const anchors = scene.objects.filter((item) => item !== block?.spec && Math.abs(item.pose.position[1]) < 0.25);
    const anchor = pickOne(referring, anchors);
    if (!block || !anchor) return undefined;
    const slots = { x: block.words, y: anchor.words };
    const relation = random.pick(["left", "right", "next-to"] as const);
    if (relation === "next-to") {
      return { instruction: say(referring, NEXT_TO, slots), goal: allOf(nextTo(block.spec.id, anchor.spec.id)) };
    }
    const goal = allOf(onSideOf(block.spec.id, anchor.spec.id, relation));
    return { instruction: say(referring, SIDE_OF[relation], slots), goal };
  },
};

const ALL_IN_BOWL: Phrasings = {
  en: ["put all the {x} in the {y}", "put all {x} into the {y}", "move all the {x} into the {y}"],
  zh: ["把所有{x}放进{y}", "把所有的{x}都放进{y}里", "将全部{x}放入{y}中"],
};
const ALL_ON_ZONE: Phrasings = {
  en: ["put all the {x} on the {y}", "move all {x} onto the {y}", "place all the {x} on the {y}"],
  zh: ["把所有{x}放到{y}上", "把所有的{x}都放到{y}上", "将全部{x}移到{y}上"],
};

const allOfColor: Family = {
  group: "all-of-colour",
  layout: "tabletop",
  options(random) {
    const color: Color = random.pick(COLORS);
    return {
      require: [{ kind: "block", color }, { kind: "block", color }, drawThing(random, ["bowl"])],
      zones: [random.pick(COLORS)],
    };
  },
  write(referring) {
    const { language, random, scene } = referring;
    const sets = COLORS.map((color) => blocks(referring).filter((block) => block.color === color));
    const pair = sets.find((set) => set.length === 2);
    if (!pair) return undefined;
    const noun = pickNoun(referring, "block");
    const colorWord = COLOR_WORDS[language][pair[0].color];
    const x = language === "en" ? `${colorWord} ${noun}s` : `${colorWord}的${noun}`;
    const zone = pickZone(referring);
    if (zone && random.chance(0.6) && pair.every((block) => !onTopOf(zone, block))) {
      const goal = allOf(...pair.map((block) => inRegion(scene, block.id, zone.id)));
      return { instruction: say(referring, ALL_ON_ZONE, { x, y: nameRegion(referring, zone) }), goal };
    }
    const bowl = pickOne(referring, bowls(referring));
    if (!bowl || footprintM(pair[0]) > 0.046) return undefined;
    const goal = allOf(...pair.map((block) => inBowl(block.id, bowl.spec.id)));
    return { instruction: say(referring, ALL_IN_BOWL, { x, y: bowl.words }), goal };
  },
};

const TWO_STEPS: Phrasings = {
  en: [
    "put the {a} {p}, then put the {b} {q}",
    "first put the {a} {p}, then place the {b} {q}",
    "put the {a} {p} and then put the {b} {q}",
  ],
  zh: ["先把{a}放到{p},然后把{b}放到{q}", "把{a}放到{p},然后把{b}放到{q}", "先把{a}放到{p},再把{b}放到{q}"],
};

/** "in the red bowl" / "红色的碗里", and the condition that goes with it. */
function pickPlace(
  referring: Referring,
  block: ObjectSpec,
): { readonly id: string; readonly words: string; readonly met: Condition } | undefined {
  const { language, random, scene } = referring;
  const zone = pickZone(referring);
  if (zone && random.chance(0.5) && !onTopOf(zone, block)) {
    const name = nameRegion(referring, zone);
    const words = language === "en" ? `on the ${name}` : `${name}上`;
    return { id: zone.id, words, met: inRegion(scene, block.id, zone.id) };
  }
  const bowl = pickOne(referring, bowls(referring));
  if (!bowl || footprintM(block) > footprintM(bowl.spec) * 0.5) return undefined;
  const words = language === "en" ? `in the ${bowl.words}` : `${bowl.words}里`;
  return { id: bowl.spec.id, words, met: inBowl(block.id, bowl.spec.id) };
}

const twoSteps: Family = {
  group: "two-steps",
  layout: "tabletop",
  options: (random) => ({
    require: [drawThing(random, ["block"]), drawThing(random, ["block"]), drawThing(random, ["bowl"])],
    zones: [random.pick(COLORS)],
  }),
  write(referring) {
    const first = pickOne(referring, blocks(referring));
    const second = pickOne(
      referring,
      blocks(referring).filter((block) => block !== first?.spec),
    );
    const firstPlace = first && pickPlace(referring, first.spec);
    const secondPlace = second && pickPlace(referring, second.spec);
    // Two blocks need two places, or room becomes the task.
    if (!first || !second || !firstPlace || !secondPlace || firstPlace.id === secondPlace.id) return undefined;
    const slots = { a: first.words, p: firstPlace.words, b: second.words, q: secondPlace.words };
    return { instruction: say(referring, TWO_STEPS, slots), goal: allOf(firstPlace.met, secondPlace.met) };
  },
};

export const TABLETOP_FAMILIES: readonly Family[] = [
  blockInBowl,
  blockOnZone,
  pickBlock,
  relative,
  twoSteps,
  allOfColor,
];
