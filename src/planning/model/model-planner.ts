import { ControllerError } from "../../domain/errors.js";
import type { Frame } from "../../domain/frame.js";
import type { Plan } from "../../domain/plan.js";
import { fail, ok, type Failure, type Result } from "../../domain/result.js";
import type { Clock } from "../../ports/clock.js";
import type { Consultant } from "../../ports/consultant.js";
import type {
  ModelClient,
  ModelFailure,
  ModelImage,
  ModelReply,
  ModelTurn,
  PictureOf,
  PictureSize,
} from "../../ports/model-client.js";
import type { PlanFailure, Planner, PlanRequest } from "../../ports/planner.js";
import { answerSchema } from "./answer-schema.js";
import { cleanText } from "./clean-text.js";
import {
  ask,
  catalogueOf,
  CONSULT_PROMPT,
  consultIn,
  consultTurn,
  MOST_CONSULTS,
  withConsult,
  withoutConsult,
} from "./consult.js";
import { conventionFor, type ConventionRule } from "./convention-table.js";
import type { CoordinateConvention } from "./coordinate-convention.js";
import { describeRequest, thingsTold } from "./describe-request.js";
import { sizeToSend } from "./picture-size.js";
import type { PlannerTurn } from "./planner-turn.js";
import { readAnswer, type AnswerContext, type ReadAnswer } from "./read-answer.js";
import type { Problem } from "./read-steps.js";
import { SYSTEM_PROMPT } from "./system-prompt.js";

export interface ModelPlannerLimits {
  /** Most steps in one plan; the safety limits hold it again. */
  readonly maxSteps: number;
  readonly maxOutputTokens: number;
  readonly temperature: number;
}

export interface ModelPlannerOptions {
  readonly client: ModelClient;
  /** Name or data of the coordinate convention; default: by the model's id, and a failure where that is unknown. */
  readonly convention?: string | CoordinateConvention;
  /** The launch file's own rules, tried before the built-in table. */
  readonly conventionRules?: readonly ConventionRule[];
  /** Encodes the picture; without it (or without a frame in the request) the model plans from the measurements alone. */
  readonly pictureOf?: PictureOf;
  readonly limits: ModelPlannerLimits;
  /** Refuses servers that are not on this machine. */
  readonly offline?: boolean;
  /** Whom the model may ask before it plans. */
  readonly consultant?: Consultant;
  readonly trace?: (turn: PlannerTurn) => void;
  /** For the times in the trace. */
  readonly clock?: Clock;
}

/** Of a first answer that has to be repaired, so much is shown to the model again. */
const MOST_QUOTED = 8_000;
const REPAIR_ROUNDS = 1;

/**
 * Planner behind a language model with eyes. The model chooses among what was measured; every answer is read strictly, repaired at
 * most once with the reader's own words, and otherwise a failure. Details of `planner-failed` carry `reason`.
 */
export function createModelPlanner(options: ModelPlannerOptions): Planner {
  const { client } = options;
  const name = `model:${client.name}:${client.model}`;
  const convention = conventionFor(client.model, { configured: options.convention, rules: options.conventionRules });
  const refusal =
    options.offline === true && client.leavesMachine
      ? fail(
          "unsupported" as const,
          `The planner ${name} would send pictures off this machine, and offline is set. Use a server on this machine, or set offline to false.`,
          { reason: "offline" },
        )
      : undefined;

  return {
    name,
    scripted: false,
    async plan(request, { signal }) {
      throwIfAborted(signal);
      if (refusal !== undefined) return refusal;
      if (!convention.ok) return convention;
      const useless = uselessInstruction(request.instruction);
      if (useless !== undefined) return useless;
      return converse({ ...options, name, convention: convention.value }, request, signal);
    },
    close: () => client.close(),
  };
}

interface Talk extends ModelPlannerOptions {
  readonly name: string;
  readonly convention: CoordinateConvention;
}

