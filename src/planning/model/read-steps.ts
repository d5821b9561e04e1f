import { ACTION_FIELDS } from "./action-fields.js";
import { cleanText } from "./clean-text.js";
import { findJson, type Loose } from "./tolerant-json.js";

/** What is wrong with an answer, in words that the model can act on. */
export interface Problem {
  /** Where: `steps.0.target.point`. */
  readonly path: string;
  readonly message: string;
}

/** One step as the model wrote it, in our words for actions and arguments; values are still untouched. */
export interface RawStep {
  readonly action: string;
  readonly fields: Readonly<Record<string, Loose>>;
}

export interface RawAnswer {
  readonly steps: readonly RawStep[];
  readonly rationale?: string;
}

type LooseObject = { readonly [key: string]: Loose };

/** Longer answers are refused: a plan of the most steps allowed is a tenth of it. */
const MOST_CHARACTERS = 60_000;

const STEPS = ["steps", "plan", "actions"];
const RATIONALE = ["rationale", "reasoning", "thought", "thoughts", "explanation"];
const ACTION = ["action", "type", "name"];
const ARGUMENTS = ["arguments", "args", "parameters", "input"];
const FIELD_WORDS: Readonly<Record<string, string>> = {
  object: "target",
  thing: "target",
  item: "target",
  source: "from",
  destination: "to",
  message: "text",
  options: "choices",
  duration: "seconds",
};
/** Keys of a target that some models write straight into the step. */
export const TARGET_KEYS: Readonly<Record<string, string>> = {
  label: "label",
  detectionId: "detectionId",
  detection_id: "detectionId",
  id: "detectionId",
  object_id: "detectionId",
  point: "point",
  point_2d: "point",
  box: "box",
  box_2d: "box",
  bbox: "box",
  bbox_2d: "box",
  x: "x",
  y: "y",
  z: "z",
  placement: "placement",
};

export const isObject = (value: Loose | undefined): value is LooseObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Drops what a thinking model thinks before it answers; an unfinished thought hides everything behind it. */
function withoutThoughts(text: string): string {
  let rest = text;
  for (const tag of ["think", "thinking", "thought"]) {
    const open = `<${tag}>`;
    const close = `</${tag}>`;
    const kept: string[] = [];
    for (let at = 0; at < rest.length;) {
      const start = rest.indexOf(open, at);
      kept.push(rest.slice(at, start < 0 ? undefined : start));
      if (start < 0) break;
      const end = rest.indexOf(close, start);
      if (end < 0) break;
      at = end + close.length;
    }
    // Chat templates often swallow the opening tag: then all before the last closing one was thought.
    const joined = kept.join(" ");
    const stray = joined.lastIndexOf(close);
    rest = stray < 0 ? joined : joined.slice(stray + close.length);
  }
  return rest;
}

const keyOf = (object: LooseObject, words: readonly string[]): string | undefined =>
  words.find((word) => Object.hasOwn(object, word));

const looksLikeStep = (value: Loose): boolean => isObject(value) && keyOf(value, ACTION) !== undefined;

const hasSteps = (value: Loose): boolean => isObject(value) && keyOf(value, STEPS) !== undefined;

const looksLikePlan = (value: Loose): boolean =>
  Array.isArray(value) ? value.some(looksLikeStep) : looksLikeStep(value) || hasSteps(value);

/** The one plan in an answer. Two different ones are a problem, not a choice. */
export function readSteps(text: string): { answer?: RawAnswer; parsed?: Loose; problems: readonly Problem[] } {
  const rest = text.length > 8 * MOST_CHARACTERS ? text : withoutThoughts(text);
  if (rest.length > MOST_CHARACTERS) {
    const message = `the answer has ${rest.length} characters, the limit is ${MOST_CHARACTERS}; send only the JSON object`;
    return { problems: [{ path: "", message }] };
  }
  // Steps without their object count only where nothing was broken off before: they may be the rest of something else.
  const plans = findJson(rest)
    .filter(({ value, whole }) => looksLikePlan(value) && (whole || hasSteps(value)))
    .map(({ value }) => value);
  const distinct = new Map(plans.map((plan) => [JSON.stringify(plan), plan]));
  if (distinct.size === 0) {
    return { problems: [{ path: "", message: 'found no JSON object with steps; send only {"steps": [...]}' }] };
  }
  if (distinct.size > 1) {
    return { problems: [{ path: "", message: `found ${distinct.size} different plans; send exactly one` }] };
  }
  const [plan] = distinct.values();
  return { parsed: plan, ...readPlan(plan) };
}

