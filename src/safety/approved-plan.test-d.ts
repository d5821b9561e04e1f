import type { ApprovedPlan, Plan } from "../domain/plan.js";

declare function execute(plan: ApprovedPlan): void;
declare const plan: Plan;

// @ts-expect-error A plan is not an approved plan: only `approvePlan` makes one.
execute(plan);
// @ts-expect-error Nor is anything that merely looks like one.
execute({ steps: [{ action: "release" }] });
