import { holdsRelation } from "../../planning/reference/spatial-relation.js";
import type { KnownThing } from "../known-things.js";
import { capitalised, listed, stateWord } from "../language.js";
import { isPlace } from "../places.js";
import { statesOf } from "../../planning/program/condition.js";
import type { Question } from "../questions/question.js";
import { definite, definiteList, indefiniteList, notSeen } from "./say-thing.js";
import type { SceneAnswer } from "./scene-answer.js";
import { fitting, idsOf, leastSure, type SeenScene } from "./seen-scene.js";

type Asked = Extract<Question, { ask: "state" | "empty" }>;

/** Open or closed, empty or not. */
export function answerDrawers(question: Asked, seen: SeenScene): SceneAnswer {
  const { language } = seen;
  const found = fitting(question.what, seen);
  if (found.length === 0) return notSeen(question.what, seen);
  if (question.ask === "empty") return emptiness(found, seen);
  const stated = found.filter(({ state }) => state !== undefined);
  if (stated.length === 0) {
    const names = definiteList(found, seen);
    const text = language === "en" ? `I cannot tell whether ${names} is open.` : `我看不出${names}是否打开。`;
    return { text, confidence: 0.5, about: idsOf(found) };
  }
  const confidence = leastSure(stated) * Math.min(...stated.map(({ stateProbability = 1 }) => stateProbability));
  const about = idsOf(stated);
  const told = listed(
    stated.map((drawer) => {
      const state = stateWord(drawer.state ?? "closed", language);
      return language === "en" ? `${definite(drawer, seen)} is ${state}` : `${definite(drawer, seen)}是${state}`;
    }),
    language,
  );
  if (question.said === undefined) {
    const value = [...new Set(stated.map(({ state }) => state))].join(", ");
    return { text: `${capitalised(told)}${language === "en" ? "." : "。"}`, value, confidence, about };
  }
  const meant = statesOf(question.said, { negated: false });
  const value = stated.every(({ state }) => state !== undefined && meant.includes(state));
  const word = language === "en" ? (value ? "Yes" : "No") : value ? "是的" : "不是";
  return { text: language === "en" ? `${word}, ${told}.` : `${word}，${told}。`, value, confidence, about };
}

function emptiness(places: readonly KnownThing[], seen: SeenScene): SceneAnswer {
  const { language, things } = seen;
  const [place] = places;
  if (place.kind === "drawer" && place.state === "closed") {
    const name = definite(place, seen);
    const text = language === "en" ? `I cannot see into ${name}: it is closed.` : `${name}是关着的，我看不到里面。`;
    return { text, confidence: place.confidence, about: idsOf([place]) };
  }
  const inside = things.filter(
    (thing) =>
      !isPlace(thing) &&
      places.some((each) => each !== thing && holdsRelation("from", thing.detection, [each.detection])),
  );
  const value = inside.length === 0;
  const names = indefiniteList(inside, seen);
  const text =
    language === "en"
      ? value
        ? "Yes, I see nothing in it."
        : `No, there ${inside.length === 1 ? "is" : "are"} ${names} in it.`
      : value
        ? "是的，里面没有东西。"
        : `不是，里面有${names}。`;
  return { text, value, confidence: leastSure([...places, ...inside]), about: idsOf(value ? places : inside) };
}
