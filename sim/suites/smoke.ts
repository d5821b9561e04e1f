import { KITCHEN_FAMILIES } from "../tasks/kitchen-families.js";
import { TABLETOP_FAMILIES } from "../tasks/tabletop-families.js";
import type { Suite } from "./suite.js";

export const smoke: Suite = {
  name: "smoke",
  about: "Kitchen and table top in turn, every task family, half English and half Chinese.",
  rotation: [KITCHEN_FAMILIES, TABLETOP_FAMILIES],
  languages: ["en", "zh"],
};
