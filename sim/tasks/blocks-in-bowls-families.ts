import { COLORS, type Color } from "../../src/domain/vocabulary.js";
import type { RequiredObject } from "../scenes/scene-options.js";
import type { ObjectSpec } from "../scenes/scene-spec.js";
import { say, type Family, type Phrasings } from "./family.js";
import { inAnyBowl, allOf } from "./goals.js";
import { HELD_OUT_PAIRS } from "./pointing/held-out.js";
import { pickNoun } from "./refer.js";
import { COLOR_WORDS } from "./words.js";

/**
 * "Put the green blocks in a blue bowl" (Shridhar et al., CLIPort, CoRL 2021, put-block-in-bowl): one to three bowls of one colour, as
 * many blocks of another or fewer, and distractors of both kinds in other colours. Each block counts by itself once it lies in any
 * of the bowls.
 */
const INTO_BOWLS: Phrasings = {
  en: [
    "put the {x} {n} in a {y} bowl",
    "put all the {x} {n} in a {y} bowl",
    "place all {x} {n} into a {y} bowl",
    "please put all the {x} {n} in a {y} bowl",
  ],
  zh: ["把所有{x}的{n}都放进一个{y}的碗里", "把所有的{x}{n}放进一个{y}的碗里", "请把全部{x}的{n}放入一个{y}的碗中"],
};
/** With one block or one bowl, people do not say "all" and "a". */
const INTO_THE_BOWL: Phrasings = {
  en: ["put the {x} {n} in the {y} bowl", "place the {x} {n} into the {y} bowl"],
  zh: ["把{x}的{n}放进{y}的碗里", "请把{x}的{n}放到{y}的碗里"],
};

const ONE_BLOCK: Phrasings = {
  en: ["put the {x} {n} in a {y} bowl", "place the {x} {n} into a {y} bowl"],
  zh: ["把{x}的{n}放进一个{y}的碗里", "请把{x}的{n}放到一个{y}的碗里"],
};

const MOST_BOWLS = 3;
const DISTRACTORS = [1, 2] as const;
type Colors = readonly [block: Color, bowl: Color];

const isHeldOut = (kind: "block" | "bowl", color: Color): boolean =>
  HELD_OUT_PAIRS.some((pair) => pair.kind === kind && pair.color === color);

/** Colours of blocks and bowls that were seen together in training, or of which at least one never was on its kind. */
const colorPairs = (unseen: boolean): readonly Colors[] =>
  COLORS.flatMap((block) => COLORS.filter((bowl) => bowl !== block).map((bowl): Colors => [block, bowl])).filter(
    ([block, bowl]) => (isHeldOut("block", block) || isHeldOut("bowl", bowl)) === unseen,
  );

const family = (group: string, unseen: boolean): Family => ({
  group,
  layout: "tabletop",
  options(random) {
    const [block, bowl] = random.pick(colorPairs(unseen));
    const bowls = 1 + random.below(MOST_BOWLS);
    const blocks = 1 + random.below(bowls);
    const others = random.shuffle(
      COLORS.filter((color) => color !== block && color !== bowl && !isHeldOut("block", color)),
    );
    const distractors: RequiredObject[] = others
      .slice(0, random.pick(DISTRACTORS))
      .map((color, i) => ({ kind: i === 0 ? "block" : "bowl", color, ...(i === 0 ? { size: "small" } : {}) }));
    const required = [
      ...Array.from({ length: blocks }, (): RequiredObject => ({ kind: "block", color: block, size: "small" })),
      ...Array.from({ length: bowls }, (): RequiredObject => ({ kind: "bowl", color: bowl })),
      ...distractors.filter(({ kind, color }) => kind === "block" || !isHeldOut("bowl", color)),
    ];
    return {
      require: required,
      forbid: [
        { kind: "block", color: block },
        { kind: "bowl", color: bowl },
      ],
      count: required.length,
      zones: [],
    };
  },
  write(referring) {
    const { language, random, scene } = referring;
    const ofColor = (kind: "block" | "bowl", color: Color): ObjectSpec[] =>
      scene.objects.filter((object) => object.kind === kind && object.color === color);
    const tasks = colorPairs(unseen)
      .map(([block, bowl]) => ({ blocks: ofColor("block", block), bowls: ofColor("bowl", bowl) }))
      .filter(({ blocks, bowls }) => blocks.length > 0 && bowls.length >= blocks.length);
    if (tasks.length === 0) return undefined;
    // Distractors come one of a colour: what there is most of is what is asked for.
    const most = Math.max(...tasks.map(({ blocks, bowls }) => blocks.length + bowls.length));
    const { blocks, bowls } = random.pick(tasks.filter((task) => task.blocks.length + task.bowls.length === most));
    const noun = pickNoun(referring, "block");
    const words = COLOR_WORDS[language];
    const isPlural = language === "en" && blocks.length > 1;
    const slots = { x: words[blocks[0].color], y: words[bowls[0].color], n: isPlural ? `${noun}s` : noun };
    const phrasings =
      blocks.length === 1 && bowls.length === 1 ? INTO_THE_BOWL : blocks.length === 1 ? ONE_BLOCK : INTO_BOWLS;
    const goal = allOf(
      ...blocks.map((block) =>
        inAnyBowl(
          block.id,
          bowls.map((bowl) => bowl.id),
        ),
      ),
    );
    return { instruction: say(referring, phrasings, slots), goal };
  },
});

export const BLOCKS_IN_BOWLS_FAMILIES: readonly Family[] = [
  family("seen-colours", false),
  family("unseen-colours", true),
];
