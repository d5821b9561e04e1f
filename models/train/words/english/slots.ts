import { COLORS } from "../../../../src/domain/vocabulary.js";
import type { PieceRole } from "../../../../src/ports/words-reader.js";
import { begin, piece, plain, type Bit, type Slots } from "../bits.js";
import { ANCHORS, chooseNoun, CONTAINERS, SURFACES, THINGS, type Chooser } from "../words.js";
import { englishColor, englishPhrase } from "./phrases.js";

const split = (words: string, by = ", "): readonly string[] => words.split(by);
/** What joins a thing to its place. The first set of held-out phrasings was made with the first five. */
const LEADS = split(
  "that is, which is, lying, standing, that's, sitting, that sits, which sits, that lies, which lies, that stands, which stands, located, placed, that you see, you see, you find, which you find, that i left, i put, which was left, that's sitting, that is lying, over there, resting, kept, stored, that was put, someone left, right",
);

export function englishSlots(chooser: Chooser): Slots {
  const { random } = chooser;
  const chance = (p: number): boolean => random.chance(p);
  const phrase = englishPhrase(chooser);
  const color = (role: PieceRole): readonly Bit[] => englishColor(chooser, role);
  const relations: readonly (readonly [label: string, words: string, groups: readonly string[]])[] = [
    ["rel:in", "in, inside, inside of, within", CONTAINERS],
    ["rel:on", "on, on top of, upon", [...SURFACES, "block", "box"]],
    ["rel:left-of", "left of, to the left of, on the left of, on the left side of", ANCHORS],
    ["rel:right-of", "right of, to the right of, on the right of, on the right side of", ANCHORS],
    ["rel:front-of", "in front of", ANCHORS],
    ["rel:behind", "behind, in back of", ANCHORS],
    ["rel:near", "next to, beside, near, by, close to, alongside", ANCHORS],
    ["rel:between", "between, in between", ANCHORS],
  ];
  const near = (label: string, words: string, groups: readonly string[], role: PieceRole): readonly Bit[] => {
    const relation = piece(random.pick(split(words)), label, role);
    const anchor = phrase(groups, role, 0.3);
    return label === "rel:between"
      ? [relation, ...anchor, plain("and"), ...phrase(groups, role, 0.3)]
      : [relation, ...anchor];
  };
  // "put the mug on the shelf in the drawer": the last "in" or "on" says where it goes, so a thing that is told apart by one
  // needs another of them for its goal, and none behind the goal.
  let isInOrOn = false;
  const where = (aside = false): readonly Bit[] => {
    isInOrOn = false;
    if (chance(0.12)) {
      const far = chance(0.3);
      const words = far ? "farthest from, furthest from, furthest away from" : "closest to, nearest to, nearest";
      return [
        ...(chance(0.3) ? [plain("that is")] : []),
        ...near(far ? "rel:farthest-from" : "rel:nearest-to", words, ANCHORS, "before"),
      ];
    }
    if (chance(0.06)) return near("rel:under", "under, below, underneath", ["shelf", "table"], "before");
    const usual = chance(0.5) ? relations[random.below(2)] : random.pick(relations);
    const [label, words, groups] = aside ? random.pick(relations.slice(2)) : usual;
    isInOrOn = label === "rel:in" || label === "rel:on";
    const lead = chance(0.25) ? [plain(random.pick(chooser.wide ? LEADS : LEADS.slice(0, 5)))] : [];
    return [...lead, ...near(label, words, groups, "before")];
  };
  const unplaced = (bits: readonly Bit[]): readonly Bit[] => {
    isInOrOn = false;
    return bits;
  };
  const object = (groups: readonly string[] = THINGS, placed = 0.3): readonly Bit[] => [
    ...unplaced([]),
    ...phrase(groups, "object", 1),
    ...(chance(placed) ? where() : []),
    ...(chance(0.012)
      ? [plain(random.pick(["except", "but not", "except for"])), ...begin(phrase(groups, "except", 0.2), "phrase")]
      : []),
  ];
  const corrected = (): readonly Bit[] => {
    const [wrong, right] = random.shuffle(COLORS);
    const sorry = random.pick([
      "no",
      "no wait",
      "sorry",
      "i mean",
      "no sorry",
      "no i mean",
      "uh no",
      "wait no",
      "or rather",
    ]);
    const noun = chooseNoun(THINGS, chooser);
    const style = random.below(3);
    const head = piece(noun.text, noun.label, "object");
    const chosen = piece(right, `color:${right}`, "object");
    if (style === 0)
      return begin(
        [plain("the"), plain(wrong), head, plain(`, ${sorry},`), plain("the"), chosen, plain("one")],
        "phrase",
      );
    const other = chooseNoun(THINGS, chooser);
    if (style === 1)
      return begin([plain("the"), plain(other.text), plain(`, ${sorry},`), plain("the"), head], "phrase");
    return begin(
      [plain("the"), plain(wrong), plain(other.text), plain(`, ${sorry},`), plain("the"), chosen, head],
      "phrase",
    );
  };
  const goal = (groups?: readonly string[]): readonly Bit[] => {
    const r = random.next() * (isInOrOn ? 0.62 : 1);
    if (r < 0.4 || groups !== undefined)
      return near("rel:in", "in, into, inside, in, into", groups ?? CONTAINERS, "goal");
    if (r < 0.62) return near("rel:on", "on, onto, on top of, upon", [...SURFACES, "block", "box"], "goal");
    if (r < 0.7) return near("rel:to", "to", [...CONTAINERS, ...SURFACES], "goal");
    const [label, words, anchors] = random.pick(relations.slice(2));
    return near(label, words, anchors, "goal");
  };
  const source = (): readonly Bit[] =>
    near(
      "rel:from",
      "from, out of, from inside, off, from within",
      [...CONTAINERS, ...SURFACES.slice(0, 3), "drawer"],
      "before",
    );
  const withRole = (bits: readonly Bit[], role: PieceRole): readonly Bit[] =>
    bits.map((bit) => (bit.role === "none" ? bit : { ...bit, role }));
  const placed = (bits: readonly Bit[]): readonly Bit[] => {
    const first = bits.find(({ label }) => label !== "none");
    const goesIn = first?.label === "rel:in" || first?.label === "rel:on" || first?.label === "rel:to";
    return goesIn && chance(0.15) ? [...bits, ...where(true)] : bits;
  };
  const way = (): readonly Bit[] => {
    const [label, words] = random.pick([
      ["left", "left"],
      ["right", "right"],
      ["front", "forward, forwards"],
      ["back", "backward, backwards, back"],
    ] as const);
    return [piece(random.pick(split(words)), `way:${label}`)];
  };

  const located = (role: PieceRole): readonly Bit[] => {
    const [label, words, groups] = relations[chance(0.55) ? 0 : chance(0.75) ? 1 : 2 + random.below(5)];
    return near(label, words, groups, role);
  };

  return {
    now: () => [{ ...plain(""), begins: "clause" }],
    noun: () => {
      const { text, label } = chooseNoun(THINGS, chooser);
      return begin([...(chance(0.4) ? color("object") : []), piece(text, label, "object")], "phrase");
    },
    holder: () => phrase(["sink", "bowl", "drawer", "drawer", "counter", "table", "shelf", "zone"], "object", 0.3),
    goal_noun: () => phrase([...CONTAINERS, ...SURFACES], "goal", 0.3),
    source_noun: () => phrase([...CONTAINERS, "shelf"], "before", 0.3),
    located: () => located("before"),
    located_first: () => located("after"),
    object: () => (chance(0.05) ? unplaced(corrected()) : object()),
    thing: () => object(THINGS, 0.08),
    bare: () => unplaced(phrase(THINGS, "object", 1)),
    drawer: () => phrase(["drawer"], "object", 0.4),
    list: () => {
      unplaced([]);
      const items = Array.from({ length: 2 + (chance(0.25) ? 1 : 0) }, () => phrase(THINGS, "object", 0.3));
      return items.flatMap((item, i) => [
        ...(i === 0 ? [] : [plain(i === items.length - 1 ? random.pick(["and", "and also", "as well as"]) : ",")]),
        ...item,
      ]);
    },
    it: () =>
      unplaced(begin([piece(random.pick(["it", "it", "it", "that one", "this one"]), "pronoun", "object")], "phrase")),
    goal: () => placed(goal()),
    into_it: () => [
      piece(random.pick(["in", "into", "inside"]), "rel:in", "goal"),
      ...begin([piece("it", "pronoun", "goal")], "phrase"),
    ],
    from_it: () => [piece("from", "rel:from", "before"), ...begin([piece("it", "pronoun", "before")], "phrase")],
    goal_in: () => near("rel:in", "in, into", ["bowl", "zone", "drawer", "sink", "box"], "goal"),
    source,
    source_out: () => near("rel:from", "from, from inside, from within", [...CONTAINERS, "drawer", "shelf"], "before"),
    source_before: source,
    source_first: () => withRole(source(), "after"),
    towards: () => near("rel:near", "towards, toward, up to, next to", ANCHORS, "goal"),
    way,
    distance: () => {
      const metres = chance(0.15);
      const number = metres
        ? random.pick(["0.1", "0.2", "0.15"])
        : random.pick(["5", "10", "15", "20", "three", "five", "ten", "8", "12"]);
      return [
        piece(number, "number"),
        piece(
          metres ? random.pick(["m", "meters", "metres"]) : random.pick(["cm", "centimeters", "centimetres"]),
          metres ? "unit:m" : "unit:cm",
        ),
      ];
    },
    place: () => phrase(["counter", "table", "drawer", "sink", "shelf", "bowl"], "object", 0.2),
    many: () => {
      unplaced([]);
      const noun = chooseNoun(["block", "block", "mug", "thing", "fruit", "can", "box", "bag"], chooser, true);
      const bits = chance(0.5)
        ? [piece(random.pick(["all", "all the", "all of the"]), "all", "object")]
        : [plain("the")];
      return begin([...bits, piece(noun.text, noun.label, "object"), ...(chance(0.15) ? where() : [])], "phrase");
    },
    everything: () => [
      ...unplaced([]),
      ...begin([piece(random.pick(["everything", "all things", "everything"]), "all", "object")], "phrase"),
      ...(chance(0.4) ? where() : []),
      ...(chance(0.3)
        ? [
            plain(random.pick(["except", "but", "but not", "except for", "apart from"])),
            ...phrase(THINGS, "except", 0.2),
          ]
        : []),
    ],
    look: () => {
      const [at, words] = random.pick([
        ["left", "left, to the left, to your left"],
        ["right", "right, to the right, to your right"],
        ["up", "up, upwards"],
        ["down", "down, downwards"],
        ["home", "straight ahead, forward, to the front"],
      ] as const);
      return [piece(random.pick(split(words)), `look:${at}`)];
    },
    seconds: () => [
      piece(random.pick(["2", "3", "5", "10", "two", "three", "five", "ten", "20", "30"]), "number"),
      plain(random.pick(["seconds", "seconds", "s", "sec"])),
    ],
  };
}
