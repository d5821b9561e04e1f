import type { PlanFailure } from "../../ports/planner.js";
import type { Meaning, Particle } from "../lexicon/meaning.js";
import type { Token } from "../lexicon/token.js";

/** Raised inside the parsers only and turned into a failure value by `parseInstruction`: it unwinds the descent. */
export class Unreadable extends Error {
  readonly code: Extract<PlanFailure, "bad-instruction" | "unknown-word">;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: Unreadable["code"], message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

const END: Token = { text: "", meaning: { type: "unknown" } };

type Typed<T extends Meaning["type"]> = Extract<Meaning, { type: T }>;

/** Reading position in a list of tokens. */
export class Cursor {
  #at = 0;
  /** "of the same colour" was read somewhere in this clause. */
  sameColor = false;

  constructor(readonly tokens: readonly Token[]) {}

  get position(): number {
    return this.#at;
  }
  get done(): boolean {
    return this.#at >= this.tokens.length;
  }
  rewind(position: number): void {
    this.#at = position;
  }
  peek(ahead = 0): Token {
    return this.tokens[this.#at + ahead] ?? END;
  }
  next(): Token {
    const token = this.peek();
    this.#at++;
    return token;
  }
  /** Is the token `ahead` of this type? The end of the text is of none. */
  is(type: Token["meaning"]["type"], ahead = 0): boolean {
    return this.#at + ahead < this.tokens.length && this.peek(ahead).meaning.type === type;
  }
  isParticle(particle: Particle, ahead = 0): boolean {
    const { meaning } = this.peek(ahead);
    return meaning.type === "particle" && meaning.particle === particle;
  }
  /** Consumes and returns the meaning if it is of this type. */
  take<T extends Meaning["type"]>(type: T): Typed<T> | undefined {
    return this.is(type) ? (this.next().meaning as Typed<T>) : undefined;
  }
  /** Consumes any run of these particles; tells whether there was one. */
  skip(...particles: readonly Particle[]): boolean {
    const start = this.#at;
    while (particles.some((particle) => this.isParticle(particle))) this.#at++;
    return this.#at > start;
  }
  textFrom(start: number): string {
    const words = this.tokens.slice(start, this.#at).map((token) => token.text);
    return words.join(words.some((word) => /\p{Script=Han}/u.test(word)) ? "" : " ");
  }
  /** An error about the next token: by name if it is a word that nobody taught. */
  refuse(expected: string): Unreadable {
    const { text } = this.peek();
    if (this.is("unknown") && /[\p{L}]/u.test(text))
      return new Unreadable("unknown-word", `I do not know the word "${text}".`, { word: text });
    const found = this.done ? "the instruction ends there" : `found "${text}"`;
    return new Unreadable("bad-instruction", `Expected ${expected}, but ${found}.`);
  }
}
