import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ControllerError } from "../domain/errors.js";
import type { PlannerTurn } from "../planning/model/planner-turn.js";

/**
 * Writes prompt, picture, raw answer and what was read from it, one numbered pair of files a turn. Throws `bad-input` when the
 * folder cannot be made. Keys are never part of a turn.
 */
export function createPlannerTrace(folder: string): (turn: PlannerTurn) => void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw new ControllerError("bad-input", `The folder ${folder} for the planner's trace cannot be made.`, { cause });
  }
  let count = 0;
  return ({ picture, ...turn }) => {
    count += 1;
    const name = join(folder, `turn-${String(count).padStart(3, "0")}`);
    const text = [
      `planner ${turn.planner}, round ${turn.round}, outcome ${turn.outcome}`,
      `tokens in ${turn.inputTokens ?? "?"} out ${turn.outputTokens ?? "?"}, attempts ${turn.attempts ?? "?"}`,
      "",
      "== system",
      turn.system,
      "",
      "== prompt",
      turn.prompt,
      "",
      "== raw answer",
      turn.raw ?? "(none)",
      "",
      "== read as",
      JSON.stringify(turn.parsed ?? null, undefined, 2),
      ...(turn.consult === undefined ? [] : [`consult: ${JSON.stringify(turn.consult)}`]),
      ...turn.problems.map((problem) => `problem: ${JSON.stringify(problem)}`),
      "",
    ];
    writeFileSync(`${name}.txt`, text.join("\n"));
    if (picture !== undefined)
      writeFileSync(`${name}.${picture.mediaType === "image/png" ? "png" : "jpg"}`, picture.data);
  };
}
