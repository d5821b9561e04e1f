import { COLORS } from "../../../../src/domain/vocabulary.js";
import type { PieceRole } from "../../../../src/ports/words-reader.js";
import { COLOR_WORDS, EXTREME_WORDS, ORDINAL_WORDS, SIZE_WORDS } from "../../../../src/planning/lexicon/qualities.js";
import type { Extreme, Size } from "../../../../src/planning/lexicon/meaning.js";
import { begin, piece, plain, type Bit } from "../bits.js";
import { chooseNoun, type Chooser } from "../words.js";

const split = (words: string, by = ", "): readonly string[] => words.split(by);
const SIDES = ["left", "right"] as const;

export function englishColor({ random }: Chooser, role: PieceRole): readonly Bit[] {
  const word = random.pick(COLORS);
  const bit = piece(random.pick(split(COLOR_WORDS[word][0])), `color:${word}`, role);
  if (!random.chance(0.05)) return [bit];
  const other = random.pick(COLORS);
  return [bit, plain(random.pick(["or", "and"])), piece(other, `color:${other}`, role)];
}

/** Makes noun phrases: what stands before the noun, the noun, what stands behind it. `rich`: how likely the rarer parts are. */
export function englishPhrase(
  chooser: Chooser,
): (groups: readonly string[], role: PieceRole, rich: number) => readonly Bit[] {
  const { random } = chooser;
  const chance = (p: number): boolean => random.chance(p);

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
    if (!isGround && !isDrawer && chance(role === "object" ? 0.45 : 0.25)) bits.push(...englishColor(chooser, role));
    if (role === "object" && !isOnlyDrawer && bits.some(({ label }) => label !== "none") && chance(0.06))
      bits.push(piece(plural ? "ones" : "one", "one", role));
    else {
      bits.push(piece(noun.text, noun.label, role));
      if (isDrawer && chance(0.05)) bits.push(piece("handle", "noun:handle", role));
    }
    return begin([...bits, ...after], "phrase");
  };

  return phrase;
}
