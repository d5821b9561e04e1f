import { ControllerError } from "../../domain/errors.js";
import { fail, ok, type Failure, type Result } from "../../domain/result.js";
import type { Plan } from "../../domain/plan.js";
import type { PlanFailure, Planner, PlanRequest } from "../../ports/planner.js";
import { MAX_READER_CHARACTERS, type WordsReader } from "../../ports/words-reader.js";
import { checkText } from "../grammar/check-text.js";
import { visibleThings } from "../program/labels.js";
import { formatProgram } from "../program/format-program.js";
import { planProgram } from "../program/plan-program.js";
import type { InstructionProgram } from "../program/program.js";
import { assembleProgram } from "./assemble-program.js";
import { prepareText } from "./prepare-text.js";
import { refuseForbidden, refuseUnread } from "./refuse-unread.js";

export interface OnboardPlannerOptions {
  readonly reader: WordsReader;
  /** Asked when the reader is unsure. `close` closes both. */
  readonly fallback: Planner;
}

type Understanding =
  | { readonly kind: "program"; readonly program: InstructionProgram }
  | { readonly kind: "refused"; readonly failure: Failure<PlanFailure> }
  | {
      readonly kind: "unsure";
      readonly why: string;
      /** What to say where the fallback cannot read it either; else that is asked for in other words. */
      readonly failure?: Failure<PlanFailure>;
      /** What it may have meant, to be asked before anything moves where the fallback cannot read it either. */
      readonly guess?: InstructionProgram;
    };

/** Readings below this are not even worth a question. */
const WORTH_ASKING = 0.5;
const YES =
  /^(?:y|yes|yeah|yep|ok|okay|sure|right|correct|do it|go ahead|是|是的|对|对的|好|好的|可以|行|嗯)[.!。！]?$/iu;
const REPHRASE = "Please say it in other words, in one or two short steps.";
const percent = (probability: number): string => `${Math.round(probability * 100)} %`;

async function understand(instruction: string, reader: WordsReader, signal: AbortSignal): Promise<Understanding> {
  const checked = checkText(instruction);
  if (!checked.ok) return { kind: "refused", failure: checked };
  const text = prepareText(checked.value);
  if (text.length > MAX_READER_CHARACTERS) {
    const message = `The instruction has ${text.length} characters; I read up to ${MAX_READER_CHARACTERS} at a time. Say it in fewer words.`;
    return { kind: "refused", failure: fail("bad-instruction", message, { limit: MAX_READER_CHARACTERS }) };
  }
  const { pieces, readable, confidence } = await reader.read(text, { signal });
  const { thresholds } = reader;
  if (readable < thresholds.readable)
    return { kind: "unsure", why: `this reads as an instruction with ${percent(readable)} only` };
  const program = assembleProgram(text, pieces);
  if (confidence < thresholds.confidence) {
    const why = `the least certain word is read with ${percent(confidence)} only`;
    const isGuess = confidence >= WORTH_ASKING && program.ok && refuseUnread(text, program.value) === undefined;
    return { kind: "unsure", why, ...(isGuess ? { guess: program.value } : {}) };
  }
  // What it forbids comes before what it lacks.
  const refusal = refuseUnread(text, program.ok ? program.value : []);
  if (refusal !== undefined) return { kind: "refused", failure: fail("bad-instruction", refusal) };
  if (!program.ok) return { kind: "unsure", why: "the pieces do not fit together", failure: program };
  return { kind: "program", program: program.value };
}

/** Reads one sentence: code that has never run is many times slower, and a mission is no time for that. */
export async function readOnce(reader: WordsReader): Promise<void> {
  await understand("take the red mug and put it in the sink", reader, new AbortController().signal);
}

/** "Shall I do this: put red mug -> in sink?" and what follows from the answer. */
function askFirst(program: InstructionProgram, request: PlanRequest): Result<Plan, PlanFailure> {
  const question = `I am not sure that I understand. Shall I do this: ${formatProgram(program)}?`.slice(0, 500);
  const answer = request.answers.findLast((given) => given.question === question)?.answer;
  if (answer === undefined) return ok({ steps: [{ action: "ask", question, choices: ["yes", "no"] }] });
  if (YES.test(answer.trim())) return planProgram(program, request);
  return withSight(fail("bad-instruction", `Then I misunderstood. ${REPHRASE}`), request);
}

function withSight({ code, message, details }: Failure<PlanFailure>, { scene }: PlanRequest): Failure<PlanFailure> {
  const visible = visibleThings(scene);
  const seen = visible.length === 0 ? "" : ` I see: ${visible.join(", ")}.`;
  return fail(code, `${message}${seen}`, { ...details, visible });
}

/**
 * Planner with a network that reads instructions, for two languages and many ways to say a thing; where it is unsure it hands
 * over to `fallback` and says so. Phrases are resolved over the scene in metres, as by the grammar planner. Runs on board.
 */
export function createOnboardPlanner({ reader, fallback }: OnboardPlannerOptions): Planner {
  // A mission asks for the same instruction again after each step.
  let known: { readonly instruction: string; readonly understanding: Understanding } | undefined;

  const handOver = async (
    request: PlanRequest,
    { why, failure, guess }: Extract<Understanding, { kind: "unsure" }>,
    signal: AbortSignal,
  ): Promise<Result<Plan, PlanFailure>> => {
    const refusal = refuseForbidden(prepareText(request.instruction));
    if (refusal !== undefined) return withSight(fail("bad-instruction", refusal), request);
    const plan = await fallback.plan(request, { signal });
    if (plan.ok) {
      const rationale = `Read by the ${fallback.name} planner, for ${why}. ${plan.value.rationale ?? ""}`;
      return ok({ ...plan.value, rationale: rationale.trim().slice(0, 500) });
    }
    if (plan.code !== "bad-instruction" && plan.code !== "unknown-word") return plan;
    if (failure !== undefined) return withSight(failure, request);
    if (guess !== undefined) return askFirst(guess, request);
    return fail(plan.code, `I am not sure what is meant: ${why}. ${REPHRASE} ${plan.message}`, plan.details);
  };

  return {
    name: "onboard",
    scripted: false,
    plan: async (request, { signal }) => {
      if (signal.aborted)
        throw new ControllerError("aborted", "Planning was cancelled before it began.", { cause: signal.reason });
      const { instruction } = request;
      if (known?.instruction !== instruction)
        known = { instruction, understanding: await understand(instruction, reader, signal) };
      const { understanding } = known;
      switch (understanding.kind) {
        case "program":
          return planProgram(understanding.program, request);
        case "refused":
          return withSight(understanding.failure, request);
        case "unsure":
          return handOver(request, understanding, signal);
      }
    },
    close: async () => {
      await reader.close();
      await fallback.close();
    },
  };
}
