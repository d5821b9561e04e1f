import type { Goal } from "../domain/plan.js";
import type { Result } from "../domain/result.js";
import { ok } from "../domain/result.js";
import { parseInstruction, type ParseFailure } from "./grammar/parse-instruction.js";
import { nameOf, placeName } from "./program/labels.js";
import type { Clause, InstructionProgram } from "./program/program.js";

const sameThing = (a: Goal, b: Goal): boolean => "label" in a && "label" in b && a.label === b.label;

function goalOf(clause: Clause): Goal | undefined {
  switch (clause.do) {
    case "take":
      return clause.what.quantifier === "all" && clause.out
        ? { goal: "placed", label: nameOf(clause.what), at: "counter" }
        : { goal: "held", label: nameOf(clause.what) };
    case "put":
      return clause.to === undefined
        ? { goal: "other", text: `moved: ${nameOf(clause.what)}` }
        : { goal: "placed", label: nameOf(clause.what), at: placeName(clause.to) };
    case "open":
      return { goal: "opened", label: nameOf(clause.what) };
    case "close":
      return { goal: "closed", label: nameOf(clause.what) };
    case "push":
      return { goal: "other", text: `pushed: ${nameOf(clause.what)}` };
    case "sort":
      return { goal: "other", text: `sorted by colour: ${nameOf(clause.what)}` };
    case "release":
      return { goal: "other", text: "nothing held" };
    case "look":
    case "wait":
      return undefined;
  }
}

/**
 * What must hold when a program has been carried out. A later clause about the same thing overrides an earlier one (opened,
 * then closed), and the hand can hold only what was taken last.
 */
export function goalsOf(program: InstructionProgram): readonly Goal[] {
  const goals: Goal[] = [];
  for (const clause of program) {
    const goal = goalOf(clause);
    if (goal === undefined) continue;
    // Whatever is done next with the hand ends the holding; closing a drawer does not.
    const keepsHold = goal.goal === "closed";
    const kept = goals.filter((old) => !sameThing(old, goal) && (keepsHold || old.goal !== "held"));
    goals.splice(0, goals.length, ...kept, goal);
  }
  return goals;
}

/** The goals of an instruction in English or Chinese, in canonical words, for verification by looking. */
export function describeGoals(instruction: string): Result<readonly Goal[], ParseFailure> {
  const program = parseInstruction(instruction);
  return program.ok ? ok(goalsOf(program.value)) : program;
}
