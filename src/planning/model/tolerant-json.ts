/** A value read from text that was meant as JSON. Objects have no prototype, so that no key means anything to the engine. */
export type Loose = null | boolean | number | string | readonly Loose[] | { readonly [key: string]: Loose };

/** Deeper nesting than this is no plan. */
const MAX_DEPTH = 24;

/** One for all: a stack trace for each stray brace would cost more than the reading. Never leaves this file. */
const NOT_JSON = new Error("not JSON");

const WORDS: Readonly<Record<string, Loose>> = {
  true: true,
  false: false,
  null: null,
  True: true,
  False: false,
  None: null,
  undefined: null,
};
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f" };
const CLOSING: Readonly<Record<string, string>> = { '"': '"', "'": "'", "“": "”" };

/**
 * Reads JSON as models write it: comments, trailing commas, single or curly quotes, bare keys, Python's True and None.
 * Work is linear in the text for one value; `budget` bounds it over many.
 */
class Reader {
  at: number;
  readonly #text: string;
  readonly #budget: { left: number };

  constructor(text: string, at: number, budget: { left: number }) {
    this.#text = text;
    this.at = at;
    this.#budget = budget;
  }

  value(depth: number): Loose {
    this.#blank();
    if (depth > MAX_DEPTH) throw NOT_JSON;
    const sign = this.#text[this.at];
    if (sign === "{") return this.#object(depth);
    if (sign === "[") return this.#array(depth);
    if (sign !== undefined && CLOSING[sign] !== undefined) return this.#string();
    return this.#scalar();
  }

  #spend(): void {
    if (--this.#budget.left < 0) throw NOT_JSON;
  }

  #blank(): void {
    for (;;) {
      this.#spend();
      const sign = this.#text.charCodeAt(this.at);
      if (sign <= 32 || sign === 0xa0 || sign === 0xfeff) this.at++;
      else if (sign === 47 && this.#text[this.at + 1] === "/") this.#skipTo("\n");
      else if (sign === 47 && this.#text[this.at + 1] === "*") this.#skipTo("*/");
      else return;
    }
  }

  #skipTo(end: string): void {
    const found = this.#text.indexOf(end, this.at + 2);
    this.#budget.left -= (found < 0 ? this.#text.length : found) - this.at;
    if (found < 0) throw NOT_JSON;
    this.at = found + end.length;
  }

  #object(depth: number): Loose {
    const object = Object.create(null) as Record<string, Loose>;
    this.at++;
    for (;;) {
      this.#blank();
      if (this.#text[this.at] === "}") break;
      const key = CLOSING[this.#text[this.at]] === undefined ? this.#word() : this.#string();
      this.#blank();
      if (this.#text[this.at] !== ":") throw NOT_JSON;
      this.at++;
      // Two values under one key: which one was meant is not ours to choose.
      if (key in object) throw NOT_JSON;
      object[key] = this.value(depth + 1);
      this.#blank();
      if (this.#text[this.at] === ",") this.at++;
      else if (this.#text[this.at] !== "}") throw NOT_JSON;
    }
    this.at++;
    return object;
  }

  #array(depth: number): Loose {
    const array: Loose[] = [];
    this.at++;
    for (;;) {
      this.#blank();
      if (this.#text[this.at] === "]") break;
      array.push(this.value(depth + 1));
      this.#blank();
      if (this.#text[this.at] === ",") this.at++;
      else if (this.#text[this.at] !== "]") throw NOT_JSON;
    }
    this.at++;
    return array;
  }

  #string(): string {
    const end = CLOSING[this.#text[this.at]];
    let result = "";
    let start = ++this.at;
    for (; this.at < this.#text.length; this.at++) {
      this.#spend();
      const sign = this.#text[this.at];
      if (sign === end) {
        result += this.#text.slice(start, this.at++);
        return result;
      }
      if (sign !== "\\") continue;
      result += this.#text.slice(start, this.at);
      const escape = this.#text[++this.at];
      if (escape === "u") {
        const code = this.#text.slice(this.at + 1, this.at + 5);
        if (!/^[\da-f]{4}$/iu.test(code)) throw NOT_JSON;
        result += String.fromCharCode(parseInt(code, 16));
        this.at += 4;
      } else result += ESCAPES[escape] ?? escape ?? "";
      start = this.at + 1;
    }
    throw NOT_JSON;
  }

  #word(): string {
    const start = this.at;
    while (/[\w.$-]/u.test(this.#text[this.at] ?? "")) {
      this.#spend();
      this.at++;
    }
    if (this.at === start) throw NOT_JSON;
    return this.#text.slice(start, this.at);
  }

  #scalar(): Loose {
    if (this.#text[this.at] === "+") this.at++;
    const word = this.#word();
    if (Object.hasOwn(WORDS, word)) return WORDS[word];
    const number = /^-?(\d+\.?\d*|\.\d+)(e-?\d+)?$/iu.test(word) ? Number(word) : Number.NaN;
    if (!Number.isFinite(number)) throw NOT_JSON;
    return number;
  }
}

export interface FoundJson {
  readonly value: Loose;
  /** False behind an opening that led nowhere: the value may be a piece of something that was broken off. */
  readonly whole: boolean;
}

/**
 * Every object and array that stands in the text, outermost ones only, in order; text around them is passed over. Never throws,
 * and its work is at most a fixed multiple of the text's length, whatever is in it.
 */
export function findJson(text: string): readonly FoundJson[] {
  const found: FoundJson[] = [];
  let broken = false;
  const budget = { left: 4_000 + 24 * text.length };
  for (let at = 0; at < text.length && budget.left > 0; at++) {
    const sign = text.charCodeAt(at);
    if (sign !== 123 && sign !== 91) continue;
    const reader = new Reader(text, at, budget);
    try {
      found.push({ value: reader.value(0), whole: !broken });
      at = reader.at - 1;
    } catch (error) {
      if (error !== NOT_JSON) throw error;
      broken = true;
    }
  }
  return found;
}
