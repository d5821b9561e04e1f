import type { Meaning } from "./meaning.js";

/** One word or fixed phrase of an instruction. `unknown` words are kept: the parser refuses them by name. */
export interface Token {
  /** As it was written. */
  readonly text: string;
  readonly meaning: Meaning | { readonly type: "unknown" };
}
