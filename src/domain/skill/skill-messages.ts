import { z } from "zod";

/** What made a file: enough to make it again, and to tell what was generated. */
export const recipeSchema = z.looseObject({
  model: z.string().optional().describe("The model or the program that made it."),
  seed: z.number().optional(),
  prompt: z.string().optional(),
  generated: z
    .boolean()
    .optional()
    .describe("True for what a generative model made up: no camera and no simulator saw it."),
});
export type Recipe = z.infer<typeof recipeSchema>;

/** A file that a skill made. */
export const artefactSchema = z.strictObject({
  name: z.string(),
  mediaType: z.string(),
  bytes: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  path: z.string().describe("Where it lies on the robot's machine."),
  url: z.string().optional().describe("Where the robot's web server has it: /artefacts/<run>/<name>."),
  recipe: recipeSchema.extend({ skill: z.string(), backend: z.string() }),
});
export type SkillArtefact = z.infer<typeof artefactSchema>;

/** A back end that was asked before the one that served, or before all gave up. */
export const attemptSchema = z.strictObject({ backend: z.string(), code: z.string(), message: z.string() });
export type SkillAttempt = z.infer<typeof attemptSchema>;

/** What is asked, whatever way it came. */
export const skillRequestSchema = z.strictObject({
  input: z.unknown().describe("As the skill's own schema says; `handeye skill <name>` shows it."),
  backend: z.string().min(1).max(64).optional().describe("One of the configured back ends in place of their order."),
});
export type SkillRequest = z.infer<typeof skillRequestSchema>;

const common = { skill: z.string(), tried: z.array(attemptSchema), tookMs: z.number().nonnegative() };

/** What became of it. */
export const skillResponseSchema = z.discriminatedUnion("ok", [
  z.strictObject({
    ok: z.literal(true),
    ...common,
    servedBy: z.string().describe("The back end that answered."),
    output: z.unknown(),
    outputFile: z
      .string()
      .optional()
      .describe("Where the output is too large for this message: the artefact that has it; `output` is null then."),
    artefacts: z.array(artefactSchema),
  }),
  z.strictObject({
    ok: z.literal(false),
    ...common,
    code: z.string(),
    message: z.string(),
    details: z.record(z.string(), z.unknown()).optional(),
  }),
]);
export type SkillResponse = z.infer<typeof skillResponseSchema>;

/** How far long work has come. */
export const skillProgressSchema = z.strictObject({
  fraction: z.number().min(0).max(1),
  message: z.string().optional(),
});
export type SkillProgress = z.infer<typeof skillProgressSchema>;
