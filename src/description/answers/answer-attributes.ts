import type { KnownThing } from "../known-things.js";
import { capitalised, colorWord, listed, numberWord } from "../language.js";
import { countBy } from "../name-things.js";
import type { Question } from "../questions/question.js";
import { definite, indefiniteList, notSeen } from "./say-thing.js";
import type { SceneAnswer } from "./scene-answer.js";
import { fitting, idsOf, leastSure, type SeenScene } from "./seen-scene.js";

type Asked = Extract<Question, { ask: "color" | "is-color" }>;

/** Of which colour something is. */
export function answerAttributes(question: Asked, seen: SeenScene): SceneAnswer {
  const { language } = seen;
  const found = fitting(question.what, seen);
  if (found.length === 0) return notSeen(question.what, seen);
  const colored = found.filter(({ color }) => color !== undefined);
  if (colored.length === 0) {
    const it = definite(found[0], seen);
    const text = language === "en" ? `I cannot tell the colour of ${it}.` : `我看不出${it}的颜色。`;
    return { text, confidence: 0.5, about: idsOf(found) };
  }
  const about = idsOf(colored);
  const confidence = leastSure(colored) * Math.min(...colored.map(({ colorProbability = 1 }) => colorProbability));
  const words = countBy(colored.map(({ color }) => color)).flatMap(([color]) => (color === undefined ? [] : [color]));
  const said = listed(
    words.map((color) => colorWord(color, language)),
    language,
  );
  if (question.ask === "color") {
    const value = words.join(", ");
    if (words.length === 1) {
      const one = colored.length === 1;
      const subject = one ? capitalised(definite(colored[0], seen)) : both(colored, seen);
      const text =
        language === "en" ? `${subject} ${one ? "is" : "are"} ${said}.` : `${subject}${one ? "是" : "都是"}${said}的。`;
      return { text, value, confidence, about };
    }
    const names = indefiniteList(colored, seen);
    return { text: language === "en" ? `I see ${names}.` : `我看到${names}。`, value, confidence, about };
  }
  const fits = colored.filter(({ color }) => color !== undefined && question.colors.includes(color));
  const value = question.colors.length === 1 ? fits.length === colored.length : words.join(", ");
  const isSo = value === true;
  const subject = colored.length === 1 ? "it is" : "they are";
  if (question.colors.length > 1) {
    return { text: language === "en" ? `${capitalised(said)}.` : `${said}的。`, value, confidence, about };
  }
  const text =
    language === "en" ? `${isSo ? "Yes" : "No"}, ${subject} ${said}.` : `${isSo ? "是的" : "不是"}，是${said}的。`;
  return { text, value, confidence, about };
}

function both(things: readonly KnownThing[], { language }: SeenScene): string {
  if (language === "zh") return `这${numberWord(things.length, "zh")}个`;
  return things.length === 2 ? "Both" : `All ${numberWord(things.length, "en")}`;
}
