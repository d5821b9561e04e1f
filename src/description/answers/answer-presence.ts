import { nounOf, numberWord, stateWord } from "../language.js";
import type { Question } from "../questions/question.js";
import type { KnownThing } from "../known-things.js";
import { countedName } from "../name-things.js";
import { definite, indefiniteList, notSeen, whereabouts } from "./say-thing.js";
import { NOT_SEEN_CONFIDENCE, type SceneAnswer } from "./scene-answer.js";
import { fitting, idsOf, leastSure, type SeenScene } from "./seen-scene.js";

type Asked = Extract<Question, { ask: "presence" | "count" | "which" | "is-kind" }>;

/** Is it there, how many are there, which one is it, what is it. */
export function answerPresence(question: Asked, seen: SeenScene): SceneAnswer {
  const { what } = question;
  const found = fitting(what, seen);
  const { language } = seen;
  const sure = { confidence: leastSure(found), about: idsOf(found) };
  switch (question.ask) {
    case "presence": {
      if (found.length === 0) {
        const missing = notSeen(what, seen, false);
        return { ...missing, text: `${language === "en" ? "No. " : "没有。"}${missing.text}` };
      }
      // "Are there two mugs?" is not so where there are three.
      if (what.count !== undefined && found.length !== what.count) {
        const told = countText(found, seen);
        return { ...sure, value: false, text: language === "en" ? `No, ${lowerFirst(told)}` : `不是，有${told}` };
      }
      const names = indefiniteList(found, seen);
      const where = found.length === 1 ? whereabouts(found[0], seen) : undefined;
      const place =
        where === undefined || what.relations.length > 0 ? "" : language === "en" ? ` ${where}` : `，在${where}`;
      return {
        ...sure,
        // One that is surely there is enough, whatever the others are.
        confidence: found.reduce((most, { confidence }) => Math.max(most, confidence), 0),
        value: true,
        text: language === "en" ? `Yes, I see ${names}${place}.` : `有，我看到${names}${place}。`,
      };
    }
    case "count": {
      const value = found.length;
      if (value === 0) {
        const none =
          language === "en" ? `None: ${lowerFirst(notSeen(what, seen).text)}` : `没有。${notSeen(what, seen).text}`;
        return { text: none, value, confidence: NOT_SEEN_CONFIDENCE, about: [] };
      }
      return { ...sure, value, text: countText(found, seen) };
    }
    case "which": {
      if (found.length === 0) return notSeen(what, seen);
      const told = found.map((thing) => {
        const where = whereabouts(thing, seen);
        const state = thing.state === undefined ? "" : stateWord(thing.state, language);
        if (thing.state !== undefined) {
          return language === "en"
            ? `${definite(thing, seen)}, which is ${state}`
            : `${definite(thing, seen)}（${state}）`;
        }
        const name = countedName(thing, language);
        if (where === undefined) return name;
        return language === "en" ? `${name} ${where}` : `${where}的${name}`;
      });
      const text =
        language === "en"
          ? `${found.length === 1 ? "It is" : "They are"} ${told.join(" and ")}.`
          : `是${told.join("和")}。`;
      return { ...sure, text, value: found.map(({ kind }) => nounOf(kind, language)).join(", ") };
    }
    case "is-kind": {
      if (found.length === 0) return notSeen(what, seen);
      const value = found.every(({ kind }) => question.kinds.includes(kind));
      const names = indefiniteList(found, seen);
      const text =
        language === "en" ? `${value ? "Yes" : "No"}, it is ${names}.` : `${value ? "是的" : "不是"}，是${names}。`;
      return { ...sure, value, text };
    }
  }
}

/** "Two: a red mug and a blue mug." */
function countText(found: readonly KnownThing[], seen: SeenScene): string {
  const names = indefiniteList(found, seen);
  const number = numberWord(found.length, seen.language);
  if (seen.language === "en") return `${upperFirst(number)}: ${names}.`;
  return `${number === "两" ? "两个" : `${number}个`}：${names}。`;
}

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const lowerFirst = (text: string): string =>
  text.startsWith("I ") ? text : text.charAt(0).toLowerCase() + text.slice(1);
