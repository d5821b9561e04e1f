import { fileURLToPath } from "node:url";
import { createOnnxWords } from "../../src/adapters/onnx/create-onnx-words.js";
import { createGrammarPlanner } from "../../src/planning/grammar/grammar-planner.js";
import { createOnboardPlanner } from "../../src/planning/onboard/onboard-planner.js";
import { describePlannerContract } from "./planner-contract.js";

const modelDir = fileURLToPath(new URL("../../models/words", import.meta.url));

describePlannerContract("onboard", async () =>
  createOnboardPlanner({ reader: await createOnnxWords({ modelDir }), fallback: createGrammarPlanner() }),
);
