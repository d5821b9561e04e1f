import type { Destination } from "../../domain/action.js";
import { planSchema, type Plan } from "../../domain/plan.js";
import { cleanText } from "./clean-text.js";
import { groundTarget, type Ground, type Role } from "./ground-target.js";
import { readSteps, type Problem, type RawStep } from "./read-steps.js";
import { readTarget, type Wording } from "./read-target.js";
import type { Loose } from "./tolerant-json.js";

export interface AnswerContext extends Wording, Ground {
  readonly maxSteps: number;
}

export type ReadAnswer =
  | { readonly ok: true; readonly plan: Plan; readonly parsed: Loose }
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly parsed?: Loose };

const ROLES: Readonly<Record<string, Role>> = { target: "thing", from: "thing", to: "place", at: "place" };
const DIRECTIONS: readonly unknown[] = ["left", "right", "up", "down", "home"];
const MOST_TEXT = 500;
/** More than this many problems at once help no one. */
const MOST_PROBLEMS = 6;

/**
 * What a model wrote, as a plan or as what is wrong with it. Tolerant of form, strict in substance: every id is the scene's,
 * every coordinate is measured, every key and action is known. Pure, never throws, and linear in the text.
 */
export function readAnswer(text: string, context: AnswerContext): ReadAnswer {
  const { answer, parsed, problems } = readSteps(text);
  if (answer === undefined) return refuse(problems, parsed);
  if (answer.steps.length > context.maxSteps) {
    const message = `expected at most ${context.maxSteps} steps, found ${answer.steps.length}; plan fewer at a time`;
    return refuse([{ path: "steps", message }], parsed);
  }
  const found: Problem[] = [];
  const steps = answer.steps.map((step, index) => groundStep(step, `steps.${index}`, context, found));
  if (found.length > 0) return refuse(found, parsed);
  const rationale = answer.rationale === undefined ? "" : cleanText(answer.rationale, MOST_TEXT);
  const plan = planSchema.safeParse({ steps, ...(rationale !== "" && { rationale }) });
  if (plan.success) return { ok: true, plan: plan.data, parsed: parsed ?? null };
  return refuse(
    plan.error.issues.map(({ path, message }) => ({ path: path.join("."), message })),
    parsed,
  );
}

const refuse = (problems: readonly Problem[], parsed: Loose | undefined): ReadAnswer => ({
  ok: false,
  problems: problems.slice(0, MOST_PROBLEMS),
  ...(parsed !== undefined && { parsed }),
});

function groundStep({ action, fields }: RawStep, path: string, context: AnswerContext, found: Problem[]) {
  const step: Record<string, unknown> = { action };
  for (const [field, value] of Object.entries(fields)) {
    const isTarget = Object.hasOwn(ROLES, field) && !(field === "at" && DIRECTIONS.includes(value));
    step[field] = isTarget ? grounded(field, value, `${path}.${field}`, context, found) : cleaned(value);
  }
  if (action === "ask" && step.choices === undefined) step.choices = [];
  return step;
}

function grounded(
  field: string,
  value: Loose,
  path: string,
  context: AnswerContext,
  found: Problem[],
): Destination | undefined {
  const named = readTarget(value, path, context);
  const target = "message" in named ? named : groundTarget(named, ROLES[field], path, context);
  if (!("message" in target)) return target;
  found.push(target);
  return undefined;
}

/** Words that people will read lose what cannot be seen; everything else goes to the schema as it is. */
function cleaned(value: Loose): unknown {
  if (typeof value === "string") return cleanText(value, MOST_TEXT);
  return Array.isArray(value)
    ? value.slice(0, 64).map((entry) => (typeof entry === "string" ? cleanText(entry, 120) : entry))
    : value;
}
