import { fileURLToPath } from "node:url";
import { createOnnxWords } from "../../src/adapters/onnx/create-onnx-words.js";
import { createGrammarPlanner } from "../../src/planning/grammar/grammar-planner.js";
import { createOnboardPlanner } from "../../src/planning/onboard/onboard-planner.js";
import type { Planner } from "../../src/ports/planner.js";
import { describeConditionalMissions } from "./conditional-missions.js";
import { describePlannerContract } from "./planner-contract.js";

const modelDir = fileURLToPath(new URL("../../models/words", import.meta.url));

const createPlanner = async (): Promise<Planner> =>
  createOnboardPlanner({ reader: await createOnnxWords({ modelDir }), fallback: createGrammarPlanner() });

describePlannerContract("onboard", createPlanner);
describeConditionalMissions("onboard", createPlanner);
