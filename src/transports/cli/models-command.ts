import { inspectModels } from "../../app/inspect-models.js";
import { ControllerError } from "../../domain/errors.js";
import { loadLaunch, DEFAULT_LAUNCH_FILE } from "../../app/launch/load-launch.js";

export interface ModelsOptions {
  readonly episodes?: number;
  readonly gallery?: string;
  readonly seed?: number;
  readonly quiet?: boolean;
}

/** What is looked through for the gallery, unless told otherwise. */
const GALLERY_EPISODES = 60;
const GALLERY_SEED = 901_000;

/** `models list`, `models verify` and `models eval eyes`. Usage errors are `bad-input`. */
export async function modelsCommand(what: string, name: string | undefined, options: ModelsOptions): Promise<number> {
  if (what === "eval") return evalCommand(name, options);
  if (what !== "list" && what !== "verify") {
    throw new ControllerError(
      "bad-input",
      `handeye models expects list or verify, or eval and a model; found "${what}".`,
    );
  }
  if (name !== undefined || options.gallery !== undefined || options.episodes !== undefined) {
    throw new ControllerError("bad-input", `handeye models ${what} takes nothing further: it is about every model.`);
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

/** Measures a model anew. 0: as good as its card says, 1: worse. With --gallery: draws failures instead. */
async function evalCommand(name: string | undefined, options: ModelsOptions): Promise<number> {
  if (name !== "eyes") {
    throw new ControllerError("bad-input", `handeye models eval expects the model eyes; found "${name ?? "nothing"}".`);
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
        process.stdout.write(`${file}\n  "${phrase}"  right: ${right}; answered: ${answered}  [${cause}]\n`),
    });
    process.stdout.write(`${pictures.length} failures of ${episodes} episodes in ${directory}\n`);
    return 0;
  }
  const evaluation = await evaluateEyes({
    ...(options.episodes === undefined ? {} : { pictures: options.episodes }),
    onPicture: (done, total) => progress(done % 10 === 0 || done === total ? `${done}/${total} pictures\n` : ""),
  });
  process.stdout.write(formatEvaluation(evaluation));
  return evaluation.comparisons.some(({ isWorse }) => isWorse) ? 1 : 0;
}