async function converse(talk: Talk, request: PlanRequest, signal: AbortSignal): Promise<Result<Plan, PlanFailure>> {
  const { convention, limits } = talk;
  const sent = sizeToSend(request.frame ?? request.scene.view, convention.picture);
  const picture = await pictureFor(talk, request.frame, sent);
  throwIfAborted(signal);
  const things = thingsTold(request.scene);
  const scene =
    things.length === request.scene.detections.length ? request.scene : { ...request.scene, detections: things };
  const consultant = talk.consultant !== undefined && talk.consultant.skills.length > 0 ? talk.consultant : undefined;
  const prompt = describeRequest({ ...request, scene }, convention, sent);
  // Before the user's turn, and always the same: servers that keep what they have read need not read it again.
  const system =
    consultant === undefined ? SYSTEM_PROMPT : `${SYSTEM_PROMPT}\n${CONSULT_PROMPT}\n${catalogueOf(consultant.skills)}`;
  const planJson = answerSchema(
    things.map(({ id }) => id),
    convention,
  );
  const jsonSchema = consultant === undefined ? planJson : withConsult(planJson, consultant.skills);
  let consults = 0;
  const context: AnswerContext = { scene, frame: request.frame, convention, sent, maxSteps: limits.maxSteps };
  const turns: ModelTurn[] = [{ role: "user", text: prompt, ...(picture !== undefined && { images: [picture] }) }];

  for (let round = 0; ;) {
    const startedMs = talk.clock?.nowMs();
    const asked = { system, turns: [...turns], jsonSchema, ...outputLimits(limits) };
    const reply = await talk.client.complete(asked, { signal });
    throwIfAborted(signal);
    const question = consultant !== undefined && reply.ok ? consultIn(reply.value.text) : undefined;
    if (reply.ok && consultant !== undefined && question !== undefined && consults < MOST_CONSULTS) {
      const answer = await ask(consultant, question, signal);
      throwIfAborted(signal);
      talk.trace?.({
        planner: talk.name,
        round,
        system,
        prompt: turns[turns.length - 1].text,
        ...(turns.length === 1 && picture !== undefined && { picture }),
        ...tokensOf(reply.value),
        consult: { ...question, answer },
        problems: [],
        outcome: "consult",
        ...(startedMs !== undefined && talk.clock !== undefined && { ms: talk.clock.nowMs() - startedMs }),
      });
      consults += 1;
      turns.push(
        { role: "assistant", text: reply.value.text.slice(0, MOST_QUOTED) },
        { role: "user", text: consultTurn(question, answer, MOST_CONSULTS - consults) },
      );
      continue;
    }
    const plain = (value: ModelReply): ModelReply =>
      consultant === undefined ? value : { ...value, text: withoutConsult(value.text) };
    const outcome = reply.ok ? judge(plain(reply.value), context, talk) : clientFailure(reply, talk.name);
    talk.trace?.({
      planner: talk.name,
      round,
      system,
      prompt: turns[turns.length - 1].text,
      ...(turns.length === 1 && picture !== undefined && { picture }),
      ...(reply.ok && tokensOf(reply.value)),
      ...outcome.read,
      problems: problemsOf(outcome.read),
      outcome: outcome.result.ok ? "ok" : outcome.result.code,
      ...(startedMs !== undefined && talk.clock !== undefined && { ms: talk.clock.nowMs() - startedMs }),
    });
    if (outcome.result.ok || !reply.ok || problemsOf(outcome.read).length === 0 || round >= REPAIR_ROUNDS)
      return outcome.result;
    turns.push(
      { role: "assistant", text: reply.value.text.slice(0, MOST_QUOTED) },
      { role: "user", text: repairText(problemsOf(outcome.read)) },
    );
    round += 1;
  }
}

const outputLimits = ({ maxOutputTokens, temperature }: ModelPlannerLimits) => ({ maxOutputTokens, temperature });

const tokensOf = ({ text, inputTokens, outputTokens, attempts }: ModelReply) => ({
  raw: text,
  attempts,
  ...(inputTokens !== undefined && { inputTokens }),
  ...(outputTokens !== undefined && { outputTokens }),
});

