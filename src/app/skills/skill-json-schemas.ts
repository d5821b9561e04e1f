import { z } from "zod";
import { artefactSchema, skillProgressSchema, skillResponseSchema } from "../../domain/skill/skill-messages.js";

type JsonSchema = Readonly<Record<string, unknown>>;
const options = { io: "output", unrepresentable: "any" } as const;

/** What every way to a skill gives back, as JSON schemas. */
export const responseJsonSchema = (): JsonSchema => z.toJSONSchema(skillResponseSchema, options);
export const artefactJsonSchema = (): JsonSchema => z.toJSONSchema(artefactSchema, options);
export const progressJsonSchema = (): JsonSchema => z.toJSONSchema(skillProgressSchema, options);
