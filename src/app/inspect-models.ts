import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { modelCardSchema } from "../domain/model-card.js";
import { packageRoot } from "./package-root.js";

export interface ModelReport {
  readonly name: string;
  readonly task: string;
  readonly licence: string;
  readonly bytes: number;
  /** What does not fit its card, and what to do; absent when all is well. */
  readonly problem?: string;
}

/** Reads every model card of the package and compares the weight files with it. */
export async function inspectModels(root = join(packageRoot(), "models")): Promise<readonly ModelReport[]> {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, entry.name, "model.json")))
    .map((entry) => inspectModel(join(root, entry.name), entry.name));
}

function inspectModel(folder: string, name: string): ModelReport {
  const parsed = modelCardSchema.safeParse(JSON.parse(readFileSync(join(folder, "model.json"), "utf8")));
  if (!parsed.success) {
    return {
      name,
      task: "?",
      licence: "?",
      bytes: 0,
      problem: `model.json does not fit the card schema: ${parsed.error.message}`,
    };
  }
  const card = parsed.data;
  const problems = card.files.flatMap((file) => {
    const path = join(folder, file.path);
    if (!existsSync(path)) return [`${file.path} is missing; reinstall the package or restore the file`];
    const found = createHash("sha256").update(readFileSync(path)).digest("hex");
    return found === file.sha256 ? [] : [`${file.path} is damaged: expected sha256 ${file.sha256}, found ${found}`];
  });
  const bytes = card.files.reduce((sum, file) => sum + file.bytes, 0);
  const report = { name: card.name, task: card.task, licence: card.licence, bytes };
  return problems.length === 0 ? report : { ...report, problem: problems.join("; ") };
}
