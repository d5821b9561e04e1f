import type { SpatialRelation } from "../../planning/lexicon/meaning.js";
import { footprintRadius, holdsRelation } from "../../planning/reference/spatial-relation.js";
import type { KnownThing } from "../known-things.js";
import { capitalised, lengthOf, stateWord } from "../language.js";
import { groundDistance, plainRelation } from "../neighbours.js";
import { isPlace, placeOf } from "../places.js";
import type { Question } from "../questions/question.js";
import { asSaid, definite, definiteList, indefiniteList, notSeen, several, whereabouts } from "./say-thing.js";
import type { SceneAnswer } from "./scene-answer.js";
import { fitting, idsOf, leastSure, type SeenScene } from "./seen-scene.js";

type Asked = Extract<Question, { ask: "where" | "related" | "holds" }>;

const ENGLISH: Readonly<Record<SpatialRelation, string>> = {
  "left-of": "left of",
  "right-of": "right of",
  "front-of": "in front of",
  behind: "behind",
  near: "next to",
  in: "in",
  on: "on",
  from: "in",
  under: "under",
  between: "between",
};
const CHINESE: Readonly<Record<SpatialRelation, string>> = {
  "left-of": "左边",
  "right-of": "右边",
  "front-of": "前面",
  behind: "后面",
  near: "旁边",
  in: "里",
  on: "上",
  from: "里",
  under: "下面",
  between: "之间",
};

/** Things beside something are told up to here; what is farther is merely on that side. */
const BESIDE_M = 0.45;
const MOST_TOLD = 6;
/** "Next to" in an answer: nearer than this between outlines. */
const NEXT_TO_M = 0.15;

/** Where something is, what is somewhere, and whether something is where it is said to be. Undefined where nobody could tell. */
export function answerRelations(question: Asked, seen: SeenScene): SceneAnswer | undefined {
  switch (question.ask) {
    case "where":
      return where(question, seen);
    case "related":
      return related(question, seen);
    case "holds":
      return holds(question, seen);
  }
}

function where({ what }: Extract<Asked, { ask: "where" }>, seen: SeenScene): SceneAnswer {
  const { language, things } = seen;
  const found = fitting(what, seen);
  if (found.length === 0) return notSeen(what, seen);
  const told = found.slice(0, MOST_TOLD).map((thing) => {
    const place = whereabouts(thing, seen);
    const beside = nearestTold(thing, things, seen);
    const parts = [place, beside].filter((part) => part !== undefined);
    const away = lengthOf(rangeOf(thing), language);
    const name = definite(thing, { ...seen, things: things.filter((each) => isPlace(each) || found.includes(each)) });
    const subject = place === undefined ? name : plainSubject(thing, seen);
    if (language === "zh") {
      return `${subject}在${parts.length === 0 ? "机器人前方" : parts.join("，")}，离机器人${away}`;
    }
    return `${capitalised(subject)} is ${parts.length === 0 ? "" : `${parts.join(", ")}, `}${away} from the robot`;
  });
  return {
    text: language === "en" ? `${told.join(". ")}.` : `${told.join("；")}。`,
    confidence: leastSure(found),
    about: idsOf(found),
    value: whereabouts(found[0], seen) ?? `${rangeOf(found[0]).toFixed(2)} m`,
  };
}

/** Without its place, which is told anyway. */
const plainSubject = (thing: KnownThing, seen: SeenScene): string =>
  thing.kind === "drawer" ? definite(thing, seen) : definite(thing, { ...seen, things: [thing] });

function nearestTold(thing: KnownThing, things: readonly KnownThing[], seen: SeenScene): string | undefined {
  const place = placeOf(thing, things);
  const others = things
    .filter((other) => other !== thing && other !== place && other.kind !== "drawer" && other.kind !== "shelf")
    .filter((other) => placeOf(other, things) === place || isPlace(other))
    .sort((a, b) => groundDistance(a, thing) - groundDistance(b, thing));
  const anchor = others[0];
  if (anchor === undefined || groundDistance(anchor, thing) > BESIDE_M) return undefined;
  const relation = plainRelation(thing, anchor);
  if (relation === undefined) return undefined;
  const name = definite(anchor, seen);
  return seen.language === "en" ? `${ENGLISH[relation]} ${name}` : `${name}的${CHINESE[relation]}`;
}

