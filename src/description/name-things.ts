import type { Color, Kind } from "../domain/vocabulary.js";
import type { KnownThing } from "./known-things.js";
import { colorWord, listed, measureOf, nounOf, numberWord, withArticle, type Language } from "./language.js";

type Named = Pick<KnownThing, "kind" | "color">;

/** Without article or number: "red mug", 红色的杯子. */
export function plainName({ kind, color }: Named, language: Language, count = 1): string {
  const noun = nounOf(kind, language, count);
  if (color === undefined) return noun;
  return language === "en" ? `${colorWord(color, "en")} ${noun}` : `${colorWord(color, "zh")}的${noun}`;
}

/** "a red mug", "two red mugs", 一个红色的杯子. */
export function countedName(thing: Named, language: Language, count = 1): string {
  if (language === "zh") return `${numberWord(count, "zh")}${measureOf(thing.kind)}${plainName(thing, "zh")}`;
  return count === 1
    ? withArticle(plainName(thing, "en"))
    : `${numberWord(count, "en")} ${plainName(thing, "en", count)}`;
}

/** Things of one kind in one phrase: "two red mugs", "three blocks (two red and one blue)". */
function kindPhrase(kind: Kind, things: readonly Named[], language: Language): string {
  const colors = countBy(things.map(({ color }) => color));
  if (colors.length === 1) return countedName({ kind, color: colors[0][0] }, language, things.length);
  const known = colors.filter((entry): entry is readonly [Color, number] => entry[0] !== undefined);
  // Two different ones read better by themselves: "a red and a blue mug".
  if (things.length === 2 && known.length === 2) {
    const [a, b] = known.map(([color]) => color);
    return language === "en"
      ? `${withArticle(colorWord(a, "en"))} and ${withArticle(colorWord(b, "en"))} ${nounOf(kind, "en")}`
      : `${colorWord(a, "zh")}和${colorWord(b, "zh")}的${nounOf(kind, "zh")}各一${measureOf(kind)}`;
  }
  const whole = countedName({ kind }, language, things.length);
  const parts = known.map(([color, count]) =>
    language === "en"
      ? `${numberWord(count, "en")} ${colorWord(color, "en")}`
      : `${numberWord(count, "zh")}${measureOf(kind)}${colorWord(color, "zh")}`,
  );
  if (parts.length === 0) return whole;
  return language === "en" ? `${whole} (${listed(parts, "en")})` : `${whole}（${listed(parts, "zh")}）`;
}

/** All of them in one list, each kind once, in the order in which kinds first appear. */
export function namedTogether(things: readonly Named[], language: Language): string {
  const kinds = [...new Set(things.map(({ kind }) => kind))];
  const phrases = kinds.map((kind) =>
    kindPhrase(
      kind,
      things.filter((thing) => thing.kind === kind),
      language,
    ),
  );
  return listed(phrases, language);
}

/** Values with how often they occur, in the order of first occurrence. */
export function countBy<T>(values: readonly T[]): readonly (readonly [value: T, count: number])[] {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts];
}
