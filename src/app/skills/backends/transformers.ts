import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ControllerError } from "../../../domain/errors.js";
import { fail, ok, type Result } from "../../../domain/result.js";
import type { BackendFailure } from "../../../ports/skill-backends.js";
import { modelFolder } from "../../model-folder.js";
import type { BackendDeps } from "../backend-kind.js";

const PACKAGE = "@huggingface/transformers";

export interface TransformersConfig {
  readonly modelDir: string;
  readonly dtype: string;
  readonly providers: readonly string[];
}

/** What the adapter for the optional package takes, from a launch file's entry. */
export const transformersOptions = (config: TransformersConfig, { launch, onNote }: BackendDeps) => ({
  modelDir: modelFolder(config.modelDir, launch),
  dtype: config.dtype,
  providers: config.providers,
  onFallback: ({ model, from, to, reason }: { model: string; from: string; to: string; reason: string }): void =>
    onNote("warning", `${model} runs on ${to}: ${from} cannot be had (${reason})`),
});

/** What is missing, and what to do: the weights, or the package. */
export function checkTransformers(
  { modelDir }: Pick<TransformersConfig, "modelDir">,
  deps: BackendDeps,
): string | undefined {
  const folder = checkFolder({ modelDir }, deps);
  if (folder !== undefined) return folder;
  try {
    createRequire(import.meta.url).resolve(PACKAGE);
    return undefined;
  } catch {
    return `The optional package is not installed: npm install ${PACKAGE}@4`;
  }
}

/** Whether there is a folder with a card at all; its bytes are checked when it is opened. */
export function checkFolder({ modelDir }: { readonly modelDir: string }, { launch }: BackendDeps): string | undefined {
  const folder = modelFolder(modelDir, launch);
  return existsSync(join(folder, "model.json"))
    ? undefined
    : `There is no model.json in ${folder}. Pull weights with handeye models pull, or name another folder.`;
}

/** What an adapter throws about its model as a failure of this back end; anything else is thrown on. */
export async function orModelFailure<T>(work: () => Promise<T>): Promise<Result<T, BackendFailure>> {
  try {
    return ok(await work());
  } catch (error) {
    if (error instanceof ControllerError && (error.code === "model-failed" || error.code === "worker-died")) {
      return fail("model-failed", error.message);
    }
    throw error;
  }
}
