import type { Random } from "../../src/domain/random.js";
import type { Color } from "../../src/domain/vocabulary.js";
import type { DrawerSpec, ObjectSpec, RegionSpec, SceneSpec } from "../scenes/scene-spec.js";
import type { Language } from "./episode.js";
import { COLOR_WORDS, KIND_WORDS, SIZE_WORDS } from "./words.js";

/** Superlatives hold only with a margin that a person, and a camera, can see. */
const SUPERLATIVE_MARGIN_M = 0.05;

export interface Referring {
  readonly scene: SceneSpec;
  readonly language: Language;
  readonly random: Random;
}

/** Noun phrase without article: "green bag", "绿色的袋子". */
function nounPhrase(language: Language, noun: string, color?: Color, size?: "small" | "large"): string {
  if (language === "en") {
    return [size && SIZE_WORDS.en[size], color && COLOR_WORDS.en[color], noun].filter(Boolean).join(" ");
  }
  const sizeWord = size ? SIZE_WORDS.zh[size] : "";
  return color ? `${COLOR_WORDS.zh[color]}的${sizeWord}${noun}` : `${sizeWord}${noun}`;
}

export function pickNoun(
  { language, random }: Pick<Referring, "language" | "random">,
  kind: ObjectSpec["kind"],
): string {
  const words = KIND_WORDS[language][kind];
  return random.chance(0.7) ? words[0] : random.pick(words);
}

/**
 * Words that fit this thing and nothing else among `rivals`: kind alone, with colour, or with size and colour. Now and then says the
 * colour although it is not needed, as people do. Undefined when a rival looks the same.
 */
export function describe(
  referring: Referring,
  thing: ObjectSpec,
  rivals: readonly ObjectSpec[] = referring.scene.objects,
): string | undefined {
  const { language, random } = referring;
  const others = rivals.filter((other) => other.id !== thing.id && other.kind === thing.kind);
  const sameColor = others.filter((other) => other.color === thing.color);
  const noun = pickNoun(referring, thing.kind);
  const chatty = random.chance(0.6);
  if (others.length === 0) return nounPhrase(language, noun, chatty ? thing.color : undefined);
  if (sameColor.length === 0) return nounPhrase(language, noun, thing.color);
  if (sameColor.every((other) => other.size !== thing.size)) return nounPhrase(language, noun, thing.color, thing.size);
  return undefined;
}

const SUPERLATIVES = {
  leftmost: { en: "leftmost", zh: "最左边", score: (o: ObjectSpec) => o.pose.position[1] },
  rightmost: { en: "rightmost", zh: "最右边", score: (o: ObjectSpec) => -o.pose.position[1] },
  nearest: { en: "nearest", zh: "最近", score: (o: ObjectSpec) => -Math.hypot(o.pose.position[0], o.pose.position[1]) },
} as const;
export type Superlative = keyof typeof SUPERLATIVES;

/**
 * The thing of a set that the superlative singles out by a clear margin, and words for it; undefined when two are close.
 * "Nearest" must agree whether one measures from the robot's axis or straight ahead.
 */
export function describeSuperlative(
  { language, random }: Referring,
  superlative: Superlative,
  candidates: readonly ObjectSpec[],
): { thing: ObjectSpec; words: string } | undefined {
  if (candidates.length < 2) return undefined;
  const { score, [language]: word } = SUPERLATIVES[superlative];
  const [first, second] = [...candidates].sort((a, b) => score(b) - score(a));
  if (score(first) - score(second) < SUPERLATIVE_MARGIN_M) return undefined;
  const straightAhead = candidates.every(
    (other) => other === first || other.pose.position[0] - first.pose.position[0] > SUPERLATIVE_MARGIN_M / 2,
  );
  if (superlative === "nearest" && !straightAhead) return undefined;
  const noun = pickNoun({ language, random }, first.kind);
  return { thing: first, words: language === "en" ? `${word} ${noun}` : `${word}的${noun}` };
}

/** "left drawer" / "左边的抽屉"; just "drawer" when there is one. */
export function nameDrawer({ scene, language }: Referring, drawer: DrawerSpec): string {
  const noun = KIND_WORDS[language].drawer[0];
  if (scene.drawers.length < 2) return noun;
  // Left of the robot is +y.
  const isLeft = scene.drawers.every((other) => other === drawer || other.center[1] < drawer.center[1]);
  if (language === "en") return `${isLeft ? "left" : "right"} ${noun}`;
  return `${isLeft ? "左" : "右"}边的${noun}`;
}

/** "sink", "blue zone": the colour is said where there is more than one of the kind. */
export function nameRegion(referring: Referring, region: RegionSpec): string {
  const rivals = referring.scene.regions.filter((other) => other.kind === region.kind);
  const noun = pickNoun(referring, region.kind);
  return nounPhrase(referring.language, noun, rivals.length > 1 || region.kind === "zone" ? region.color : undefined);
}
