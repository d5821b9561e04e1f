import { z } from "zod";
import { fail, ok, type Result } from "../../domain/result.js";
import { conventionSchema, type CoordinateConvention } from "./coordinate-convention.js";

const QWEN25_PICTURE = { multiple: 28, minPixels: 56 * 56, maxPixels: 1_003_520 };
const QWEN3_PICTURE = { multiple: 32, minPixels: 256 * 256, maxPixels: 1_048_576 };

/** The conventions that are known, by name. Sources: the families' own model cards and processors. */
export const CONVENTIONS: readonly CoordinateConvention[] = [
  { name: "yx-1000", order: "yx" as const, span: 1000 },
  { name: "xy-1000", order: "xy" as const, span: 1000, picture: QWEN3_PICTURE },
  { name: "xy-999", order: "xy" as const, span: 999 },
  { name: "pixels-28", order: "xy" as const, span: "pixels" as const, picture: QWEN25_PICTURE },
  {
    name: "pixels",
    order: "xy" as const,
    span: "pixels" as const,
    picture: { maxSide: 1568, maxPixels: 1_150_000 },
  },
  { name: "percent-xml", order: "xy" as const, span: 100, decimals: 1, notation: "xml" as const },
  { name: "xy-1", order: "xy" as const, span: 1, decimals: 3, notation: "tuple" as const },
  { name: "xy-1-json", order: "xy" as const, span: 1, decimals: 3 },
  { name: "yx-loc-1024", order: "yx" as const, span: 1024, largest: 1023, notation: "loc" as const },
  { name: "xy-bins-1000", order: "xy" as const, span: 1000, largest: 999, offset: 0.5, notation: "loc" as const },
  { name: "xy-1-padded", order: "xy" as const, span: 1, decimals: 2, padded: true },
  { name: "ids-only", order: "xy" as const, span: "none" as const },
].map((convention) => conventionSchema.parse(convention));

/** Which model ids use which convention; the first pattern that fits counts. */
export const conventionRuleSchema = z.strictObject({
  pattern: z
    .string()
    .min(1)
    .max(120)
    .describe("Found anywhere in the model's id, without regard to case; * stands for any run of characters."),
  convention: z
    .union([z.string().min(1).max(60), conventionSchema])
    .describe("Name of a known convention, or one of its own."),
});
export type ConventionRule = z.infer<typeof conventionRuleSchema>;

export const CONVENTION_TABLE: readonly ConventionRule[] = [
  { pattern: "gemini", convention: "yx-1000" },
  { pattern: "qwen2.5*vl", convention: "pixels-28" },
  { pattern: "qwen2_5*vl", convention: "pixels-28" },
  { pattern: "qwen25*vl", convention: "pixels-28" },
  { pattern: "qwen*vl", convention: "xy-1000" },
  { pattern: "qwen3.", convention: "xy-1000" },
  { pattern: "glm-4*v", convention: "xy-1000" },
  { pattern: "glm-5*v", convention: "xy-1000" },
  { pattern: "gemma-4", convention: "xy-1000" },
  { pattern: "gemma4", convention: "xy-1000" },
  { pattern: "internvl", convention: "xy-1000" },
  { pattern: "deepseek-vl2", convention: "xy-999" },
  { pattern: "molmo2", convention: "xy-1000" },
  { pattern: "molmo", convention: "percent-xml" },
  { pattern: "robopoint", convention: "xy-1" },
  { pattern: "roborefer", convention: "xy-1" },
  { pattern: "moondream", convention: "xy-1-json" },
  { pattern: "paligemma", convention: "yx-loc-1024" },
  { pattern: "florence-2", convention: "xy-bins-1000" },
  { pattern: "llava-1.5", convention: "xy-1-padded" },
  { pattern: "llava:7b-v1.5", convention: "xy-1-padded" },
  { pattern: "claude", convention: "pixels" },
  { pattern: "robobrain2.5", convention: "xy-1000" },
  { pattern: "robobrain-2.5", convention: "xy-1000" },
  { pattern: "robobrain2.0", convention: "pixels-28" },
  { pattern: "robobrain-2.0", convention: "pixels-28" },
  // Not trained to point, or badly: they choose among what was measured.
  { pattern: "gpt-4", convention: "ids-only" },
  { pattern: "gpt-5", convention: "ids-only" },
  { pattern: "llama-3.2*vision", convention: "ids-only" },
  { pattern: "llama3.2-vision", convention: "ids-only" },
];

const NAMES = CONVENTIONS.map(({ name }) => name).join(", ");

/** Linear in the id for any pattern, since patterns also come from launch files: no regular expression is made of them. */
function fits(pattern: string, id: string): boolean {
  let from = 0;
  for (const part of pattern.toLowerCase().split("*")) {
    const at = id.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return true;
}

function named(convention: string | CoordinateConvention): Result<CoordinateConvention, "unsupported"> {
  if (typeof convention !== "string") return ok(convention);
  const found = CONVENTIONS.find(({ name }) => name === convention);
  if (found !== undefined) return ok(found);
  return fail("unsupported", `Expected planner.convention to be one of ${NAMES}; found "${convention}".`, {
    conventions: CONVENTIONS.map(({ name }) => name),
  });
}

/**
 * The convention of a model: the configured one, else by the table (the launch file's rules before ours). An unknown model is a
 * failure that says what to set: a guess would send the arm to a wrong place.
 */
export function conventionFor(
  model: string,
  options: { configured?: string | CoordinateConvention; rules?: readonly ConventionRule[] } = {},
): Result<CoordinateConvention, "unsupported"> {
  if (options.configured !== undefined) return named(options.configured);
  const id = model.toLowerCase();
  const rule = [...(options.rules ?? []), ...CONVENTION_TABLE].find(({ pattern }) => fits(pattern, id));
  if (rule !== undefined) return named(rule.convention);
  return fail(
    "unsupported",
    `It is not known how the model "${model}" writes coordinates. Set planner.convention to one of ${NAMES}; "ids-only" is safe with any model.`,
    { model, conventions: CONVENTIONS.map(({ name }) => name) },
  );
}
