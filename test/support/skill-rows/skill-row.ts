import type { SkillArtefact } from "../../../src/domain/skill/skill-messages.js";
import type { RowBench } from "./row-bench.js";

/** What a skill on one of its back ends gave. */
export interface RowAnswer {
  readonly output: unknown;
  readonly artefacts: readonly SkillArtefact[];
  /** The bytes of the artefact with that name; throws where there is none. */
  readonly file: (name: string) => Buffer;
}

/** One row of the table of skills: a back end, what it is given, and what has to come out whatever way it was asked. */
export interface SkillRow {
  readonly skill: string;
  readonly backend: string;
  /** What its launch-file entry has besides `type`. */
  readonly entry?: (bench: RowBench) => object;
  /** What the servers will answer to the row's next run. */
  readonly before?: (bench: RowBench) => void;
  /** Asked one after the other; the last answer is checked. */
  readonly inputs: (bench: RowBench) => readonly [object, ...object[]];
  readonly check: (answer: RowAnswer, bench: RowBench) => void | Promise<void>;
}
