import { existsSync } from "node:fs";
import { loadLaunch, DEFAULT_LAUNCH_FILE } from "../../app/launch/load-launch.js";
import {
  inspectModels,
  inspectPulled,
  machineDeps,
  modelsFolder,
  readCatalog,
  removeModel,
  sizeOfCard,
  stagingFolder,
  type ModelReport,
} from "../../app/models/index.js";
import { ControllerError } from "../../domain/errors.js";
import { launchFrom, type CommonOptions } from "./common-options.js";

/** Options that say where pulled models are. */
export type StoreOptions = Pick<CommonOptions, "launch" | "set">;

export interface EvalOptions {
  readonly episodes?: number;
  readonly gallery?: string;
  readonly seed?: number;
  readonly quiet?: boolean;
}

/** What is looked through for the gallery, unless told otherwise. */
const GALLERY_EPISODES = 60;
const GALLERY_SEED = 901_000;

const out = (line: string): void => void process.stdout.write(`${line}\n`);

export const sizeText = (bytes: number): string =>
  bytes >= 1e9
    ? `${(bytes / 1e9).toFixed(2)} GB`
    : bytes >= 1e6
      ? `${(bytes / 1e6).toFixed(1)} MB`
      : `${(bytes / 1e3).toFixed(0)} kB`;

/** Models that ship, that were pulled, and that can be: one line each. 1 when one is damaged. */
export async function listModels(options: StoreOptions & { readonly json?: boolean }): Promise<number> {
  const store = modelsFolder(launchFrom(options));
  // Weights of gigabytes are not read for a list: sizes are compared, `verify` compares every byte.
  const shipped = await inspectModels(undefined, { hashes: true });
  const pulled = await inspectPulled(store, { hashes: false });
  const there = new Set(pulled.map(({ name }) => name));
  const rows = [
    ...shipped.map((report) => ({ ...report, state: "shipped" })),
    ...pulled.map((report) => ({ ...report, state: "pulled" })),
    ...readCatalog()
      .filter(({ name }) => !there.has(name))
      .map((card) => {
        const { bytes, exact } = sizeOfCard(card);
        const state = existsSync(stagingFolder(store, card.name)) ? "interrupted" : "available";
        return {
          name: card.name,
          task: card.task,
          licence: card.licence,
          bytes,
          state,
          about: !exact,
          folder: undefined,
        };
      }),
  ];
  if (options.json === true) out(JSON.stringify({ store, models: rows }));
  else {
    const width = Math.max(...rows.map(({ name }) => name.length));
    for (const row of rows) {
      const size = row.bytes === 0 ? "?" : `${"about" in row && row.about ? "~" : ""}${sizeText(row.bytes)}`;
      out(
        `${row.name.padEnd(width)} ${row.state.padEnd(11)} ${size.padStart(9)}  ${row.licence.padEnd(14)} ${row.task}`,
      );
      if ("problem" in row && row.problem !== undefined) out(`${" ".repeat(width + 1)}PROBLEM: ${row.problem}`);
    }
    out(`\nPulled models are in ${store}. handeye models pull <name> fetches an available one.`);
  }
  return rows.some((row) => "problem" in row && row.problem !== undefined) ? 1 : 0;
}

/** Compares every byte of shipped and pulled models with their cards. 1 when one is damaged. */
export async function verifyModels(options: StoreOptions): Promise<number> {
  const models = [...(await inspectModels()), ...(await inspectPulled(modelsFolder(launchFrom(options))))];
  const width = Math.max(10, ...models.map(({ name }) => name.length));
  for (const { name, bytes, licence, task, problem } of models) {
    out(`${name.padEnd(width)} ${sizeText(bytes).padStart(8)}  ${licence.padEnd(12)} ${task}`);
    out(`${" ".repeat(width + 1)}${problem === undefined ? "ok" : `PROBLEM: ${problem}`}`);
  }
  return models.some((model: ModelReport) => model.problem !== undefined) ? 1 : 0;
}

/** Deletes a pulled model. */
export async function removeCommand(name: string, options: StoreOptions): Promise<number> {
  const removed = await removeModel(name, {
    store: modelsFolder(launchFrom(options)),
    processes: machineDeps.processes,
  });
  if (removed.ok) out(`${removed.value.folder} is deleted.`);
  else process.stderr.write(`${removed.code}: ${removed.message}\n`);
  return removed.ok ? 0 : 1;
}

/** Measures a model anew. 0: as good as its card says, 1: worse. With --gallery: draws failures instead. */
export async function evalCommand(name: string, options: EvalOptions): Promise<number> {
  if (name === "ears") return evalEars(options);
  if (name === "words") return evalWords(options);
  if (name !== "eyes") {
    throw new ControllerError(
      "bad-input",
      `handeye models eval expects the model eyes, words or ears; found "${name}".`,
    );
  }
  const progress = (text: string): void => void (options.quiet === true || process.stderr.write(text));
  // Loaded only here: it brings the training's picture generator along.
  const { drawGallery, evaluateEyes, formatEvaluation } = await import("../../app/eval/index.js");
  if (options.gallery !== undefined) {
    const launch = loadLaunch(DEFAULT_LAUNCH_FILE, ['perception.type="onboard"']);
    const { gallery: directory, episodes = GALLERY_EPISODES, seed = GALLERY_SEED } = options;
    const pictures = await drawGallery({
      directory,
      episodes,
      seed,
      launch,
      onPicture: ({ file, phrase, right, answered, cause }) =>
        out(`${file}\n  "${phrase}"  right: ${right}; answered: ${answered}  [${cause}]`),
    });
    out(`${pictures.length} failures of ${episodes} episodes in ${directory}`);
    return 0;
  }
  const evaluation = await evaluateEyes({
    ...(options.episodes === undefined ? {} : { pictures: options.episodes }),
    onPicture: (done, total) => progress(done % 10 === 0 || done === total ? `${done}/${total} pictures\n` : ""),
  });
  process.stdout.write(formatEvaluation(evaluation));
  return evaluation.comparisons.some(({ isWorse }) => isWorse) ? 1 : 0;
}

function refuseGallery({ gallery }: EvalOptions): void {
  if (gallery !== undefined) {
    throw new ControllerError("bad-input", "Only the eyes have a gallery. Leave --gallery out, or evaluate eyes.");
  }
}

async function evalWords(options: EvalOptions): Promise<number> {
  refuseGallery(options);
  const { evaluateWords, formatWordsEvaluation } = await import("../../app/eval/evaluate-words.js");
  const evaluation = await evaluateWords({
    ...(options.episodes === undefined ? {} : { sentences: options.episodes }),
    onSet: (name) => void (options.quiet === true || process.stderr.write(`${name} ...\n`)),
  });
  process.stdout.write(formatWordsEvaluation(evaluation));
  return evaluation.some(({ isWorse }) => isWorse) ? 1 : 0;
}

async function evalEars(options: EvalOptions): Promise<number> {
  refuseGallery(options);
  const { episodes, quiet } = options;
  const { evaluateEars, formatEarsEvaluation } = await import("../../app/eval/evaluate-ears.js");
  const comparisons = await evaluateEars({
    ...(episodes === undefined ? {} : { sentences: episodes }),
    onUtterance: (done, total) => {
      if (quiet !== true && (done % 20 === 0 || done === total)) process.stderr.write(`${done}/${total} utterances\n`);
    },
  });
  process.stdout.write(formatEarsEvaluation(comparisons));
  return comparisons.some(({ isWorse }) => isWorse) ? 1 : 0;
}
