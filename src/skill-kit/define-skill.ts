import type { z } from "zod";
import type { Failure, Result } from "../domain/result.js";
import type { SkillContext } from "./skill-context.js";

/** Things of which there is one, and which two skills must not use at a time. */
export type Capability = "arm" | "gripper" | "base" | "head-camera" | "wrist-camera" | "microphone" | "speaker";

/**
 * A skill as its author writes it. `Code` is inferred from the failures that `run` returns, `Backend` (the port that each of its
 * back ends implements) from the type of its context.
 */
export interface SkillDefinition<Input extends z.ZodType, Output extends z.ZodType, Code extends string, Backend> {
  /** Kebab-case, unique: `pick`, `count-things`. */
  readonly name: string;
  /** One or two sentences, read by models that choose among skills. */
  readonly description: string;
  /** Untrusted input is parsed with this before `run` sees it. */
  readonly input: Input;
  /** What `run` returns is parsed with this before anybody else sees it. */
  readonly output: Output;
  /** After this the signal fires and the result is `timeout`. A launch file may allow more. */
  readonly timeoutMs: number;
  /** What the skill needs for itself while it runs. Default: nothing. */
  readonly uses?: readonly Capability[];
  /** True where a planner may ask for it while it plans: it moves nothing, leaves nothing behind and takes seconds. */
  readonly forPlanners?: boolean;
  /** Inputs for people to begin with; each is parsed by a test. */
  readonly examples?: readonly z.input<Input>[];
  run(
    input: z.output<Input>,
    context: SkillContext<Backend>,
  ): Promise<Result<Unchanging<z.input<Output>>, Code>> | Result<Unchanging<z.input<Output>>, Code>;
}

/** What a skill gives back is copied by its schema, so it may be read-only all the way down. */
export type Unchanging<T> = T extends Uint8Array
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Unchanging<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: Unchanging<T[Key]> }
      : T;

/** A skill as the runtime sees it: parsed on the way in and out, every expected failure a value. */
export interface Skill<Input = unknown, Output = unknown, Code extends string = string, Backend = unknown> {
  readonly name: string;
  readonly description: string;
  readonly input: z.ZodType<Input>;
  readonly output: z.ZodType<Output>;
  readonly timeoutMs: number;
  readonly uses: readonly Capability[];
  readonly forPlanners: boolean;
  readonly examples: readonly unknown[];
  /**
   * Parses the input, runs, and parses the output. `bad-input` when the input does not fit, `aborted` when the signal fired
   * first. The time limit is the caller's to turn into a signal. Throws only what is broken.
   */
  run(input: unknown, context: SkillContext<Backend>): Promise<Result<Output, Code | SkillErrorCode>>;
}

/** Failures that every skill can have, besides its own. */
export type SkillErrorCode = "bad-input" | "bad-output" | "aborted";

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const NOTHING: readonly Capability[] = [];

/** Makes a skill of its definition. Throws a `TypeError` for a name or a time limit that cannot be meant. */
export function defineSkill<
  Input extends z.ZodType,
  Output extends z.ZodType,
  const Code extends string = never,
  Backend = unknown,
>(definition: SkillDefinition<Input, Output, Code, Backend>): Skill<z.output<Input>, z.output<Output>, Code, Backend> {
  const {
    name,
    description,
    input,
    output,
    timeoutMs,
    uses = NOTHING,
    forPlanners = false,
    examples = [],
  } = definition;
  if (!NAME.test(name)) throw new TypeError(`Skill name "${name}" must be kebab-case, for example "count-things".`);
  if (!(timeoutMs > 0)) throw new TypeError(`Skill "${name}" needs a timeoutMs above 0, found ${timeoutMs}.`);
  return {
    name,
    description,
    input: input as unknown as z.ZodType<z.output<Input>>,
    output: output as unknown as z.ZodType<z.output<Output>>,
    timeoutMs,
    uses,
    forPlanners,
    examples,
    async run(raw, context) {
      const parsed = input.safeParse(raw);
      if (!parsed.success) return refuse("bad-input", `Input of skill "${name}" does not fit`, parsed.error);
      if (context.signal.aborted) return stopped(name);
      const result = await unlessAborted(definition.run(parsed.data, context), context.signal);
      if (result === ABORTED) return stopped(name);
      if (!result.ok) return result;
      const checked = output.safeParse(result.value);
      if (!checked.success) return refuse("bad-output", `Output of skill "${name}" does not fit`, checked.error);
      return { ok: true, value: checked.data };
    },
  };
}

const ABORTED = Symbol("aborted");

/** A skill that ignores its signal keeps nobody waiting. */
function unlessAborted<T>(work: T | Promise<T>, signal: AbortSignal): Promise<T | typeof ABORTED> {
  return new Promise((resolve, reject) => {
    const abort = (): void => resolve(ABORTED);
    signal.addEventListener("abort", abort, { once: true });
    Promise.resolve(work)
      .then(resolve, (error: unknown) => (signal.aborted ? resolve(ABORTED) : reject(error as Error)))
      .finally(() => signal.removeEventListener("abort", abort));
  });
}

const stopped = (name: string): Failure<SkillErrorCode> => ({
  ok: false,
  code: "aborted",
  message: `Skill "${name}" was interrupted.`,
});

function refuse(code: SkillErrorCode, what: string, error: z.ZodError): Failure<SkillErrorCode> {
  const issues = error.issues.map((issue) => `${issue.path.join(".") || "it"}: ${issue.message}`);
  return { ok: false, code, message: `${what}: ${issues.join("; ")}.`, details: { issues } };
}
