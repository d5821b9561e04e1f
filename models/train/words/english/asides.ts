import type { Random } from "../../../../src/domain/random.js";
import { pseudoWord } from "../words.js";

const split = (words: string): readonly string[] => words.split(", ");

const WHO = split(
  "i, we, you, he, she, they, my mom, my dad, my wife, my husband, the kids, the children, our guests, the cook, the boss, everyone, somebody, my brother, my sister, grandma, the cat, the dog, my neighbor, the doctor, people, the others, my roommate, this kitchen, this room, it, that, this, the floor, the window, the soup, the coffee, the music, the phone, dinner, lunch, the party",
);
const DOES = split(
  "is tired, are tired, am tired, is waiting, are waiting, is not here, has left, have left, came home, will come soon, needs a break, need a break, wants to eat, want to eat, wants to cook, likes order, hates this, forgot about it, forgot again, asked for help, asked me, told me so, said so, made it dirty, spilled something, broke something, cleaned yesterday, worked all day, has no time, have no time, feels cold, feels hot, is ready, is cold, is hot, is fine, is dirty, is wet, is new, is ringing, is noisy, is nearly over, starts soon, starts at eight, must be perfect, looks strange, smells bad, makes me sad, makes me happy, was great, was a mistake, went wrong, should work, would be nice, could be better, knows how, cannot wait, don't care, doesn't matter, is up to you, depends on you",
);
const JOIN = split(
  "so, therefore, and so, that's why, hence, anyway, but first, well, now then, come on, thus, for that reason",
);

/** Something that a person says besides the command: a reason, a complaint, words that nobody taught. Asks for nothing. */
export function englishAside(random: Random): string {
  const style = random.next();
  const sentence = (): string => `${random.pick(WHO)} ${random.pick(DOES)}`;
  if (style < 0.2) return Array.from({ length: 1 + random.below(4) }, () => pseudoWord(random, "en")).join(" ");
  if (style < 0.4)
    return `${random.pick(["because", "since", "as", "now that", "although", "you know", "guess what", "i think", "it seems", "they say", "i heard"])} ${sentence()}`;
  if (style < 0.55) return `${sentence()} and ${sentence()}`;
  if (style < 0.65) return `${sentence()} ${pseudoWord(random, "en")}`;
  return sentence();
}

/** How the command follows it. */
export const englishAfterAside = (random: Random): string =>
  random.chance(0.5) ? random.pick([",", ".", "!", ";", ":"]) : `${random.chance(0.6) ? "," : ""} ${random.pick(JOIN)}`;
