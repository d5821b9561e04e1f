export {
  approvalReason,
  approvalRequest,
  riskOf,
  type ApprovalRequest,
  type PolicyContext,
} from "./approval-policy.js";
export { approvePlan, type ApprovalContext, type RefusalCode } from "./approve-plan.js";
export { guardRobot, type CommandVerdict, type GuardOptions } from "./guard-robot.js";
export { loadShapes, nearestZone, zonesInBase, type Zone } from "./keep-out.js";
export { keepOutSchema, safetyLimits, safetyLimitsSchema, type KeepOutZone, type SafetyLimits } from "./limits.js";
export { sweep, sweepNow, type SweepJob, type SweepVerdict } from "./sweep.js";
export { judgeWords, type WordsVerdict } from "./words/judge-words.js";
