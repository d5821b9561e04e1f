import type { KnownThing } from "../known-things.js";
import { capitalised, stateWord, type Language } from "../language.js";
import { countedName, plainName } from "../name-things.js";
import { hasCounter, inPlace, isPlace, placeName, placeOf } from "../places.js";

/** All that is surely seen at one moment. */
export interface Moment {
  /** Milliseconds from the clip's start. */
  readonly timeMs: number;
  readonly things: readonly KnownThing[];
}

export interface Change {
  readonly timeMs: number;
  readonly text: string;
}

/** A thing has to be missing, or somewhere else, in as many moments in a row to count as gone or moved; the last may stand alone. */
const STEADY = 2;

/** What is different from moment to moment: drawers that open, things that come, go, or are somewhere else. */
export function sceneChanges(moments: readonly Moment[], language: Language): readonly Change[] {
  return [...drawerChanges(moments, language), ...thingChanges(moments, language)].sort((a, b) => a.timeMs - b.timeMs);
}

function drawerChanges(moments: readonly Moment[], language: Language): readonly Change[] {
  const changes: Change[] = [];
  const states = new Map<string, string>();
  for (const [index, { timeMs, things }] of moments.entries()) {
    for (const drawer of things.filter(({ kind, state }) => kind === "drawer" && state !== undefined)) {
      const name = placeName(drawer, things, language);
      const state = drawer.state === "closed" ? "closed" : "open";
      const before = states.get(name);
      if (before === state) continue;
      const isSteady = moments
        .slice(index, index + STEADY)
        .every((moment) => stateAt(moment, name, language) !== opposite(state));
      if (!isSteady) continue;
      states.set(name, state);
      if (before === undefined) continue;
      const word = stateWord(state === "open" ? "open" : "closed", language);
      const text = language === "en" ? `the ${name} is ${word}` : `${name}是${word}`;
      changes.push({ timeMs, text });
    }
  }
  return changes;
}

const opposite = (state: "open" | "closed"): "open" | "closed" => (state === "open" ? "closed" : "open");

function stateAt({ things }: Moment, name: string, language: Language): "open" | "closed" | undefined {
  const drawer = things.find((thing) => thing.kind === "drawer" && placeName(thing, things, language) === name);
  return drawer?.state === undefined ? undefined : drawer.state === "closed" ? "closed" : "open";
}

/** Only things of which there is never more than one at a time: two of a kind cannot be told from each other here. */
function thingChanges(moments: readonly Moment[], language: Language): readonly Change[] {
  const names = new Set(moments.flatMap(({ things }) => things.filter((thing) => !isPlace(thing)).map(nameOf)));
  const single = [...names].filter((name) =>
    moments.every(({ things }) => things.filter((thing) => !isPlace(thing) && nameOf(thing) === name).length < 2),
  );
  return single.flatMap((name) => changesOf(name, moments, language));
}

const nameOf = (thing: KnownThing): string => plainName(thing, "en");

interface Standing {
  readonly thing: KnownThing;
  readonly where: string;
}

function changesOf(name: string, moments: readonly Moment[], language: Language): readonly Change[] {
  const standings = moments.map(({ things }): Standing | undefined => {
    const thing = things.find((each) => !isPlace(each) && nameOf(each) === name);
    return thing === undefined ? undefined : { thing, where: whereOf(thing, things, language) };
  });
  const changes: Change[] = [];
  let now = standings.find((standing) => standing !== undefined);
  let isThere = standings[0] !== undefined;
  for (const [index, standing] of standings.entries()) {
    if (index === 0) continue;
    const steady = standings.slice(index, index + STEADY);
    const { timeMs } = moments[index];
    if (standing === undefined) {
      if (!isThere || now === undefined || steady.some((each) => each !== undefined)) continue;
      isThere = false;
      changes.push({ timeMs, text: gone(now.thing, language) });
    } else if (!isThere) {
      if (steady.some((each) => each === undefined)) continue;
      isThere = true;
      const same = now !== undefined && now.where === standing.where;
      now = standing;
      if (!same || changes.length > 0) changes.push({ timeMs, text: appears(standing, language) });
    } else if (now !== undefined && now.where !== standing.where) {
      if (steady.some((each) => each?.where !== standing.where)) continue;
      now = standing;
      changes.push({ timeMs, text: moved(standing, language) });
    }
  }
  return changes;
}

function whereOf(thing: KnownThing, things: readonly KnownThing[], language: Language): string {
  const place = placeOf(thing, things);
  if (place !== undefined) {
    // "In the open drawer" and "in the half-open drawer" are one place.
    const name = placeName(place, things, language);
    if (place.kind === "drawer") return language === "en" ? `in the ${name}` : `${name}里`;
    return inPlace(place, things, language);
  }
  if (!hasCounter(things)) return "";
  return language === "en" ? "on the counter" : "台面上";
}

const gone = (thing: KnownThing, language: Language): string =>
  language === "en" ? `the ${plainName(thing, "en")} is no longer seen` : `${plainName(thing, "zh")}看不到了`;

const appears = ({ thing, where }: Standing, language: Language): string =>
  language === "en"
    ? `${countedName(thing, "en")} is seen${where === "" ? "" : ` ${where}`}`
    : `${where === "" ? "" : where}出现了${countedName(thing, "zh")}`;

const moved = ({ thing, where }: Standing, language: Language): string =>
  language === "en"
    ? `the ${plainName(thing, "en")} is ${where === "" ? "somewhere else" : where}`
    : `${plainName(thing, "zh")}${where === "" ? "换了地方" : `在${where}`}`;

/** "At 3.2 s the left drawer is open." */
export function tellChanges(changes: readonly Change[], language: Language): string {
  const seconds = (timeMs: number): string => (timeMs / 1000).toFixed(1);
  const told = changes.map(({ timeMs, text }) =>
    language === "en" ? `at ${seconds(timeMs)} s ${text}` : `第${seconds(timeMs)}秒，${text}`,
  );
  if (told.length === 0) return "";
  return language === "en" ? `${capitalised(told.join("; "))}.` : `${told.join("；")}。`;
}
