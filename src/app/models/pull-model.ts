import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import {
  downloadFile,
  factsOf,
  lockFolder,
  type Delay,
  type Downloaded,
  type Http,
  type Processes,
  type PullFailure,
} from "../../adapters/model-store/index.js";
import { ControllerError } from "../../domain/errors.js";
import { modelCardSchema, type ModelCard } from "../../domain/model-card.js";
import { fail, ok, type Result } from "../../domain/result.js";
import { sizeOfCard, type CatalogCard, type CatalogFile } from "./catalog-card.js";
import type { FoundCard } from "./find-card.js";
import { stagingFolder } from "./models-folder.js";

export interface PullProgress {
  readonly file: string;
  readonly received: number;
  readonly total?: number;
}

export interface PullOptions {
  /** Folder of pulled models. */
  readonly store: string;
  readonly http: Http;
  /** Address of a hub with the same paths as huggingface.co, in place of it. */
  readonly mirror?: string;
  /** Folder with the files, in place of the network. */
  readonly from?: string;
  /** Asks a person for consent to a licence that is not permissive; absent: nobody is there. */
  readonly consent?: (card: CatalogCard) => Promise<boolean>;
  readonly acceptLicence?: boolean;
  /** Refuses everything but `from`. */
  readonly offline?: boolean;
  readonly signal: AbortSignal;
  readonly delay: Delay;
  readonly processes: Processes;
  /** Bytes free where the folder is. */
  readonly freeBytes: (folder: string) => Promise<number>;
  readonly maxRetries?: number;
  readonly stallMs?: number;
  readonly onProgress?: (progress: PullProgress) => void;
  /** Told before a transfer that broke is taken up again. */
  readonly onRetry?: (why: string, waitMs: number) => void;
}

export interface PulledModel {
  readonly name: string;
  readonly folder: string;
  readonly card: ModelCard;
  readonly state: "pulled" | "already-there";
  /** Files whose sha256 the card did not know: what came was recorded, and later pulls and checks hold to it. */
  readonly trustedOnFirstUse: readonly string[];
}

export const HUB = "https://huggingface.co";
/** Kept free on the disk beside the model. */
const SPARE_BYTES = 200e6;

/** Fetches or imports a model, file by file, and puts its folder in place in one step. Rejects with `aborted` when called off. */
export async function pullModel(found: FoundCard, options: PullOptions): Promise<Result<PulledModel, PullFailure>> {
  const { card } = found;
  const folder = join(options.store, card.name);
  const lock = await lockFolder(join(options.store, `.${card.name}.lock`), options.processes);
  if (!lock.ok) return lock;
  try {
    const present = await presentModel(folder);
    if (present !== undefined) {
      return ok({ name: card.name, folder, card: present, state: "already-there", trustedOnFirstUse: [] });
    }
    return (await refuse(card, options)) ?? (await fetchAll(found, folder, options));
  } finally {
    await lock.value();
  }
}

async function refuse(card: CatalogCard, options: PullOptions) {
  if (options.offline === true && options.from === undefined) {
    return fail(
      "offline",
      "offline is set, so nothing is downloaded. Fetch the files elsewhere and import them with --from.",
    );
  }
  if (!card.permissive && options.acceptLicence !== true && (await options.consent?.(card)) !== true) {
    const where = card.licenceUrl === undefined ? "" : ` (${card.licenceUrl})`;
    return fail(
      "licence-not-accepted",
      `${card.name} is under ${card.licence}${where}, which restricts its use. Read it, and pull with --accept-licence if it allows what you do.`,
      { licence: card.licence },
    );
  }
  const { bytes } = sizeOfCard(card);
  await mkdir(options.store, { recursive: true });
  const free = await options.freeBytes(options.store);
  if (bytes + SPARE_BYTES <= free) return undefined;
  return fail(
    "no-space",
    `${card.name} takes about ${(bytes / 1e9).toFixed(2)} GB; ${options.store} has ${(free / 1e9).toFixed(2)} GB free. Free some, or set stateDir to another disk.`,
    { neededBytes: bytes, freeBytes: free },
  );
}

