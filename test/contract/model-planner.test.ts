import { createGrammarPlanner } from "../../src/planning/grammar/grammar-planner.js";
import { CONVENTIONS } from "../../src/planning/model/convention-table.js";
import { createModelPlanner } from "../../src/planning/model/model-planner.js";
import type { Planner, PlanRequest } from "../../src/ports/planner.js";
import { createScriptedModel, writeSteps } from "../support/scripted-model.js";
import { describePlannerContract } from "./planner-contract.js";

/** A model that knows what the grammar knows, and answers in its own words: everything but the judgement is the real thing. */
function createScriptedPlanner(by: "ids" | "points"): Planner {
  const rules = createGrammarPlanner();
  const convention = CONVENTIONS.find(({ name }) => name === "xy-1000")!;
  let asked: PlanRequest | undefined;
  const client = createScriptedModel({
    model: "qwen3-vl:8b",
    answer: async (_request, _asked, signal) => {
      const plan = await rules.plan(asked!, { signal });
      const { width, height } = asked!.scene.view;
      const steps = plan.ok ? plan.value.steps : [{ action: "give-up" as const, reason: plan.message.slice(0, 500) }];
      return `\`\`\`json\n${JSON.stringify({ steps: writeSteps(steps, { convention, sent: { width, height }, by }) })}\n\`\`\``;
    },
  });
  const planner = createModelPlanner({ client, limits: { maxSteps: 40, maxOutputTokens: 2000, temperature: 0 } });
  return {
    ...planner,
    plan: (request, options) => {
      asked = request;
      return planner.plan(request, options);
    },
  };
}

describePlannerContract("model, by ids", () => createScriptedPlanner("ids"));
describePlannerContract("model, by points", () => createScriptedPlanner("points"));
