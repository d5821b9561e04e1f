/** The public API: build a stack from a launch file, give it an instruction, read its events. */
export { createRuntime, type StackOptions } from "./app/create-runtime.js";
export { loadLaunch } from "./app/launch/load-launch.js";
export { launchSchema, type Launch } from "./app/launch/launch-schema.js";
export { createSkills, type SkillsOptions } from "./app/skills/create-skills.js";
export type { SkillService } from "./app/skills/skill-service.js";
export type { Answer, Artefact, Runtime } from "./app/runtime.js";
export * from "./domain/index.js";
export type * from "./ports/index.js";