interface Outcome {
  readonly result: Result<Plan, PlanFailure>;
  readonly read?: { readonly parsed?: unknown; readonly problems?: readonly Problem[] };
}

const problemsOf = (read: Outcome["read"]): readonly Problem[] => read?.problems ?? [];

/** A reply that is whole is read; one that was cut off or withheld is a failure at once: asking again would end the same. */
function judge(reply: ModelReply, context: AnswerContext, talk: Talk): Outcome {
  if (reply.finish === "length") {
    const message = `The model ${reply.model} was cut off at ${talk.limits.maxOutputTokens} tokens. Raise planner.maxOutputTokens, or switch its thinking off.`;
    return { result: fail("planner-failed", message, { reason: "cut-off", bound: talk.limits.maxOutputTokens }) };
  }
  if (reply.finish === "filtered") {
    const message = `The provider withheld the answer of ${reply.model}. Say the instruction in other words, or use another model.`;
    return { result: fail("planner-failed", message, { reason: "filtered" }) };
  }
  if (reply.text.trim() === "") {
    const message = `The model ${reply.model} answered with nothing. Check that it reads pictures and follows instructions.`;
    return { result: fail("planner-failed", message, { reason: "empty" }) };
  }
  return fromRead(readAnswer(reply.text, context), reply.model);
}

function fromRead(read: ReadAnswer, model: string): Outcome {
  if (read.ok) return { result: ok(read.plan), read: { parsed: read.parsed } };
  const [first] = read.problems;
  const where = first.path === "" ? "" : ` at ${first.path}`;
  const message = `The answer of ${model} is no plan${where}: ${first.message}.`;
  return { result: fail("planner-failed", message, { reason: "bad-answer", problems: read.problems }), read };
}

function clientFailure({ code, message, details }: Failure<ModelFailure>, planner: string): Outcome {
  const why = { ...details, reason: code, planner };
  switch (code) {
    case "timeout":
      return { result: fail("timeout", message, why) };
    case "unsupported":
      return { result: fail("unsupported", message, why) };
    case "link-lost":
    case "unauthorized":
    case "model-not-found":
    case "rate-limited":
    case "server-error":
    case "bad-answer":
      return { result: fail("planner-failed", message, why) };
  }
}

const repairText = (problems: readonly Problem[]): string =>
  `That answer cannot be used:
${problems.map(({ path, message }) => `- ${path === "" ? "answer" : path}: ${message}`).join("\n")}
Send the whole corrected JSON object and nothing else.`;

async function pictureFor(
  { pictureOf }: Talk,
  frame: Frame | undefined,
  sent: PictureSize,
): Promise<ModelImage | undefined> {
  if (pictureOf === undefined || frame === undefined) return undefined;
  const picture = await pictureOf(frame, sent);
  if (picture.width === sent.width && picture.height === sent.height) return picture;
  // Pixels of another picture than the one that was asked for would be read as places.
  throw new ControllerError(
    "internal",
    `Expected a picture of ${sent.width} x ${sent.height}; pictureOf made ${picture.width} x ${picture.height}.`,
  );
}

const MOST_INSTRUCTION = 2000;

function uselessInstruction(instruction: string): Failure<PlanFailure> | undefined {
  const words = cleanText(instruction, MOST_INSTRUCTION);
  if (instruction.length > MOST_INSTRUCTION) {
    return fail(
      "bad-instruction",
      `The instruction has ${instruction.length} characters; the limit is ${MOST_INSTRUCTION}. Say one thing at a time.`,
      { bound: MOST_INSTRUCTION, value: instruction.length },
    );
  }
  if (/[\p{L}\p{N}]/u.test(words)) return undefined;
  return fail("bad-instruction", `Expected words; found "${words}". Say what the robot shall do.`);
}

function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new ControllerError("aborted", "Planning was cancelled.", { cause: signal.reason });
}