function readPlan(plan: Loose): { answer?: RawAnswer; problems: readonly Problem[] } {
  if (Array.isArray(plan)) return readList(plan, undefined);
  if (!isObject(plan)) return { problems: [{ path: "", message: "expected an object with steps" }] };
  const stepsKey = keyOf(plan, STEPS);
  if (stepsKey === undefined) return readList([plan], undefined);
  const rationaleKey = keyOf(plan, RATIONALE);
  const unknown = Object.keys(plan).filter((key) => key !== stepsKey && key !== rationaleKey);
  if (unknown.length > 0) return { problems: unknownKeys("", unknown, ["steps", "rationale"]) };
  const steps = plan[stepsKey];
  const rationale = rationaleKey === undefined ? undefined : plan[rationaleKey];
  if (!Array.isArray(steps) && !looksLikeStep(steps)) {
    return { problems: [{ path: "steps", message: "expected a list of actions" }] };
  }
  return readList(Array.isArray(steps) ? steps : [steps], typeof rationale === "string" ? rationale : undefined);
}

function readList(list: readonly Loose[], rationale: string | undefined) {
  const problems: Problem[] = [];
  const steps: RawStep[] = [];
  for (const [index, value] of list.slice(0, 64).entries()) {
    const step = readStep(value, `steps.${index}`);
    if ("message" in step) problems.push(step);
    else steps.push(step);
  }
  if (list.length > 64) problems.push({ path: "steps", message: `expected at most 40 steps, found ${list.length}` });
  return problems.length > 0 ? { problems } : { answer: { steps, rationale }, problems };
}

function readStep(value: Loose, path: string): RawStep | Problem {
  if (!isObject(value)) return { path, message: "expected an object with the key action" };
  const actionKey = keyOf(value, ACTION);
  const name = actionKey === undefined ? undefined : value[actionKey];
  if (actionKey === undefined || typeof name !== "string") return { path, message: "expected an action's name" };
  const action = name
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/gu, "-")
    .slice(0, 40);
  if (!Object.hasOwn(ACTION_FIELDS, action)) {
    return {
      path: `${path}.action`,
      message: `"${cleanText(name, 40)}" is no action; the actions are ${Object.keys(ACTION_FIELDS).join(", ")}`,
    };
  }
  const allowed = ACTION_FIELDS[action];
  const { [actionKey]: _, ...own } = value;
  const nestedKey = keyOf(own, ARGUMENTS);
  const nested = nestedKey === undefined ? undefined : own[nestedKey];
  if (nestedKey !== undefined) {
    if (!isObject(nested) || Object.keys(own).length > 1) {
      return { path: `${path}.${nestedKey}`, message: "expected one object with all arguments" };
    }
    return withFields(action, nested, allowed, path);
  }
  return withFields(action, own, allowed, path);
}

function withFields(action: string, raw: LooseObject, allowed: readonly string[], path: string): RawStep | Problem {
  const fields: Record<string, Loose> = Object.create(null) as Record<string, Loose>;
  const flat: Record<string, Loose> = Object.create(null) as Record<string, Loose>;
  const single = allowed.length === 1 && ["target", "to", "at"].includes(allowed[0]) ? allowed[0] : undefined;
  const unknown: string[] = [];
  for (const [key, value] of Object.entries(raw)) {
    const field = allowed.includes(key) ? key : Object.hasOwn(FIELD_WORDS, key) ? FIELD_WORDS[key] : key;
    // Structured output often makes models fill the fields of other actions with null.
    if (value === null && !Object.hasOwn(TARGET_KEYS, key)) continue;
    const known = allowed.includes(field) ? field : field === "target" ? single : undefined;
    if (known !== undefined && !Object.hasOwn(fields, known)) fields[known] = value;
    else if (single !== undefined && Object.hasOwn(TARGET_KEYS, key)) flat[key] = value;
    else unknown.push(key);
  }
  if (unknown.length > 0) return unknownKeys(path, unknown, ["action", ...allowed])[0];
  if (single !== undefined && Object.keys(flat).length > 0) {
    if (Object.hasOwn(fields, single)) return unknownKeys(path, Object.keys(flat), ["action", ...allowed])[0];
    fields[single] = flat;
  }
  return { action, fields };
}

const unknownKeys = (path: string, keys: readonly string[], known: readonly string[]): Problem[] => [
  {
    path,
    message: `unknown key ${keys
      .slice(0, 3)
      .map((key) => `"${cleanText(key, 40)}"`)
      .join(", ")}; known here: ${known.join(", ")}`,
  },
];
