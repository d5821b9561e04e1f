export * from "./mission/mission.types.js";
export { raceAbort, timeLimit, type TimeLimit } from "./mission/abort.js";
export { createMission } from "./mission/create-mission.js";
export { performAction } from "./motion/perform-action.js";
export type { MotionContext, Performed } from "./motion/motion-context.js";
export type { Looks, Verdict } from "./verify/verdict.js";
export { verifyEffect } from "./verify/verify-effect.js";
export type { Effect, Grip, Thing } from "./effect.js";
export { createJog, type Jog, type JogOptions } from "./jog.js";
