import { KITCHEN_FAMILIES } from "../tasks/kitchen-families.js";
import type { Suite } from "./suite.js";

export const kitchen: Suite = {
  name: "kitchen",
  about: "Every kitchen family: drawers, sink, shelf, bowl, neighbours; half English and half Chinese.",
  rotation: [KITCHEN_FAMILIES],
  languages: ["en", "zh"],
};
