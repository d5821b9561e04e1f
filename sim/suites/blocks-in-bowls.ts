import { BLOCKS_IN_BOWLS_FAMILIES } from "../tasks/tabletop-families.js";
import type { Suite } from "./suite.js";

export const blocksInBowls: Suite = {
  name: "blocks-in-bowls",
  about: "One block into one bowl, both named by colour, on the table top.",
  rotation: [BLOCKS_IN_BOWLS_FAMILIES],
  languages: ["en", "zh"],
};
