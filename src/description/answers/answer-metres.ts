import { distance } from "../../domain/geometry/vec3.js";
import { meanEdge } from "../../planning/reference/narrow.js";
import type { KnownThing } from "../known-things.js";
import { capitalised, lengthOf } from "../language.js";
import type { Comparison, Question } from "../questions/question.js";
import { definite, notSeen, several } from "./say-thing.js";
import type { SceneAnswer } from "./scene-answer.js";
import { fitting, idsOf, leastSure, type SeenScene } from "./seen-scene.js";

type Asked = Extract<Question, { ask: "size" | "distance" | "compare" | "which-of" }>;

const ENGLISH: Readonly<Record<Comparison, string>> = {
  biggest: "bigger",
  smallest: "smaller",
  tallest: "taller",
  shortest: "shorter",
  nearest: "nearer",
  farthest: "farther",
};
const CHINESE: Readonly<Record<Comparison, string>> = {
  biggest: "大",
  smallest: "小",
  tallest: "高",
  shortest: "矮",
  nearest: "近",
  farthest: "远",
};
/** Values within this share of each other are told as equal. */
const EQUAL_SHARE = 0.05;

/** How big, how far, and which of two is more so. Metres come from depth and calibration. */
export function answerMetres(question: Asked, seen: SeenScene): SceneAnswer {
  const found = fitting(question.what, seen);
  if (found.length === 0) return notSeen(question.what, seen);
  if (found.length > 1) return several(found, seen);
  const [thing] = found;
  if (question.ask === "size") return sizeOf(thing, question.measure, seen);
  if (question.ask === "distance" && question.to === undefined) return fromRobot(thing, seen);
  const to = question.to;
  if (to === undefined) return fromRobot(thing, seen);
  const others = fitting(to, seen).filter((other) => other !== thing);
  if (others.length === 0) return notSeen(to, seen);
  if (others.length > 1) return several(others, seen);
  const [other] = others;
  return question.ask === "distance" ? apart(thing, other, seen) : compared(question, [thing, other], seen);
}

function fromRobot(thing: KnownThing, seen: SeenScene): SceneAnswer {
  const [x, y] = thing.detection.extentInBase.center;
  const metres = Math.hypot(x, y);
  const name = definite(thing, seen);
  const length = lengthOf(metres, seen.language);
  return {
    text:
      seen.language === "en"
        ? `${capitalised(name)} is ${length} from the robot's base.`
        : `${name}离机器人底座${length}。`,
    value: rounded(metres),
    confidence: thing.confidence,
    about: idsOf([thing]),
  };
}

function apart(a: KnownThing, b: KnownThing, seen: SeenScene): SceneAnswer {
  const metres = distance(a.detection.extentInBase.center, b.detection.extentInBase.center);
  const [first, second] = [definite(a, seen), definite(b, seen)];
  const length = lengthOf(metres, seen.language);
  return {
    text:
      seen.language === "en"
        ? `The middles of ${first} and ${second} are ${length} apart.`
        : `${first}和${second}的中心相距${length}。`,
    value: rounded(metres),
    confidence: leastSure([a, b]),
    about: idsOf([a]),
  };
}

function sizeOf(thing: KnownThing, measure: "size" | "height" | "width" | "length", seen: SeenScene): SceneAnswer {
  const { language } = seen;
  const [x, y, z] = thing.detection.extentInBase.sizeM;
  const [long, short] = [Math.max(x, y), Math.min(x, y)];
  const name = definite(thing, seen);
  const about = idsOf([thing]);
  const { confidence } = thing;
  if (measure === "size") {
    const [a, b, c] = [long, short, z].map((metres) => lengthOf(metres, language));
    const text =
      language === "en"
        ? `${capitalised(name)} is about ${a} by ${b} and ${c} high.`
        : `${name}大约长${a}、宽${b}、高${c}。`;
    return { text, value: `${rounded(long)} x ${rounded(short)} x ${rounded(z)} m`, confidence, about };
  }
  const metres = { height: z, width: short, length: long }[measure];
  const word = { height: ["high", "高"], width: ["wide", "宽"], length: ["long", "长"] }[measure];
  const length = lengthOf(metres, language);
  const text =
    language === "en" ? `${capitalised(name)} is about ${length} ${word[0]}.` : `${name}大约${word[1]}${length}。`;
  return { text, value: rounded(metres), confidence, about };
}

/** Larger is more so. */
const MEASURES: Readonly<Record<Comparison, (thing: KnownThing) => number>> = {
  biggest: ({ detection }) => meanEdge(detection),
  smallest: ({ detection }) => -meanEdge(detection),
  tallest: ({ detection }) => detection.extentInBase.sizeM[2],
  shortest: ({ detection }) => -detection.extentInBase.sizeM[2],
  nearest: ({ detection: { extentInBase: e } }) => -Math.hypot(e.center[0], e.center[1]),
  farthest: ({ detection: { extentInBase: e } }) => Math.hypot(e.center[0], e.center[1]),
};

function compared(
  { ask, by }: Extract<Asked, { ask: "compare" | "which-of" }>,
  [a, b]: readonly [KnownThing, KnownThing],
  seen: SeenScene,
): SceneAnswer {
  const { language } = seen;
  const measure = MEASURES[by];
  const [first, second] = [measure(a), measure(b)];
  const isEqual = Math.abs(first - second) < EQUAL_SHARE * Math.max(Math.abs(first), Math.abs(second));
  const confidence = leastSure([a, b]) * (isEqual ? 0.7 : 1);
  const about = idsOf([first >= second ? a : b]);
  if (isEqual) {
    const text = language === "en" ? "They are about equal." : "它们差不多。";
    return { text, value: ask === "compare" ? false : "equal", confidence, about: idsOf([a, b]) };
  }
  const [more, less] = first > second ? [a, b] : [b, a];
  const sentence =
    language === "en"
      ? `${definite(more, seen)} is ${ENGLISH[by]} than ${definite(less, seen)}`
      : `${definite(more, seen)}比${definite(less, seen)}${CHINESE[by]}`;
  if (ask === "which-of") {
    return {
      text: `${capitalised(sentence)}${language === "en" ? "." : "。"}`,
      value: definite(more, seen),
      confidence,
      about,
    };
  }
  const value = more === a;
  const word = language === "en" ? (value ? "Yes" : "No") : value ? "是的" : "不是";
  return { text: language === "en" ? `${word}, ${sentence}.` : `${word}，${sentence}。`, value, confidence, about };
}

const rounded = (metres: number): number => Number(metres.toFixed(3));
