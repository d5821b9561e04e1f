import { createGrammarPlanner } from "../planning/grammar/grammar-planner.js";
import type { Planner } from "../ports/planner.js";
import type { Launch } from "./launch/launch-schema.js";

/** The planner that the launch file names. */
export function createPlanner(config: Launch["planner"]): Planner {
  switch (config.type) {
    case "grammar":
      return createGrammarPlanner();
  }
}
