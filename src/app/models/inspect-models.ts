import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { factsOf } from "../../adapters/model-store/index.js";
import { modelCardSchema } from "../../domain/model-card.js";
import { packageRoot } from "../package-root.js";

export interface ModelReport {
  readonly name: string;
  readonly task: string;
  readonly licence: string;
  readonly bytes: number;
  /** Folder for `modelDir` of a launch file. */
  readonly folder: string;
  /** What does not fit its card, and what to do; absent when all is well. */
  readonly problem?: string;
}

export const shippedFolder = (): string => join(packageRoot(), "models");

export interface InspectOptions {
  /** What to do about a file that is missing or damaged. */
  readonly remedy?: string;
  /** False: sizes only, without reading the weights. */
  readonly hashes?: boolean;
}

/** Reads every model card under a folder, by default the package's own, and compares the files with it. */
export async function inspectModels(
  root = shippedFolder(),
  { remedy = "reinstall the package or restore the file", hashes = true }: InspectOptions = {},
): Promise<readonly ModelReport[]> {
  if (!existsSync(root)) return [];
  const names = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, entry.name, "model.json")))
    .map(({ name }) => name)
    .sort();
  const reports: ModelReport[] = [];
  for (const name of names) reports.push(await inspectModel(join(root, name), name, { remedy, hashes }));
  return reports;
}

/** Pulled models; a damaged one is pulled again. */
export const inspectPulled = (
  store: string,
  options: Pick<InspectOptions, "hashes"> = {},
): Promise<readonly ModelReport[]> => inspectModels(store, { remedy: "pull the model again", ...options });

async function inspectModel(
  folder: string,
  name: string,
  { remedy, hashes }: Required<InspectOptions>,
): Promise<ModelReport> {
  const parsed = modelCardSchema.safeParse(parse(readFileSync(join(folder, "model.json"), "utf8")));
  if (!parsed.success) {
    const problem = `model.json does not fit the card schema: ${parsed.error.message}`;
    return { name, task: "?", licence: "?", bytes: 0, folder, problem };
  }
  const card = parsed.data;
  const problems: string[] = [];
  for (const file of card.files) {
    const path = join(folder, file.path);
    if (!existsSync(path)) {
      problems.push(`${file.path} is missing; ${remedy}`);
      continue;
    }
    const { size } = statSync(path);
    if (size !== file.bytes) {
      problems.push(`${file.path} is damaged: expected ${file.bytes} bytes, found ${size}; ${remedy}`);
      continue;
    }
    if (!hashes) continue;
    const { sha256 } = await factsOf(path);
    if (sha256 !== file.sha256) {
      problems.push(`${file.path} is damaged: expected sha256 ${file.sha256}, found ${sha256}; ${remedy}`);
    }
  }
  const bytes = card.files.reduce((sum, file) => sum + file.bytes, 0);
  const report = { name: card.name, task: card.task, licence: card.licence, bytes, folder };
  return problems.length === 0 ? report : { ...report, problem: problems.join("; ") };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
