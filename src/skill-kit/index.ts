/** All that a skill imports: how to define one, what it sees, and the words that it shares with the rest. */
export {
  defineSkill,
  type Capability,
  type Skill,
  type SkillBackend,
  type SkillDefinition,
  type SkillErrorCode,
} from "./define-skill.js";
export type { Artefact, Progress, SkillContext } from "./skill-context.js";
export { fail, ok, type Failure, type Ok, type Result } from "../domain/result.js";
export { actionSchema, type Action, type Target } from "../domain/action.js";
export type { Detection } from "../domain/detection.js";
export type { Frame } from "../domain/frame.js";
export type { Receipt } from "../domain/receipt.js";
export type { Scene } from "../domain/scene.js";
export { z } from "zod";