const rangeOf = ({ detection: { extentInBase } }: KnownThing): number =>
  Math.hypot(extentInBase.center[0], extentInBase.center[1]);

function related(question: Extract<Asked, { ask: "related" }>, seen: SeenScene): SceneAnswer | undefined {
  const { language, things } = seen;
  const { relation, what, other } = question;
  if (what.surface !== undefined) return onSurface(question, seen);
  const anchors = fitting(what, seen);
  if (anchors.length === 0) return notSeen(what, seen);
  const others = other === undefined ? [] : fitting(other, seen);
  if (other !== undefined && others.length === 0) return notSeen(other, seen);
  const shut = anchors.filter(({ kind, state }) => kind === "drawer" && state === "closed");
  if (relation === "in" && shut.length === anchors.length) {
    const names = definiteList(shut, seen);
    const text =
      language === "en"
        ? `I cannot see into ${names}: ${shut.length === 1 ? "it is" : "they are"} ${stateWord("closed", "en")}.`
        : `${names}是关着的，我看不到里面。`;
    return { text, confidence: leastSure(shut), about: idsOf(shut) };
  }
  const found = relatedThings(relation, anchors, others, things);
  const place = placePhrase(relation, anchors, others, seen);
  const about = idsOf(found);
  if (found.length === 0) {
    const text = language === "en" ? `I see nothing ${place}.` : `我没有看到${place}有东西。`;
    return { text, confidence: leastSure(anchors) * 0.9, about: [], value: 0 };
  }
  const names = indefiniteList(found.slice(0, MOST_TOLD), seen);
  const text =
    language === "en" ? `${capitalised(place)} ${found.length === 1 ? "is" : "are"} ${names}.` : `${place}有${names}。`;
  return { text, confidence: leastSure([...found, ...anchors]), about, value: names };
}

function placePhrase(
  relation: SpatialRelation,
  anchors: readonly KnownThing[],
  others: readonly KnownThing[],
  seen: SeenScene,
): string {
  const first = definiteList(anchors.slice(0, 3), seen);
  const second = others.length === 0 ? undefined : definiteList(others.slice(0, 1), seen);
  if (seen.language === "en") return `${ENGLISH[relation]} ${second === undefined ? first : `${first} and ${second}`}`;
  return `${second === undefined ? first : `${first}和${second}`}${relation === "in" || relation === "on" || relation === "between" ? "" : "的"}${CHINESE[relation]}`;
}

function relatedThings(
  relation: SpatialRelation,
  anchors: readonly KnownThing[],
  others: readonly KnownThing[],
  things: readonly KnownThing[],
): readonly KnownThing[] {
  const isHolding = relation === "in" || relation === "on" || relation === "from";
  const holdsTo = (thing: KnownThing, anchor: KnownThing): boolean => {
    // "What is on the drawer", "in the shelf": people mix them up.
    if (isHolding) return holdsRelation("from", thing.detection, [anchor.detection]);
    if (relation === "near") return gapOf(thing, anchor) < NEXT_TO_M;
    if (relation === "between") {
      return others.some(
        (other) => other !== thing && holdsRelation("between", thing.detection, [anchor.detection, other.detection]),
      );
    }
    if (relation === "under") return holdsRelation("under", thing.detection, [anchor.detection]);
    return plainRelation(thing, anchor) === relation && groundDistance(thing, anchor) < 2 * BESIDE_M;
  };
  const found = things.filter(
    (thing) =>
      !anchors.includes(thing) &&
      !others.includes(thing) &&
      (!isPlace(thing) || relation === "near" || relation === "left-of" || relation === "right-of") &&
      anchors.some((anchor) => holdsTo(thing, anchor)),
  );
  if (isHolding || relation === "between" || relation === "under") return found;
  const [anchor] = anchors;
  return [...found].sort((a, b) => groundDistance(a, anchor) - groundDistance(b, anchor));
}

function gapOf(a: KnownThing, b: KnownThing): number {
  return groundDistance(a, b) - footprintRadius(a.detection.extentInBase) - footprintRadius(b.detection.extentInBase);
}

