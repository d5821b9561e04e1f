import { COLORS } from "../../../src/domain/vocabulary.js";
import type { PieceRole } from "../../../src/ports/words-reader.js";
import { COLOR_WORDS, EXTREME_WORDS, ORDINAL_WORDS, SIZE_WORDS } from "../../../src/planning/lexicon/qualities.js";
import type { Extreme, Size } from "../../../src/planning/lexicon/meaning.js";
import { begin, fill, piece, plain, templates, type Bit, type Slots } from "./bits.js";
import { ANCHORS, chooseNoun, CONTAINERS, SURFACES, THINGS, type Chooser } from "./words.js";

export const ENGLISH = {
  take: templates(`
    <reach for/go for/get a grip on/lay hold of|verb:take> {object}
    {object} , <pick it up/grab it/take it|verb:take>
    do you see {object}? <pick it up/take it/grab it|verb:take>
    there is {object}, <grab/take/pick up|verb:take> it
    (can we/we should/i think you should/time to) <pick up/take/grab|verb:take> {object}
    the next thing to <pick up/take/grab|verb:take> is {object}
    go over to {object} and <pick it up/grab it/take it|verb:take>
    <take/grab/get/pick up/lift/fetch/grasp/hold/retrieve/lift up|verb:take> {object}
    <pick/lift|verb:take> {object} up
    (could i have you/i want you to/go ahead and/you need to) <take/grab/pick up/get|verb:take> {object}
    <take/get/grab/pick up|verb:take> {list}
    <seize/collect/snatch/clutch|verb:take> {object}
    <get your hand on/get hold of/close your fingers around|verb:take> {object}
    i (would like to/want to) see {object} <in your hand/in the gripper/in your gripper|verb:take>
    {object} <has to be picked up/should be picked up/needs picking up|verb:take>
    ! <scoop up/snag|verb:take> {object}
    ! your job is to <pick up/grab|verb:take> {object}
    ! <make sure you are holding/keep hold of|verb:take> {object}
    ! {object} is what i want you to <pick up/grab/hold|verb:take>`),
  "take out": templates(`
    {object} has to <come out|verb:out> {source_out}
    {object} {source} , <take it out/get it out|verb:out>
    <bring out/lift out/pull out/slip out|verb:out> {object} {source}
    i (want/need) {object} <out|verb:out> {source_out}
    look {source_first} and <take out/get out|verb:out> {object}
    <take/get/pull/lift|verb:take> {object} <out|out> {source_out}
    <take/get/pull|verb:take> {object} {source}
    <take out/remove/get out/lift out|verb:out> {object} {source}
    <take out/remove/get out|verb:out> {object}
    {source_first} <take/get/grab/pull|verb:take> {object}
    {source_first} <take|verb:take> {object} <out|out>
    <take/get|verb:take> {list} {source}
    <fish/dig/extract|verb:out> {object} {source}
    ! <haul/bring|verb:take> {object} <out|out> {source_out}
    ! there should be {object} somewhere {source}, please <take|verb:take> it <out|out>
    ! <unpack|verb:out> {object} {source}`),
  give: templates(`
    {object} , <give it to me/hand it over/bring it here/hand it to me|verb:give>
    <send|verb:give> {object} <my way|me>
    where is {object}? <bring it to me/give it to me|verb:give>
    i (want to/would like to) <have/hold|verb:give> {object}
    (may/can/could) i <have/get|verb:give> {object}
    <offer/toss|verb:give> <me|me> {object}
    {object} is what i <need/want|verb:give>
    <give/hand/bring/pass/fetch/get/grab|verb:give> <me|me> {object}
    <give/hand/bring/pass|verb:give> {object} <to me/over to me|me>
    <i want/i need/i would like/i'd like/can i have/could i have/may i have|verb:give> {object}
    <hand over/bring over/bring/hand|verb:give> {object}
    let <me|me> <have|verb:give> {object}
    <i could use/i'm looking for/i am after|verb:give> {object}
    ! <i'll take/i wish i had|verb:give> {object}
    ! <deliver|verb:give> {object} <to me/into my hand|me>
    ! would you <hand/pass|verb:give> {object} <over here to me/to me|me>`),
  put: templates(`
    {object} , <put it/place it/move it/drop it|verb:put> {goal}
    i need {object} <moved/put/placed|verb:put> {goal}
    have {object} <placed/moved/put|verb:put> {goal}
    {object} <needs to go/wants to be/is supposed to be/is to go/can go/had better be|verb:put> {goal}
    <the place for/the right place for/the home of|verb:put> {object} is {goal}
    <hide/keep/rest/slot/slip/insert/return/toss/fit/sit/bring/get|verb:put> {object} {goal}
    there is {object}; <put|verb:put> it {goal}
    do you see {object}? <put it/move it|verb:put> {goal}
    look for {object} and <put it/move it|verb:put> {goal}
    (i think/i guess/maybe) {object} (would be/is) <better/better off|verb:put> {goal}
    can {object} be <put/placed/moved|verb:put> {goal}
    (we should/let us/time to) <put/place/move|verb:put> {object} {goal}
    <put/place/move/set/drop/lay/carry/transfer/bring/throw/store/put away|verb:put> {object} {goal}
    <put/place/move/drop|verb:put> {list} {goal}
    i <want/would like|verb:put> {object} (to go/to be/moved/put) {goal}
    {object} <goes/belongs/should go/has to go/must go/needs to be|verb:put> {goal}
    <put|verb:put> {goal} {bare}
    <stick/pop/dump/stash/tuck/position/shift/leave|verb:put> {object} {goal}
    (your task is to/you have to/the task:) <put/move/place|verb:put> {object} {goal}
    <make sure|verb:put> {object} (is/ends up) {goal}
    <put/move|verb:put> {object} {source_before} {goal}
    ! <deposit/park/relocate|verb:put> {object} {goal}
    ! what i <want|verb:put> is {object} (put/placed) {goal}
    ! {object} should be <moved/put/placed|verb:put> {goal}
    ! find {object} and <put/place|verb:put> it {goal}
    ! see {object}? it <goes/belongs|verb:put> {goal}`),
  "move aside": templates(`
    <move/shift|verb:put> {object} over (to the/) {way}
    <push/shove|verb:push> {thing} away (to the/) {way}
    {thing} , <push it/slide it|verb:push> (to the/) {way} {distance}
    {thing} should be <pushed|verb:push> {distance} (to the/) {way}
    <move/shift/put|verb:put> {object} (to the/) {way}
    <push/slide/nudge/shove|verb:push> {thing} (to the/) {way}
    <push/slide/nudge/shove|verb:push> {thing} {way} (by/) {distance}
    <push/slide|verb:push> {thing} {distance} (to the/) {way}
    <push/slide/nudge/shove|verb:push> {thing} {towards}
    give {thing} a <push/nudge|verb:push> (to the/) {way}
    ! <scoot/budge|verb:push> {thing} (over to the/to the) {way}
    ! a little <push|verb:push> for {thing}, {distance} {way}`),
  drawer: templates(`
    {drawer} , <open it/pull it open|verb:open>
    {drawer} , <close it/shut it/push it shut|verb:close>
    (get/have) {drawer} <open/opened|verb:open>
    (get/have) {drawer} <closed/shut|verb:close>
    (make sure/see to it that) {drawer} is <open|verb:open>
    (make sure/see to it that) {drawer} is <closed/shut|verb:close>
    (keep/leave) {drawer} <closed/shut|verb:close>
    {drawer} (has to/needs to/must) be <opened/pulled open|verb:open>
    {drawer} (has to/needs to/must) be <closed/shut|verb:close>
    <open/open up/pull open/slide open|verb:open> {drawer}
    <close/shut/slide shut/push shut/close up|verb:close> {drawer}
    <pull|verb:open> {drawer} (open/out)
    <push|verb:close> {drawer} (shut/closed/in)
    i want {drawer} <open/opened|verb:open>
    i want {drawer} <closed/shut|verb:close>
    {drawer} should be <open|verb:open>
    {drawer} should be <closed/shut|verb:close>
    if {drawer} is (closed/shut/not open), <open|verb:open> it
    if {drawer} is (open/still open/not closed), <close/shut|verb:close> it
    ! <yank open|verb:open> {drawer}
    ! leave {drawer} <open|verb:open>
    ! {drawer} is to be <closed/shut|verb:close>
    ! in case {drawer} is open, please <close/shut|verb:close> it`),
  tidy: templates(`
    <take everything off/remove everything from/get everything off/clear everything from|verb:clear> {place}
    make {place} <empty/tidy|verb:clear>
    {place} (has to/needs to/should) be <cleared/emptied/tidied|verb:clear>
    <separate/divide|verb:sort> {many} <by color/by colour|by-color>
    {many} (have to/should) be <sorted/grouped|verb:sort> <by color/by colour|by-color>
    <clear/clear up/clear off/clean up/tidy/tidy up/empty/empty out/unload|verb:clear> {place}
    <clear/empty|verb:clear> {place} {goal_in}
    <sort/sort out/group/organize/arrange|verb:sort> {many} <by color/by colour/by their color|by-color>
    <sort/group|verb:sort> {many} {goal_in} <by color/by colour/of the same color/according to color|by-color>
    <put/move|verb:put> {many} {goal_in} <of the same color/of its own color/of matching color|by-color>
    (would you/) <put|verb:put> {everything} {goal}
    ! <tidy away everything on|verb:clear> {place}
    ! i want {place} <cleared/emptied|verb:clear>
    ! let {many} be <sorted|verb:sort> <by color/by colour|by-color>`),
  small: templates(`
    <let it go now/let go now/open your fingers|verb:release>
    <face/turn around/move your head|verb:look> {look}
    <take a break of/rest for/hold still for/stop for|verb:wait> {seconds}
    <look|verb:look> {look}
    <turn the camera/point the camera/turn your head|verb:look> {look}
    have a <look|verb:look> {look}
    <wait/wait for/pause/pause for/hold on for|verb:wait> {seconds}
    <let go/release/open the gripper/open your hand/let it go|verb:release>
    <put down/set down/let go of/release/lay down|verb:release> {object}
    <put/set|verb:release> {object} down
    <put/set|verb:release> {it} down
    <drop it right here/drop what you are holding/empty your hand|verb:release>
    ! <glance|verb:look> {look}
    ! <do nothing for/stand still for|verb:wait> {seconds}
    ! <loosen your grip/unclench|verb:release>`),
} as const;

