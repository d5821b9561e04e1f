import { z } from "zod";
import { destinationSchema, placementSchema, targetSchema } from "../../domain/action.js";
import { planSchema } from "../../domain/plan.js";
import type { CoordinateConvention } from "./coordinate-convention.js";

type JsonSchema = Readonly<Record<string, unknown>>;

const TARGET = "target";
const DESTINATION = "destination";

/** The plan schema as JSON schema, with marks where targets go: what a model writes there is its own point, not our metres. */
const PLAN = z.toJSONSchema(planSchema, {
  override({ zodSchema, jsonSchema }) {
    const mark = zodSchema === targetSchema ? TARGET : zodSchema === destinationSchema ? DESTINATION : undefined;
    if (mark === undefined) return;
    for (const key of Object.keys(jsonSchema)) delete jsonSchema[key];
    jsonSchema.$comment = mark;
  },
});

const nullable = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: "null" }] });

function pointSchema({ span, notation }: CoordinateConvention): JsonSchema {
  if (span === "none") return { type: "null" };
  if (notation !== "json") return nullable({ type: "string" });
  return nullable({ type: "array", items: { type: "number" }, minItems: 2, maxItems: 2 });
}

function targetJson(ids: readonly string[], convention: CoordinateConvention, more: JsonSchema): JsonSchema {
  const properties = {
    label: { type: "string", description: "what it is, in words, for example: green bag" },
    detectionId: ids.length === 0 ? { type: "null" } : nullable({ type: "string", enum: ids }),
    point: pointSchema(convention),
    ...more,
  };
  return { type: "object", properties, required: Object.keys(properties), additionalProperties: false };
}

/**
 * JSON schema of an answer about a scene with these ids: the plan schema, whose targets choose among the ids (or null, with a
 * point in the model's convention). Without references, and with `anyOf` alone, since servers differ in what else they read.
 */
export function answerSchema(ids: readonly string[], convention: CoordinateConvention): JsonSchema {
  const targets: Readonly<Record<string, JsonSchema>> = {
    [TARGET]: targetJson(ids, convention, {}),
    [DESTINATION]: targetJson(ids, convention, {
      placement: nullable({ type: "string", enum: placementSchema.options }),
    }),
  };
  const fill = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value !== "object" || value === null) return value;
    if ("$comment" in value && typeof value.$comment === "string") return targets[value.$comment];
    const entries = Object.entries(value).filter(([key]) => key !== "$schema");
    return Object.fromEntries(entries.map(([key, entry]) => [key === "oneOf" ? "anyOf" : key, fill(entry)]));
  };
  // The reason first: servers that hold a model to a schema have it write in this order, and it plans better after it.
  const { properties, ...rest } = fill(PLAN) as { properties: JsonSchema };
  const { rationale, steps } = properties;
  return { ...rest, properties: { rationale, steps }, required: ["rationale", "steps"] };
}
