import { fail, type Result } from "../../domain/result.js";
import { languageOf } from "../language.js";
import { CHINESE_PATTERNS } from "./chinese-patterns.js";
import { ENGLISH_PATTERNS } from "./english-patterns.js";
import { readByPatterns } from "./pattern.js";
import type { Question } from "./question.js";
import type { QuestionFailure } from "./read-thing.js";

/** As many characters as a question may have. */
const MOST_CHARACTERS = 400;

/** An English or Chinese question to what it asks for. Pure; says which word it could not read. */
export function parseQuestion(text: string): Result<Question, QuestionFailure> {
  if (text.length > MOST_CHARACTERS) {
    return fail("unknown-question", `The question has ${text.length} characters; at most ${MOST_CHARACTERS} are read.`);
  }
  return languageOf(text) === "zh"
    ? readByPatterns(plainChinese(text), CHINESE_PATTERNS)
    : readByPatterns(plainEnglish(text), ENGLISH_PATTERNS);
}

/** A statement as the question whether it is so. */
export function parseStatement(text: string): Result<Question, QuestionFailure> {
  const plain = text.trim().replace(/[.。!！]+$/u, "");
  if (languageOf(plain) === "zh") return parseQuestion(/[吗么?？]$/u.test(plain) ? plain : `${plain}吗`);
  const lower = plain.toLowerCase();
  const there = /^(there) (is|are) (.+)$/u.exec(lower);
  if (there !== null) return parseQuestion(`${there[2]} there ${there[3]}`);
  for (const match of lower.matchAll(/ (is|are|stands|lies|sits) /gu)) {
    const verb = match[1] === "are" ? "are" : "is";
    const asked = parseQuestion(`${verb} ${lower.slice(0, match.index)} ${lower.slice(match.index + match[0].length)}`);
    if (asked.ok) return asked;
  }
  return parseQuestion(lower);
}

/** Lower case, without signs at the end, politeness and "in the picture". */
export function plainEnglish(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll("’", "'")
    .replace(/[?.!]+\s*$/u, "")
    .replace(/\s+/gu, " ")
    .trim()
    .replace(/^(?:hey|hi|hello|ok|okay|robot|please|so|well|now)[, ]+/u, "")
    .replace(/^(?:please )?(?:can|could|would|will) you (?:please )?(?:tell|show) me(?: please)?,? /u, "")
    .replace(
      /^(?:please )?(?:tell me|do you know|i want to know|i wonder|say)(?: (?:if|whether))?,? (?=what|where|how|which|is|are|if|whether|there)/u,
      "",
    )
    .replace(/,? please$/u, "")
    .replace(/ (?:right now|now|currently|exactly|at the moment)\b/gu, "")
    .replace(/ (?:in|on) (?:the|this|that) (?:picture|image|photo|photograph|scene|view|frame|video|clip)\b/gu, "")
    .replace(/(?<=^(?:can|do|is|are|how|count|what) .+) (?:here|anywhere)$/u, "")
    .replace(/^(?:in|on) (?:the|this|that) (?:picture|image|photo|photograph|scene|view|frame|video|clip),? /u, "")
    .trim();
}

/** Without signs, politeness and 图里. */
export function plainChinese(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/^(?:机器人|嗨|你好|那么)[,，、 ]*(?=.)/u, (word) =>
      /[,，、 ]$|^(?:嗨|你好|那么)/u.test(word) ? "" : word,
    )
    .replace(/[\s?？!！。.,，]+/gu, "")
    .replace(/^(?:请问一下|请问|请你告诉我|请告诉我|告诉我|你知道|我想知道|麻烦问一下|请)/u, "")
    .replace(
      /(?:在)?(?:这张|这幅|这个|这)?(?:图片|照片|图像|图|画面|镜头|视野|场景)(?:里面|里头|里|中|上|当中|之中|内)(?:的)?/gu,
      "",
    )
    .replace(/^你(?=能|可以|看)/u, "")
    .replace(/(?:现在|目前|到底|究竟)/gu, "")
    .replace(/(?:呢|啊|呀|嘛)$/u, "")
    .trim();
}
