import { InvalidArgumentError, type Command } from "commander";
import { DEFAULT_LAUNCH_FILE } from "../../app/launch/load-launch.js";
import { collect, parseCount, withCommonOptions } from "./common-options.js";
import {
  evalCommand,
  listModels,
  removeCommand,
  verifyModels,
  type EvalOptions,
  type StoreOptions,
} from "./models-command.js";
import { estimateCommand, type EstimateOptions } from "./models-estimate-command.js";
import { probeCommand, type ProbeOptions } from "./models-probe-command.js";
import { pullCommand, type PullCommandOptions } from "./models-pull-command.js";

/** A number above zero; 90e9 and 90 000 000 000 are the same. */
function parseAmount(text: string): number {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value))
    throw new InvalidArgumentError(`expected a number above 0; found "${text}".`);
  return value;
}

const withStore = (command: Command): Command =>
  command
    .option("--launch <file>", "launch file whose stateDir holds the pulled models", DEFAULT_LAUNCH_FILE)
    .option("--set <path=value>", "override a launch-file field; repeatable", collect, []);

/** `handeye models ...`. `exit` takes the exit code. */
export function addModelsCommands(program: Command, exit: (code: number) => void): void {
  const models = program.command("models").description("the models on this machine, and those that can be fetched");

  withStore(models.command("list"))
    .description("shipped, pulled and available models")
    .option("--json", "as JSON")
    .action(async (options: StoreOptions) => exit(await listModels(options)));

  withStore(models.command("verify"))
    .description("compare every file of shipped and pulled models with its card")
    .action(async (options: StoreOptions) => exit(await verifyModels(options)));

  withStore(models.command("pull"))
    .description("fetch a model into the state folder, and check it")
    .argument("<model>", "a name of the list, the address of a card, or the path of one")
    .option("--from <dir>", "take the files from a folder instead of the network")
    .option("--accept-licence", "accept a licence that restricts use")
    .option("--json", "the result as JSON")
    .option("--quiet", "no progress")
    .action(async (model: string, options: PullCommandOptions) => exit(await pullCommand(model, options)));

  withStore(models.command("rm"))
    .description("delete a pulled model")
    .argument("<model>", "its name")
    .action(async (model: string, options: StoreOptions) => exit(await removeCommand(model, options)));

  withStore(models.command("estimate"))
    .description("how much memory a model takes, and whether this machine has it")
    .argument("[model]", "a name of the list, or a server's, such as qwen3-vl:8b")
    .option("--params <n>", "parameters, such as 90e9", parseAmount)
    .option("--bits <n>", "bits of a weight", parseAmount)
    .option("--file-size <bytes>", "size of the weight files, such as 6.2e9", parseAmount)
    .option("--layers <n>", "layers of the decoder", parseAmount)
    .option("--kv-heads <n>", "heads for keys and values", parseAmount)
    .option("--head-dim <n>", "numbers in a head", parseAmount)
    .option("--context <n>", "tokens of request, picture and answer", parseAmount)
    .option("--json", "as JSON")
    .action(async (model: string | undefined, options: EstimateOptions) => exit(await estimateCommand(model, options)));

  withCommonOptions(models.command("probe"))
    .description("show the planner's model a picture of known marks, and work out how it writes points")
    .option("--json", "as JSON")
    .action(async (options: ProbeOptions) => exit(await probeCommand(options)));

  models
    .command("eval")
    .description("measure a model anew")
    .argument("<model>", "eyes, words or ears")
    .option(
      "--episodes <n>",
      "how many pictures or sentences; default: those that the card's figures are from",
      parseCount,
    )
    .option("--gallery <dir>", "draw what the eyes get wrong in the suite pointing into this folder")
    .option("--seed <n>", "with --gallery: which episodes", parseCount)
    .option("--quiet", "no progress, only the result")
    .action(async (model: string, options: EvalOptions) => exit(await evalCommand(model, options)));
}
