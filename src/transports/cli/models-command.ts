import { inspectModels } from "../../app/inspect-models.js";
import { ControllerError } from "../../domain/errors.js";

/** `models list` and `models verify`: what ships, and whether every byte is what its card says. */
export async function modelsCommand(what: string): Promise<number> {
  if (what !== "list" && what !== "verify") {
    throw new ControllerError("bad-input", `handeye models expects list or verify; found "${what}".`);
  }
  const models = await inspectModels();
  for (const model of models) {
    const size = `${(model.bytes / 1e6).toFixed(1)} MB`;
    const state = model.problem === undefined ? "ok" : `PROBLEM: ${model.problem}`;
    process.stdout.write(`${model.name.padEnd(10)} ${size.padStart(8)}  ${model.licence.padEnd(12)} ${model.task}\n`);
    if (what === "verify" || model.problem !== undefined) process.stdout.write(`${" ".repeat(11)}${state}\n`);
  }
  return models.some((model) => model.problem !== undefined) ? 1 : 0;
}
