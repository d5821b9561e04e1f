import type { ReferringExpression } from "../../planning/reference/referring-expression.js";
import type { KnownThing } from "../known-things.js";
import { listed, nounOf, withArticle, type Language } from "../language.js";
import { namedTogether, plainName } from "../name-things.js";
import { inPlace, isPlace, placeName, placeOf } from "../places.js";
import { NOT_SEEN_CONFIDENCE, type SceneAnswer } from "./scene-answer.js";
import { idsOf, leastSure, type SeenScene } from "./seen-scene.js";

/** The thing with as much as tells it from the others in view: "the red mug", "the red mug on the shelf". */
export function definite(thing: KnownThing, { things, language }: SeenScene): string {
  if (thing.kind === "drawer")
    return language === "en" ? `the ${placeName(thing, things, "en")}` : placeName(thing, things, "zh");
  const alike = things.filter(({ kind, color }) => kind === thing.kind && color === thing.color);
  const place = alike.length > 1 ? placeOf(thing, things) : undefined;
  const name = plainName(thing, language);
  if (place === undefined) return language === "en" ? `the ${name}` : name;
  const where = inPlace(place, things, language);
  return language === "en" ? `the ${name} ${where}` : `${where}的${name}`;
}

export const definiteList = (some: readonly KnownThing[], seen: SeenScene): string =>
  listed(
    some.map((thing) => definite(thing, seen)),
    seen.language,
  );

/** "a red mug and two cans". */
export const indefiniteList = (some: readonly KnownThing[], seen: SeenScene): string =>
  namedTogether(some, seen.language);

/** What was asked for, as it was said, with an article where English wants one: "a red mug". */
export function asSaid({ text, kinds, colors, surface }: ReferringExpression, language: Language): string {
  if (language === "zh") return text.replace(/^(?:一个|任何|那个|这个)/u, "");
  const plain = text.replace(/^(?:the|a|an|any|some) /u, "");
  if (surface !== undefined) return `the ${plain}`;
  // "mugs" needs none.
  const isPlural = kinds.length === 1 && plain.split(" ").includes(nounOf(kinds[0], "en", 2));
  if (isPlural || /^(?:things?|anything|it|them)\b/u.test(plain)) return plain.replace(/^things?\b/u, "anything");
  return colors.length > 0 || kinds.length > 0 ? withArticle(plain) : `the ${plain}`;
}

/** "I do not see ...", with what comes nearest to it. */
export function notSeen(what: ReferringExpression, seen: SeenScene, value?: SceneAnswer["value"]): SceneAnswer {
  const { language, things } = seen;
  const said = asSaid(what, language);
  const near = what.colors.length === 0 ? [] : things.filter(({ kind }) => what.kinds.includes(kind));
  const instead = near.length === 0 ? "" : indefiniteList(near.slice(0, 3), seen);
  const text =
    language === "en"
      ? `I do not see ${said === "anything" ? "anything" : said}${instead === "" ? "" : `, only ${instead}`}.`
      : `我没有看到${said}${instead === "" ? "" : `，只看到${instead}`}。`;
  return {
    text,
    confidence: NOT_SEEN_CONFIDENCE,
    about: idsOf(near),
    ...(value === undefined ? {} : { value }),
  };
}

/** For a question that means one thing and fits several: says which there are. */
export function several(some: readonly KnownThing[], seen: SeenScene): SceneAnswer {
  const { language } = seen;
  const names = indefiniteList(some, seen);
  return {
    text: language === "en" ? `Several fit: ${names}. Which one is meant?` : `有好几个：${names}。您指的是哪一个？`,
    confidence: leastSure(some) * 0.5,
    about: idsOf(some),
  };
}

/** "on the counter, left of the sink": where a thing is, in words. */
export function whereabouts(thing: KnownThing, { things, language }: SeenScene): string | undefined {
  const place = placeOf(thing, things);
  if (place !== undefined) return inPlace(place, things, language);
  if (isPlace(thing) || !things.some(isPlace)) return undefined;
  return language === "en" ? "on the counter" : "台面上";
}
