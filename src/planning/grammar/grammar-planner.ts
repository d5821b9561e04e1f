import { ControllerError } from "../../domain/errors.js";
import { fail, type Failure } from "../../domain/result.js";
import type { Scene } from "../../domain/scene.js";
import type { PlanFailure, Planner } from "../../ports/planner.js";
import { visibleThings } from "../program/labels.js";
import { planProgram } from "../program/plan-program.js";
import { parseInstruction, type ParseFailure } from "./parse-instruction.js";

const SAYABLE =
  "I can: take, put, open, close, push, give, clear, sort by colour (拿, 放, 打开, 关上, 推, 递给我, 收拾, 按颜色分类).";

/** Says what is in sight and what can be said, so that the next try can succeed. */
function explain(failure: Failure<ParseFailure>, scene: Scene): Failure<PlanFailure> {
  const visible = visibleThings(scene);
  const seen = visible.length === 0 ? "" : ` I see: ${visible.join(", ")}.`;
  return fail(failure.code, `${failure.message} ${SAYABLE}${seen}`, { ...failure.details, visible });
}

/** Planner by rules: a grammar for English and Chinese, phrases resolved over the scene in metres. Shown as `scripted`. */
export function createGrammarPlanner(): Planner {
  return {
    name: "grammar",
    scripted: true,
    plan: (request, { signal }) => {
      if (signal.aborted)
        return Promise.reject(
          new ControllerError("aborted", "Planning was cancelled before it began.", { cause: signal.reason }),
        );
      const program = parseInstruction(request.instruction);
      return Promise.resolve(program.ok ? planProgram(program.value, request) : explain(program, request.scene));
    },
    close: () => Promise.resolve(),
  };
}
