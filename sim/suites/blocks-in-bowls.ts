import { BLOCKS_IN_BOWLS_FAMILIES } from "../tasks/blocks-in-bowls-families.js";
import type { Suite } from "./suite.js";

export const blocksInBowls: Suite = {
  name: "blocks-in-bowls",
  about:
    "All blocks of one colour into bowls of another (CLIPort's definition), with distractors; seen and unseen colours.",
  rotation: [BLOCKS_IN_BOWLS_FAMILIES],
  languages: ["en", "zh"],
};
