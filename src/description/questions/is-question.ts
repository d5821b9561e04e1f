import { languageOf } from "../language.js";
import { parseQuestion } from "./parse-question.js";

const ASKS_ENGLISH = /^(?:what|where|which|how|is|are|do you see|can you see|does|any)\b|[?？]\s*$/u;
/** "Can you take the mug?", "is it ok to ...": politeness, however it ends. */
const BIDS_ENGLISH = /^(?:can|could|would|will|may|might|shall|should|please)\b(?! you see\b)|\bplease\b/u;
const ASKS_CHINESE = /什么|啥|哪|几|多少|多[远大高宽长]|是不是|有没有|是否|还是|[吗么呢?？]\s*$/u;
/** 能把...吗, 帮我 ... 好吗: the same. What can be seen may be asked with 能. */
const BIDS_CHINESE =
  /把|将|帮|替我|给我|请你|麻烦|拿|取|放[到进回下]|(?:能|可以|可不可以|能不能)(?!够?看)|[好行]吗|[好行]不[好行]|^(?:请)?(?:打开|关上|推|收拾|移)/u;
/** Something is said after the question: "is the drawer open? then close it". */
const GOES_ON = /[?？!！;；。]\s*\S|[.]\s+\S/u;

/** Whether words that came as an instruction are surely a question, and one that can be read; a doubtful one is an instruction. */
export function isQuestion(text: string): boolean {
  const plain = text.normalize("NFKC").trim().toLowerCase();
  if (GOES_ON.test(plain.replace(/[?？!！。.\s]+$/u, ""))) return false;
  const [asks, bids] = languageOf(plain) === "zh" ? [ASKS_CHINESE, BIDS_CHINESE] : [ASKS_ENGLISH, BIDS_ENGLISH];
  return asks.test(plain) && !bids.test(plain) && parseQuestion(text).ok;
}
