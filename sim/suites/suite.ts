import type { Family } from "../tasks/family.js";
import type { Language } from "../tasks/episode.js";

/** A list of trials as data: which task families take turns, and in which languages. */
export interface Suite {
  readonly name: string;
  /** One line for people. */
  readonly about: string;
  /** Groups of families that alternate from one episode to the next; each group goes round its own families in turn. */
  readonly rotation: readonly (readonly Family[])[];
  readonly languages: readonly Language[];
}
