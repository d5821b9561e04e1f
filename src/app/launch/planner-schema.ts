import { z } from "zod";
import {
  anthropicConfigSchema,
  googleConfigSchema,
  openAiCompatibleConfigSchema,
} from "../../adapters/ai-sdk/config-schema.js";
import { ollamaConfigSchema } from "../../adapters/ollama/config-schema.js";

const grammarSchema = z.strictObject({
  type: z.literal("grammar").describe("Scripted: English and Chinese commands by rules. No model, no network."),
});

const onboardSchema = z.strictObject({
  type: z
    .literal("onboard")
    .describe("The project's own network that reads instructions; where it is unsure, grammar reads them."),
  modelDir: z
    .string()
    .optional()
    .describe("Folder with model.json and the weights; default: models/words of the package."),
});

/** One planner of a launch file, by `type`. */
export const plannerEntrySchema = z.discriminatedUnion("type", [
  grammarSchema,
  onboardSchema,
  openAiCompatibleConfigSchema,
  ollamaConfigSchema,
  googleConfigSchema,
  anthropicConfigSchema,
]);
export type PlannerConfig = z.infer<typeof plannerEntrySchema>;
export type ModelPlannerConfig = Exclude<PlannerConfig, { type: "grammar" | "onboard" }>;

/** One planner, or several in the order in which they are asked when the one before gives up. */
export const plannerSchema = z.union([plannerEntrySchema, z.array(plannerEntrySchema).min(1).max(4)]);

export const plannersOf = (planner: z.infer<typeof plannerSchema>): readonly PlannerConfig[] =>
  Array.isArray(planner) ? planner : [planner];