/** What may follow a command that named a thing, with a pronoun for it. */
const SEQUELS = templates(`
  <put/place/drop/move|verb:put> {object} {into_it}
  <put/place/drop|verb:put> {object} {into_it}
  <take/get|verb:take> {object} <out|out> {from_it}
  <take|verb:take> {object} {from_it}
  <close/shut|verb:close> {it}
  <put/place/drop/set|verb:put> {it} {goal}
  <give/hand/bring|verb:give> {it} <to me|me>
  <close/shut|verb:close> {drawer}
  <put/place/drop|verb:put> {it} {goal}
  <put|verb:release> {it} down`).map(({ text }) => text);

const split = (words: string, by = ", "): readonly string[] => words.split(by);
const SIDES = ["left", "right"] as const;

export function englishSlots(chooser: Chooser): Slots {
  const { random } = chooser;
  const chance = (p: number): boolean => random.chance(p);

  const color = (role: PieceRole): readonly Bit[] => {
    const word = random.pick(COLORS);
    const bit = piece(random.pick(split(COLOR_WORDS[word][0])), `color:${word}`, role);
    if (!chance(0.05)) return [bit];
    const other = random.pick(COLORS);
    return [bit, plain(random.pick(["or", "and"])), piece(other, `color:${other}`, role)];
  };

  /** Adjectives, noun, and what may stand behind it. `rich`: how likely each of the rarer parts is. */
  const phrase = (groups: readonly string[], role: PieceRole, rich: number): readonly Bit[] => {
    const plural = chance(0.1 * rich);
    const isOnlyDrawer = groups.length === 1;
    const noun = chooseNoun(
      groups,
      isOnlyDrawer ? { ...chooser, unknownNouns: chooser.unknownNouns * 0.2 } : chooser,
      plural,
    );
    const isDrawer = noun.kind === "drawer";
    const isGround = ["counter", "table", "sink"].includes(noun.kind);
    const bits: Bit[] = [];
    const after: Bit[] = [];
    const quantity = random.next();
    if (plural && quantity < 0.4)
      bits.push(piece(random.pick(["all", "all the", "all of the", "every one of the"]), "all", role));
    else if (plural && quantity < 0.5) bits.push(piece(random.pick(["both", "both of the"]), "both", role));
    else if (plural && quantity < 0.75)
      bits.push(piece(random.pick(["two", "three", "2", "3", "four"]), "number", role));
    else if (!plural && quantity < 0.08 * rich)
      bits.push(piece(random.pick(["a", "an", "any", "some", "one of the"]), "any", role));
    else if (!plural && !isGround && quantity < 0.1 * rich)
      bits.push(piece(random.pick(["every", "each"]), "all", role));
    else if (chance(0.9)) bits.push(plain(random.pick(["the", "the", "the", "the", "my", "that", "this", "your"])));
    const kind = random.next();
    if (!isGround && !plural && kind < 0.06 * rich) {
      const [index, words] = random.pick(ORDINAL_WORDS);
      bits.push(piece(random.pick(split(words)), `ordinal:${index}`, role));
      if (chance(0.5)) {
        const side = random.pick(SIDES);
        after.push(plain(random.pick(["from the", "counting from the"])), piece(side, `from:${side}`, role));
      }
    } else if (!isGround && kind < 0.16 * rich) {
      const extreme = random.pick(Object.keys(EXTREME_WORDS) as Extreme[]);
      const words = split(EXTREME_WORDS[extreme][0]);
      const word = random.pick(words);
      const late = /^(?:on|farthest|furthest|nearest to|closest to)/u.test(word) && word.includes(" ");
      if (late) after.push(piece(word, `extreme:${extreme}`, role));
      else bits.push(piece(word, `extreme:${extreme}`, role));
    } else if (!isGround && kind < (isDrawer ? 0.6 : 0.24 * rich)) {
      const side = random.pick(isDrawer && chance(0.2) ? (["top", "bottom", "middle"] as const) : SIDES);
      const words = {
        left: "left, left-hand, left hand",
        right: "right, right-hand, right hand",
        top: "top, upper",
        bottom: "bottom, lower",
        middle: "middle, center",
      }[side];
      if ((side === "left" || side === "right") && chance(isDrawer ? 0.15 : 0.7)) {
        if (chance(0.3)) after.push(plain("that is"));
        after.push(
          piece(
            random.pick([
              `on the ${side}`,
              `on your ${side}`,
              `to the ${side}`,
              `at the ${side}`,
              `on the ${side} side`,
            ]),
            `side:${side}`,
            role,
          ),
        );
      } else bits.push(piece(random.pick(split(words)), `side:${side}`, role));
    }
    if (!isGround && !isDrawer && chance(0.14 * rich)) {
      const size = random.pick(Object.keys(SIZE_WORDS) as Size[]);
      bits.push(piece(random.pick(split(SIZE_WORDS[size][0])), `size:${size}`, role));
    }
    if (isDrawer && chance(0.12)) {
      const [state, words] = random.pick([
        ["open", "open, opened"],
        ["closed", "closed, shut"],
        ["ajar", "half open, ajar, half-open"],
      ] as const);
      bits.push(piece(random.pick(split(words)), `state:${state}`, role));
    }
    if (!isGround && !isDrawer && chance(role === "object" ? 0.45 : 0.25)) bits.push(...color(role));
    if (role === "object" && !isOnlyDrawer && bits.some(({ label }) => label !== "none") && chance(0.06))
      bits.push(piece(plural ? "ones" : "one", "one", role));
    else {
      bits.push(piece(noun.text, noun.label, role));
      if (isDrawer && chance(0.05)) bits.push(piece("handle", "noun:handle", role));
    }
    return begin([...bits, ...after], "phrase");
  };

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
    const lead = chance(0.25) ? [plain(random.pick(["that is", "which is", "lying", "standing", "that's"]))] : [];
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

  return {
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

/** Politeness before and behind, and hesitations in between. */
export const ENGLISH_OPENINGS = split(
  "please, could you, can you, would you please, hey robot, robot, ok, okay, now, hi, could you please, kindly, hello, i want you to, i'd like you to, just, go and, um, uh, so, well, would you mind, let's, first of all",
);
export const ENGLISH_OPENINGS_HELD_OUT = split(
  "be so kind and, listen, alright then, be a dear and, dear robot, when you have a moment",
);
/** What people say before they come to the point. */
export const ENGLISH_PREAMBLES = split(
  "i spilled my drink; i am thirsty; the table is a mess; dinner is ready; i can't reach it; we have guests; i am hungry; it is late; my hands are full; let us get started; here is the next step; i need some help here",
  "; ",
);
export const ENGLISH_CLOSINGS = split(
  "please, thanks, thank you, now, carefully, for me, gently, will you, if you can, okay, right away, slowly",
);
export const ENGLISH_FILLERS = split("um, uh, er, like, you know, hmm, please, just");
export const ENGLISH_LINKS = split(
  "and, then, and then, after that, next, finally, and after that, and also, also, when you are done, afterwards",
);

export const englishSequel = (slots: Slots, chooser: Chooser): readonly Bit[] =>
  fill(chooser.random.pick(SEQUELS), slots, chooser.random);

/** Sentences that ask for nothing that this robot does. */
export const ENGLISH_NONSENSE = templates(`
  how are you (today/)
  what is the weather like (today/tomorrow/)
  what time is it
  (tell me/do you know) a (joke/story/poem)
  {w} {w} {w}
  {w}
  cut the {w} with the knife
  wash the (dishes/mug/window/car)
  (cook/fry/eat/drink/paint/break/fold/pour/stir/heat) the (apple/mug/water/soup/egg)
  turn (on/off) the (light/tap/oven/radio)
  who are you
  (i like/i love/i hate) (apples/the red mug/you/music)
  the mug is (red/on the table/empty/nice)
  is the drawer (open/closed)
  where is the (red/blue/) (mug/apple/bag/box)
  how many (mugs/apples/blocks) are there
  why (not/is that/did you do that)
  (yes/no/stop/thanks/hello/good morning/bye)
  (ouvre/ferme/prends/mets/pose) (le/la/une) (tiroir/tasse/pomme/sac vert) (dans/sur/) (le/la) (placard/table/evier)
  (nimm/stell/leg/mach/gib mir) (die/den/das) (rote tasse/apfel/schublade/gruene tasche) (in die/auf den/aus der) (schublade/tisch/spuele)
  (abre/cierra/toma/pon/dame) (el/la) (cajon/taza/manzana/bolsa verde) (en/sobre/de) (la mesa/el cajon)
  (ouvre/ferme) (le/la) (tiroir/porte) et (prends/pose/mets) (le/la) (sac/tasse) (vert/rouge)
  (apri/chiudi/prendi/metti/dammi) (il/la) (cassetto/tazza/mela/borsa) (nel/sulla) (lavello/tavolo)
  (abra/pegue/coloque) (o/a) (gaveta/caneca/maca) (na/no) (mesa/pia)
  (qing/ba/na) (hongse/lvse/lanse) (de/) (beizi/pingguo/daizi) (fang/na) (dao/zai) (chouti/shuicao) li
  (open/pak/doe/zet) de (lade/mok/appel/tas) (op/in) (de/het) (tafel/kast)
  asdf {w} qwer {w}`);