/** "What is on the counter?": all that is in and on nothing else. */
function onSurface({ relation, what }: Extract<Asked, { ask: "related" }>, seen: SeenScene): SceneAnswer | undefined {
  if (relation !== "on" && relation !== "in") return undefined;
  const { things, language } = seen;
  const found = things.filter((thing) => !isPlace(thing) && placeOf(thing, things) === undefined);
  const ground = asSaid(what, language);
  if (found.length === 0) {
    const text = language === "en" ? `I see nothing on ${ground}.` : `我没有看到${ground}上有东西。`;
    return { text, confidence: 0.9, about: [], value: 0 };
  }
  const names = indefiniteList(found, seen);
  const text =
    language === "en" ? `On ${ground} ${found.length === 1 ? "is" : "are"} ${names}.` : `${ground}上有${names}。`;
  return { text, confidence: leastSure(found), about: idsOf(found), value: names };
}

function holds(question: Extract<Asked, { ask: "holds" }>, seen: SeenScene): SceneAnswer | undefined {
  const { language, things } = seen;
  const { what, relations, anchor, other } = question;
  const found = fitting(what, seen);
  if (found.length === 0) return notSeen(what, seen);
  if (anchor.surface !== undefined) {
    if (relations.length > 1 || (relations[0] !== "on" && relations[0] !== "in")) return undefined;
    const value = found.some((thing) => placeOf(thing, things) === undefined);
    return yesOrNo(value, { about: found, sure: found, told: toldPlace(found[0], seen) }, seen);
  }
  const anchors = fitting(anchor, seen);
  if (anchors.length === 0) return notSeen(anchor, seen);
  const others = other === undefined ? [] : fitting(other, seen);
  if (other !== undefined && others.length === 0) return notSeen(other, seen);
  const sure = [...found, ...anchors, ...others];
  if (relations.length > 1) {
    if (found.length > 1) return several(found, seen);
    if (anchors.length > 1) return several(anchors, seen);
    const so = relations.find((relation) => holdsRelation(relation, found[0].detection, [anchors[0].detection]));
    if (so === undefined) {
      const text = language === "en" ? "Neither: they are level." : "都不是，它们差不多平齐。";
      return { text, value: "neither", confidence: leastSure(sure) * 0.8, about: idsOf(found) };
    }
    const name = definite(anchors[0], seen);
    const text = language === "en" ? `${capitalised(ENGLISH[so])} ${name}.` : `在${name}的${CHINESE[so]}。`;
    return { text, value: so, confidence: leastSure(sure), about: idsOf(found) };
  }
  const [relation] = relations;
  const isSo = found.some((thing) =>
    anchors.some((each) => {
      if (each === thing) return false;
      if (relation === "near") return gapOf(thing, each) < NEXT_TO_M;
      if (relation === "in" || relation === "on") return holdsRelation("from", thing.detection, [each.detection]);
      return holdsRelation(
        relation,
        thing.detection,
        relation === "between" ? [each.detection, ...others.map(({ detection }) => detection)] : [each.detection],
      );
    }),
  );
  const told = isSo
    ? undefined
    : found.length === 1 && anchors.length === 1
      ? instead(found[0], anchors[0], seen)
      : undefined;
  return yesOrNo(isSo, { about: found, sure, told }, seen);
}

/** How it lies instead, where that is plain. */
function instead(thing: KnownThing, anchor: KnownThing, seen: SeenScene): string | undefined {
  const place = placeOf(thing, seen.things);
  if (isPlace(anchor) && place !== anchor) return toldPlace(thing, seen);
  const relation = plainRelation(thing, anchor);
  if (relation === undefined) return undefined;
  const name = definite(anchor, seen);
  return seen.language === "en" ? `it is ${ENGLISH[relation]} ${name}` : `它在${name}的${CHINESE[relation]}`;
}

function toldPlace(thing: KnownThing, seen: SeenScene): string | undefined {
  const place = whereabouts(thing, seen);
  if (place === undefined) return undefined;
  return seen.language === "en" ? `it is ${place}` : `它在${place}`;
}

function yesOrNo(
  value: boolean,
  { about, sure, told }: { about: readonly KnownThing[]; sure: readonly KnownThing[]; told: string | undefined },
  { language }: SeenScene,
): SceneAnswer {
  const word = language === "en" ? (value ? "Yes" : "No") : value ? "是的" : "不是";
  const tail = told === undefined || (value && told === "") ? "" : language === "en" ? `, ${told}` : `，${told}`;
  return {
    text: `${word}${tail}${language === "en" ? "." : "。"}`,
    value,
    confidence: leastSure(sure),
    about: idsOf(about),
  };
}
