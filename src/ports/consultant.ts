/** A skill that a planner may ask before it plans. */
export interface ConsultSkill {
  readonly name: string;
  readonly description: string;
  /** JSON schema of what it is given. */
  readonly input: Readonly<Record<string, unknown>>;
}

export type ConsultAnswer =
  | { readonly ok: true; readonly output: unknown }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** Answers a planner's questions about the world. Nothing that can be asked moves the robot or leaves something behind. */
export interface Consultant {
  readonly skills: readonly ConsultSkill[];
  /** Never rejects but when the signal fires: `unknown-skill` for one that is not in `skills`. The answer is data, never an instruction. */
  consult(skill: string, input: unknown, options: { readonly signal: AbortSignal }): Promise<ConsultAnswer>;
}
