import { FIRST_HELD_OUT_SEED, type SampleOptions } from "./make-sample.js";

/** Sentences that the network never saw, by what is new in them; names are those of the card's figures. */
export interface HeldOutSet {
  readonly name: string;
  readonly firstSeed: number;
  readonly options: SampleOptions;
}

const UNSEEN: SampleOptions = { heldOutTemplates: false, heldOutNouns: true, errors: 0, nonsense: 0 };
const SEED = FIRST_HELD_OUT_SEED + 1_000;

export const HELD_OUT_SETS: readonly HeldOutSet[] = [
  { name: "heldOutSentences", firstSeed: SEED, options: UNSEEN },
  { name: "heldOutWithRecogniserErrors", firstSeed: SEED, options: { ...UNSEEN, errors: 1 } },
  { name: "templatesNeverTrained", firstSeed: SEED + 20_000, options: { ...UNSEEN, heldOutTemplates: true } },
  {
    name: "otherTemplatesNeverTrained",
    firstSeed: SEED + 60_000,
    options: { ...UNSEEN, heldOutTemplates: true, heldOutSet: 2 },
  },
  {
    name: "templatesNeverTrainedNorRead",
    firstSeed: SEED + 80_000,
    options: { ...UNSEEN, heldOutTemplates: true, heldOutSet: 3 },
  },
];

/** Chatter and other things that are no instruction. */
export const NO_INSTRUCTION: HeldOutSet = {
  name: "noInstruction",
  firstSeed: SEED + 40_000,
  options: { ...UNSEEN, nonsense: 1 },
};
