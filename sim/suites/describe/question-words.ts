import type { Language } from "../../tasks/episode.js";

// How people ask, in a handful of ways each.

type Templates = Readonly<Record<Language, readonly string[]>>;

/** {a}: with an indefinite article, {x}: the bare noun, {xs}: its plural, {y}: another bare noun. */
export const PRESENCE: Templates = {
  en: [
    "Is there {a} in the picture?",
    "Do you see {a}?",
    "Can you see {a} here?",
    "Is there {a}?",
    "Are there any {xs}?",
    "Does the image show {a}?",
  ],
  zh: ["图里有{x}吗？", "有没有{x}？", "你能看到{x}吗？", "画面中有{x}吗？", "这里有{x}吗？"],
};

export const COUNT: Templates = {
  en: [
    "How many {xs} are there?",
    "How many {xs} do you see?",
    "How many {xs} are in the picture?",
    "What is the number of {xs}?",
    "Count the {xs}.",
  ],
  zh: ["有几个{x}？", "有多少个{x}？", "图里有几个{x}？", "{x}有几个？", "你看到几个{x}？"],
};

export const COLOR: Templates = {
  en: [
    "What color is the {x}?",
    "What colour is the {x}?",
    "What is the color of the {x}?",
    "Which color does the {x} have?",
    "Tell me the color of the {x}.",
  ],
  zh: ["{x}是什么颜色的？", "{x}是什么颜色？", "{x}的颜色是什么？", "图里的{x}是什么颜色？"],
};

type Relation = "left-of" | "right-of" | "front-of" | "behind" | "next-to" | "in" | "on";

export const RELATION: Readonly<Record<Language, Readonly<Record<Relation, readonly string[]>>>> = {
  en: {
    "left-of": ["Is the {x} left of the {y}?", "Is the {x} to the left of the {y}?"],
    "right-of": ["Is the {x} right of the {y}?", "Is the {x} on the right side of the {y}?"],
    "front-of": ["Is the {x} in front of the {y}?"],
    behind: ["Is the {x} behind the {y}?"],
    "next-to": ["Is the {x} next to the {y}?", "Is the {x} beside the {y}?"],
    in: ["Is the {x} in the {y}?", "Is the {x} inside the {y}?"],
    on: ["Is the {x} on the {y}?", "Is the {x} standing on the {y}?"],
  },
  zh: {
    "left-of": ["{x}在{y}的左边吗？", "{x}是不是在{y}左边？"],
    "right-of": ["{x}在{y}的右边吗？", "{x}在{y}右侧吗？"],
    "front-of": ["{x}在{y}的前面吗？"],
    behind: ["{x}在{y}后面吗？"],
    "next-to": ["{x}在{y}旁边吗？"],
    in: ["{x}在{y}里吗？", "{x}在{y}里面吗？"],
    on: ["{x}在{y}上吗？", "{x}是不是在{y}上面？"],
  },
};

export const LEFT_OR_RIGHT: Templates = {
  en: ["Is the {x} to the left or to the right of the {y}?", "Is the {x} left or right of the {y}?"],
  zh: ["{x}在{y}的左边还是右边？"],
};

const plural = (noun: string): string => (/(?:s|x|sh|ch)$/u.test(noun) ? `${noun}es` : `${noun}s`);
const article = (noun: string): string => `${/^[aeiou]/u.test(noun) ? "an" : "a"} ${noun}`;

/** A template with its slots filled. */
export function fillQuestion(template: string, { x, y = "" }: { readonly x: string; readonly y?: string }): string {
  return template
    .replaceAll("{xs}", x === "shelf" ? "shelves" : plural(x))
    .replaceAll("{a}", article(x))
    .replaceAll("{x}", x)
    .replaceAll("{y}", y);
}