/** The card of a pulled model whose files are all what the card says. */
async function presentModel(folder: string): Promise<ModelCard | undefined> {
  const text = await readFile(join(folder, "model.json"), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const parsed = modelCardSchema.safeParse(parseJson(text));
  if (!parsed.success) return undefined;
  for (const file of parsed.data.files) {
    const path = join(folder, file.path);
    if (!existsSync(path) || (await factsOf(path)).sha256 !== file.sha256) return undefined;
  }
  return parsed.data;
}

interface Fetched extends Downloaded {
  readonly path: string;
}

async function fetchAll(
  found: FoundCard,
  folder: string,
  options: PullOptions,
): Promise<Result<PulledModel, PullFailure>> {
  const { card } = found;
  const staging = stagingFolder(options.store, card.name);
  const files: Fetched[] = [];
  for (const file of card.files) {
    if (options.signal.aborted) {
      throw new ControllerError("aborted", "The pull was called off; what came so far is kept.", {
        cause: options.signal.reason,
      });
    }
    const target = join(staging, file.path);
    const source = sourceOf(file, found, options);
    if (!source.ok) return source;
    const got =
      (await finished(file, target)) ??
      (source.value.type === "folder"
        ? await importFile(file, source.value.path, target)
        : await downloadFile({
            url: source.value.url,
            target,
            expected: { bytes: file.bytes, sha256: file.sha256 },
            http: options.http,
            delay: options.delay,
            signal: options.signal,
            maxRetries: options.maxRetries ?? 5,
            stallMs: options.stallMs ?? 30_000,
            ...(options.onRetry !== undefined && { onRetry: options.onRetry }),
            onProgress: (progress) => options.onProgress?.({ file: file.path, ...progress }),
          }));
    if (got.ok) files.push({ path: file.path, ...got.value });
    else if (!(file.optional && got.code === "model-not-found")) return got;
    else continue;
    // What came is noted beside the file, so that an interrupted pull does not fetch it again.
    await writeFile(`${target}.done.json`, JSON.stringify(files.at(-1)));
  }
  const unknown = files.filter(({ path }) => card.files.find((file) => file.path === path)?.sha256 === undefined);
  const trustedOnFirstUse = unknown.map(({ path }) => path);
  const pulled = modelCardSchema.parse({
    ...card,
    files: files.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 })),
    pulled: {
      from: options.from ?? found.from,
      ...(options.mirror !== undefined && options.from === undefined && { mirror: options.mirror }),
      ...(files.find(({ commit }) => commit !== undefined) && {
        commit: files.find(({ commit }) => commit !== undefined)?.commit,
      }),
      trustedOnFirstUse,
    },
  });
  for (const { path } of files) await rm(join(staging, `${path}.done.json`), { force: true });
  await writeFile(join(staging, "model.json"), `${JSON.stringify(pulled, undefined, 2)}\n`);
  await rm(folder, { recursive: true, force: true });
  await rename(staging, folder);
  return ok({ name: card.name, folder, card: pulled, state: "pulled", trustedOnFirstUse });
}

const notedSchema = z.object({ sha256: z.string(), commit: z.string().optional() });

/** Undefined for what a crash has left half written. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A file that an earlier pull has finished, if it is still what it was. */
async function finished(file: CatalogFile, target: string): Promise<Result<Downloaded, never> | undefined> {
  const noted = await readFile(`${target}.done.json`, "utf8").catch(() => undefined);
  if (noted === undefined || !existsSync(target)) return undefined;
  const facts = await factsOf(target);
  const note = notedSchema.safeParse(parseJson(noted));
  if (!note.success) return undefined;
  const { sha256, commit } = note.data;
  if (facts.sha256 !== sha256 || (file.sha256 !== undefined && facts.sha256 !== file.sha256)) return undefined;
  return ok({ ...facts, ...(commit !== undefined && { commit }) });
}

type Source = { readonly type: "url"; readonly url: string } | { readonly type: "folder"; readonly path: string };

function sourceOf(
  file: CatalogFile,
  { base, card }: FoundCard,
  { from, mirror }: PullOptions,
): Result<Source, PullFailure> {
  if (from !== undefined) {
    const whole = join(from, file.path);
    return ok({ type: "folder", path: existsSync(whole) ? whole : join(from, basename(file.path)) });
  }
  const address = file.url ?? file.path;
  if (base === "" && !/^https?:/.test(address)) {
    return fail("bad-card", `The card of ${card.name} does not say where ${file.path} is. Import it with --from.`);
  }
  const url = new URL(address, base === "" ? undefined : base);
  if (url.protocol === "file:" && base.startsWith("file:")) return ok({ type: "folder", path: fileURLToPath(url) });
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    return fail(
      "bad-card",
      `The card of ${card.name} names ${url.protocol} as the source of ${file.path}; expected http or https.`,
    );
  }
  if (mirror === undefined || url.origin !== HUB) return ok({ type: "url", url: url.href });
  return ok({ type: "url", url: `${mirror.replace(/\/+$/, "")}${url.pathname}${url.search}` });
}

async function importFile(file: CatalogFile, path: string, target: string): Promise<Result<Downloaded, PullFailure>> {
  if (!existsSync(path)) return fail("model-not-found", `Expected ${file.path} at ${path}; it is not there.`);
  await mkdir(dirname(target), { recursive: true });
  await copyFile(path, target);
  const facts = await factsOf(target);
  const wrongSize = file.bytes !== undefined && file.bytes !== facts.bytes;
  if (!wrongSize && (file.sha256 === undefined || file.sha256 === facts.sha256)) return ok(facts);
  await rm(target, { force: true });
  const expected = wrongSize ? `${file.bytes} bytes` : `sha256 ${file.sha256}`;
  const seen = wrongSize ? `${facts.bytes}` : facts.sha256;
  return fail("damaged", `${path} is not the file that the card names: expected ${expected}, found ${seen}.`);
}
