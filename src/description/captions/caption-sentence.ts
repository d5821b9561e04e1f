import type { KnownThing } from "../known-things.js";
import { capitalised, listed, stateWord, type Language } from "../language.js";
import { countedName, namedTogether } from "../name-things.js";
import { hasCounter, inPlace, placeName } from "../places.js";
import { groupByPlace, type PlaceGroup } from "./group-by-place.js";

/** One sentence about all that is surely seen. */
export function captionSentence(all: readonly KnownThing[], language: Language): string {
  const groups = groupByPlace(all).flatMap((group) => besideSink(group, all));
  const rest = emptyPlaces(all, groups, language);
  if (groups.length === 0 && rest === "") {
    return language === "en" ? "Nothing that I know can be seen." : "看不到我认识的东西。";
  }
  return language === "en" ? inEnglish(groups, all, rest) : inChinese(groups, all, rest);
}

interface Group extends PlaceGroup {
  readonly beside?: "left-of-sink";
}

/** Things on the worktop beyond the sink's left rim are told as such: there the sink divides the counter. */
function besideSink(group: PlaceGroup, all: readonly KnownThing[]): readonly Group[] {
  const sink = all.find(({ kind }) => kind === "sink");
  if (group.place !== undefined || sink === undefined) return [group];
  const { center, sizeM } = sink.detection.extentInBase;
  const isLeft = ({ detection }: KnownThing): boolean => detection.extentInBase.center[1] > center[1] + sizeM[1] / 2;
  const left = group.things.filter(isLeft);
  const others = group.things.filter((thing) => !isLeft(thing));
  return [
    ...(left.length > 0 ? [{ things: left, beside: "left-of-sink" } as const] : []),
    ...(others.length > 0 ? [{ things: others }] : []),
  ];
}

function inEnglish(groups: readonly Group[], all: readonly KnownThing[], rest: string): string {
  const parts = groups.map(({ place, things, beside }) => {
    const names = namedTogether(things, "en");
    if (beside !== undefined) return `${names} left of the sink`;
    if (place === undefined) return hasCounter(all) ? `${names} on the counter` : names;
    return place.kind === "drawer" ? `${inPlace(place, all, "en")} ${names}` : `${names} ${inPlace(place, all, "en")}`;
  });
  const told = parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")}, and ${parts[parts.length - 1]}`;
  return capitalised(`${[told, rest].filter((part) => part !== "").join("; ")}.`);
}

function inChinese(groups: readonly Group[], all: readonly KnownThing[], rest: string): string {
  const parts = groups.map(({ place, things, beside }) => {
    const names = namedTogether(things, "zh");
    if (beside !== undefined) return `水槽左边有${names}`;
    if (place === undefined) return hasCounter(all) ? `台面上有${names}` : `有${names}`;
    return `${inPlace(place, all, "zh")}有${names}`;
  });
  return `${[parts.join("，"), rest].filter((part) => part !== "").join("；")}。`;
}

/** Drawers that hold nothing, with their state; sinks and shelves only where there is nothing else to tell. */
export function emptyPlaces(all: readonly KnownThing[], groups: readonly PlaceGroup[], language: Language): string {
  const empty = all.filter((each) => !groups.some(({ place }) => place === each));
  const drawers = empty.filter(({ kind, state }) => kind === "drawer" && state !== undefined);
  const told = drawersTold(drawers, all, language);
  if (groups.length > 0 || told !== "") return told;
  const bare = empty.filter(({ kind }) => kind === "sink" || kind === "shelf");
  if (bare.length === 0) return "";
  const names = listed(
    bare.map((place) => countedName(place, language)),
    language,
  );
  return language === "en" ? names : `有${names}`;
}

function drawersTold(drawers: readonly KnownThing[], all: readonly KnownThing[], language: Language): string {
  const [a, b] = drawers;
  if (a === undefined) return "";
  if (drawers.length === 2 && a.state === b.state && a.state !== undefined) {
    return language === "en"
      ? `both drawers are ${stateWord(a.state, "en")}`
      : `两个抽屉都是${stateWord(a.state, "zh")}`;
  }
  const each = drawers.flatMap((drawer) =>
    drawer.state === undefined
      ? []
      : [
          language === "en"
            ? `the ${placeName(drawer, all, "en")} is ${stateWord(drawer.state, "en")}`
            : `${placeName(drawer, all, "zh")}是${stateWord(drawer.state, "zh")}`,
        ],
  );
  return language === "en" ? listed(each, "en") : each.join("，");
}
