import {
  estimateMemory,
  fitsMachine,
  machineMemory,
  modelsFolder,
  inspectPulled,
  readCatalog,
  sizeFromName,
  sizeOfCard,
  type ModelSize,
} from "../../app/models/index.js";
import { ControllerError } from "../../domain/errors.js";
import { launchFrom } from "./common-options.js";
import { sizeText, type StoreOptions } from "./models-command.js";

export interface EstimateOptions extends StoreOptions {
  readonly params?: number;
  readonly bits?: number;
  readonly fileSize?: number;
  readonly layers?: number;
  readonly kvHeads?: number;
  readonly headDim?: number;
  readonly context?: number;
  readonly json?: boolean;
}

/** Memory that a model takes, by rule of thumb and by parts, and where on this machine it fits. */
export async function estimateCommand(name: string | undefined, options: EstimateOptions): Promise<number> {
  const known = name === undefined ? undefined : await sizeOf(name, options);
  if (name !== undefined && known === undefined && options.params === undefined) {
    throw new ControllerError(
      "bad-input",
      `Nothing is known of the size of "${name}". Give it: --params 8e9 --bits 4, or a name with a number such as internvl3-38b.`,
    );
  }
  const { params = known?.params, bits = known?.bits ?? 16 } = options;
  if (params === undefined) {
    throw new ControllerError("bad-input", "handeye models estimate expects a model's name, or --params and --bits.");
  }
  const size: ModelSize = {
    ...known,
    params,
    bits,
    ...(options.fileSize !== undefined && { fileBytes: options.fileSize }),
    ...(options.layers !== undefined && { layers: options.layers }),
    ...(options.kvHeads !== undefined && { kvHeads: options.kvHeads }),
    ...(options.headDim !== undefined && { headDim: options.headDim }),
    contextTokens: options.context ?? 8192,
  };
  const estimate = estimateMemory(size);
  const machine = await machineMemory();
  const fits = fitsMachine(estimate.betterBytes, machine);
  const source = known?.source ?? "what was given";
  if (options.json === true) {
    process.stdout.write(`${JSON.stringify({ name, size, source, estimate, machine, fits })}\n`);
    return 0;
  }
  const { ruleBytes, betterBytes, weightsBytes, weightsFrom, effectiveBits, cacheBytes, workBytes } = estimate;
  const weights = weightsFrom === "file-size" ? "size of the files" : `${effectiveBits} bits a parameter in truth`;
  const lines = [
    `${name === undefined ? "" : `${name}: `}${(params / 1e9).toPrecision(3)} billion parameters of ${bits} bits (${source})`,
    `rule of thumb  ${sizeText(ruleBytes).padStart(10)}  (P * 4) / (32 / Q) * 1.2`,
    `better         ${sizeText(betterBytes).padStart(10)}  the sum of:`,
    `  weights      ${sizeText(weightsBytes).padStart(10)}  ${weights}`,
    `  keys, values ${cacheBytes === undefined ? "         ?  give --layers, --kv-heads and --head-dim" : `${sizeText(cacheBytes).padStart(10)}  ${size.contextTokens} tokens`}`,
    `  work         ${sizeText(workBytes).padStart(10)}`,
    ...fits.map(
      ({ where, bytes, fits: answer }) =>
        `${answer === "yes" ? "fits" : answer === "tight" ? "tight" : "does not fit"}: ${where}, ${sizeText(bytes)}`,
    ),
    ...(machine.gpus.length === 0 ? ["No GPU was found (nvidia-smi)."] : []),
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
  return 0;
}

/** A pulled model by its files, one of the catalogue by its card, any other by its name. */
async function sizeOf(
  name: string,
  options: EstimateOptions,
): Promise<(Omit<ModelSize, "contextTokens"> & { source: string }) | undefined> {
  const card = readCatalog().find((one) => one.name === name);
  const pulled = (await inspectPulled(modelsFolder(launchFrom(options)), { hashes: false })).find(
    (one) => one.name === name,
  );
  if (card?.memory !== undefined) {
    const { bytes } = pulled ?? sizeOfCard(card);
    const source = pulled === undefined ? "its card" : "its files";
    // Asked for other bits than the files have, their size says nothing.
    const asFile = bytes > 0 && (options.bits === undefined || options.bits === card.memory.bits);
    return { ...card.memory, ...(asFile && { fileBytes: bytes }), source };
  }
  return sizeFromName(name, options.bits);
}
