import { z } from "zod";
import { actionSchema } from "./action.js";

/** What must be seen to be true for the instruction to count as done; checked by looking, never by the planner. */
export const goalSchema = z.discriminatedUnion("goal", [
  z.strictObject({ goal: z.literal("held"), label: z.string() }),
  z.strictObject({ goal: z.literal("placed"), label: z.string(), at: z.string() }),
  z.strictObject({ goal: z.literal("opened"), label: z.string() }),
  z.strictObject({ goal: z.literal("closed"), label: z.string() }),
  z.strictObject({ goal: z.literal("other"), text: z.string() }),
]);
export type Goal = z.infer<typeof goalSchema>;

/** The next steps, first one first. The mission looks again after each, and may ask for a new plan. */
export const planSchema = z.strictObject({
  steps: z.array(actionSchema).min(1).max(40),
  /** One sentence on why, for people. */
  rationale: z.string().max(500).optional(),
});
export type Plan = z.infer<typeof planSchema>;

declare const approved: unique symbol;
/** A plan that `approvePlan` let through. There is no other way to make one. */
export type ApprovedPlan = Plan & { readonly [approved]: true };
