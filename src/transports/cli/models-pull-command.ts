import { createInterface } from "node:readline/promises";
import {
  findCard,
  httpFrom,
  machineDeps,
  mirrorFrom,
  modelsFolder,
  pullModel,
  type CatalogCard,
  type PullProgress,
} from "../../app/models/index.js";
import { ControllerError } from "../../domain/errors.js";
import { launchFrom } from "./common-options.js";
import { EXIT_BAD_INPUT } from "./exit-code.js";
import { sizeText, type StoreOptions } from "./models-command.js";

export interface PullCommandOptions extends StoreOptions {
  readonly from?: string;
  readonly acceptLicence?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Called off, in the words of shells. */
const EXIT_INTERRUPTED = 130;

/** Fetches or imports a model. 0: it is there and checked; 1: it could not be had; 2: no consent or no such card; 130: called off. */
export async function pullCommand(what: string, options: PullCommandOptions): Promise<number> {
  const launch = launchFrom(options);
  const mirror = mirrorFrom(process.env, launch.modelMirror);
  const http = httpFrom(process.env, mirror);
  const people = (text: string): void => void (options.quiet === true || process.stderr.write(`${text}\n`));
  const off = new AbortController();
  const interrupt = (): void => off.abort();
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  try {
    if (launch.offline && /^https?:/.test(what)) {
      process.stderr.write(
        "offline: offline is set, so no card is fetched. Give a name of the catalogue or a path, and --from.\n",
      );
      return EXIT_BAD_INPUT;
    }
    const found = await findCard(what, { http, signal: off.signal });
    if (!found.ok) return refused(found.code, found.message, options);
    const { card, from } = found.value;
    people(`${card.name}: ${card.task}`);
    people(`card from ${from}; licence ${card.licence}${card.licenceUrl === undefined ? "" : ` (${card.licenceUrl})`}`);
    if (card.revision !== undefined) people(`revision ${card.revision}`);

    const pulled = await pullModel(found.value, {
      store: modelsFolder(launch),
      http,
      offline: launch.offline,
      signal: off.signal,
      ...machineDeps,
      ...(mirror !== undefined && { mirror }),
      ...(options.from !== undefined && { from: options.from }),
      ...(options.acceptLicence !== undefined && { acceptLicence: options.acceptLicence }),
      ...(process.stdin.isTTY && { consent: (asked: CatalogCard) => askConsent(asked, off.signal) }),
      onRetry: (why, waitMs) => people(`${why} Trying again in ${(waitMs / 1000).toFixed(1)} s.`),
      ...(options.quiet !== true && { onProgress: progressWriter(process.stderr) }),
    });
    if (!pulled.ok) return refused(pulled.code, pulled.message, options);
    const { folder, state, trustedOnFirstUse, card: made } = pulled.value;
    for (const file of trustedOnFirstUse) {
      people(
        `${file}: the card knows no sha256; trusted on first use and recorded: ${made.files.find(({ path }) => path === file)?.sha256}`,
      );
    }
    people(state === "pulled" ? "pulled and checked" : "already there; every file is what its card says");
    for (const [field, value] of Object.entries(card.launch ?? {})) {
      people(`in a launch file: "${field}": ${JSON.stringify(value).replaceAll("$DIR", folder)}`);
    }
    process.stdout.write(
      `${options.json === true ? JSON.stringify({ name: card.name, folder, state, trustedOnFirstUse, files: made.files }) : folder}\n`,
    );
    return 0;
  } catch (error) {
    if (!off.signal.aborted && !(error instanceof ControllerError && error.code === "aborted")) throw error;
    process.stderr.write("Called off. What came so far is kept; the same command goes on from there.\n");
    return EXIT_INTERRUPTED;
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  }
}

function refused(code: string, message: string, { json }: PullCommandOptions): number {
  process.stderr.write(`${code}: ${message}\n`);
  if (json === true) process.stdout.write(`${JSON.stringify({ error: { code, message } })}\n`);
  return code === "licence-not-accepted" || code === "bad-card" ? EXIT_BAD_INPUT : 1;
}

async function askConsent({ name, licence }: CatalogCard, signal: AbortSignal): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  terminal.once("SIGINT", () => process.kill(process.pid, "SIGINT"));
  try {
    return /^\s*(y|yes|是)\s*$/i.test(await terminal.question(`Accept ${licence} for ${name}? [y/N] `, { signal }));
  } catch {
    return false;
  } finally {
    terminal.close();
  }
}

/** Progress in place at a terminal; otherwise a line for every tenth. */
export function progressWriter(stream: {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}): (progress: PullProgress) => void {
  let last = "";
  return ({ file, received, total }) => {
    const share = total === undefined ? undefined : Math.floor((received / total) * (stream.isTTY === true ? 100 : 10));
    const step = `${file} ${share ?? Math.floor(received / 10e6)}`;
    if (step === last) return;
    last = step;
    const amount = total === undefined ? sizeText(received) : `${sizeText(received)} of ${sizeText(total)}`;
    const end = stream.isTTY === true ? (received === total ? "\n" : "") : "\n";
    stream.write(`${stream.isTTY === true ? "\r\u001b[K" : ""}${file}: ${amount}${end}`);
  };
}
