import type { KnownThing } from "../known-things.js";
import { capitalised, lengthOf, type Language } from "../language.js";
import { countedName, namedTogether, plainName } from "../name-things.js";
import { hasCounter, inPlace, isPlace } from "../places.js";
import { clearNeighbours } from "../neighbours.js";
import { captionSentence, emptyPlaces } from "./caption-sentence.js";
import { groupByPlace } from "./group-by-place.js";

/** At most so many relations are told: a paragraph, no list. */
const MOST_RELATIONS = 3;

/** Several sentences: what there is and where, how things lie to each other, what the drawers are like, what is nearest. */
export function captionParagraph(all: readonly KnownThing[], language: Language): string {
  const groups = groupByPlace(all);
  const movable = all.filter((thing) => !isPlace(thing));
  if (movable.length === 0) return captionSentence(all, language);
  const sentences = groups.map(({ place, things }) => {
    const where =
      place === undefined
        ? hasCounter(all)
          ? language === "en"
            ? "on the counter"
            : "台面上"
          : ""
        : inPlace(place, all, language);
    const names = namedTogether(things, language);
    if (language === "zh") return `${where}有${names}。`;
    const verb = things.length === 1 ? "is" : "are";
    return where === "" ? `There ${verb} ${names}.` : `${capitalised(where)} there ${verb} ${names}.`;
  });
  const surface = groups.find(({ place }) => place === undefined)?.things ?? [];
  sentences.push(...relationsTold(surface, language));
  const drawers = emptyPlaces(all, groups, language);
  if (drawers !== "") sentences.push(language === "en" ? `${capitalised(drawers)}.` : `${drawers}。`);
  const nearest = nearestTold(movable, language);
  if (nearest !== undefined) sentences.push(nearest);
  return sentences.join(language === "en" ? " " : "");
}

function relationsTold(surface: readonly KnownThing[], language: Language): readonly string[] {
  const isNamedOnce = (thing: KnownThing): boolean =>
    surface.filter(({ kind, color }) => kind === thing.kind && color === thing.color).length === 1;
  return clearNeighbours(surface.filter(isNamedOnce))
    .slice(0, MOST_RELATIONS)
    .map(({ thing, relation, anchor }) => {
      const [a, b] = [plainName(thing, language), plainName(anchor, language)];
      if (language === "en") return `The ${a} is ${ENGLISH[relation]} the ${b}.`;
      return `${a}在${b}${CHINESE[relation]}。`;
    });
}

const ENGLISH = {
  "left-of": "left of",
  "right-of": "right of",
  "front-of": "in front of",
  behind: "behind",
} as const;
const CHINESE = { "left-of": "的左边", "right-of": "的右边", "front-of": "的前面", behind: "的后面" } as const;

function nearestTold(movable: readonly KnownThing[], language: Language): string | undefined {
  if (movable.length < 2) return undefined;
  const range = ({ detection: { extentInBase } }: KnownThing): number =>
    Math.hypot(extentInBase.center[0], extentInBase.center[1]);
  const [first, second] = [...movable].sort((a, b) => range(a) - range(b));
  if (range(second) - range(first) < 0.03) return undefined;
  const metres = lengthOf(range(first), language);
  return language === "en"
    ? `Nearest to the robot is ${countedName(first, "en")}, ${metres} away.`
    : `离机器人最近的是${countedName(first, "zh")}，距离${metres}。`;
}
