import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { ControllerError } from "../../domain/errors.js";
import type { ModelCard, ModelFile } from "../../domain/model-card.js";
import { readModelCard } from "../onnx/model-folder.js";
import type { Family } from "./families.js";

/** A folder of weights in which every file is what the card says. */
export interface WeightsFolder {
  readonly path: string;
  readonly card: ModelCard;
  /** Path of the graph with this file name, or of the only one. Throws `model-missing`. */
  graph(...names: readonly string[]): string;
  has(name: string): boolean;
  /** One of the card's files by its name, wherever in the folder it lies; undefined where the card has none. */
  readText(name: string): Promise<string | undefined>;
  readJson(name: string): Promise<unknown>;
}

/** Reads the card and compares every file that it names. Throws `model-missing` or `model-damaged`. */
export async function verifyWeights(path: string): Promise<ModelCard> {
  const card = await readCard(path);
  for (const file of card.files) await checkFile(path, file);
  return card;
}

/**
 * Reads the card and compares size and sha256 of every file that it names, streaming, since weights can be larger than memory
 * should be. Files that the card does not name are not used. Throws `model-missing` or `model-damaged`.
 */
export async function openWeightsFolder(path: string, family: Family): Promise<WeightsFolder> {
  const card = await readCard(path);
  const said = card["family"];
  if (typeof said === "string" && said !== family) {
    throw new ControllerError(
      "model-damaged",
      `The card in ${path} is of a ${said} model; ${family} was expected. Choose the folder of ${family} weights, or set the type to "${said}".`,
      { details: { reason: "family", expected: family, found: said } },
    );
  }
  for (const file of card.files) await checkFile(path, file);

  const fileNamed = (name: string): ModelFile | undefined =>
    card.files.find((file) => file.path === name) ?? card.files.find((file) => basename(file.path) === name);
  const readText = async (name: string): Promise<string | undefined> => {
    const file = fileNamed(name);
    return file === undefined ? undefined : readFile(join(path, file.path), "utf8");
  };
  return {
    path,
    card,
    has: (name) => fileNamed(name) !== undefined,
    graph(...names) {
      const graphs = card.files.filter((file) => file.path.endsWith(".onnx"));
      const chosen =
        names.map(fileNamed).find((file) => file !== undefined) ?? (graphs.length === 1 ? graphs[0] : undefined);
      if (chosen !== undefined) return join(path, chosen.path);
      throw new ControllerError(
        "model-missing",
        `The card in ${path} names ${graphs.length} graphs (${graphs.map((file) => file.path).join(", ") || "none"}); expected one ONNX file, or ${names.join(" or ")}. Leave the one that is to be used in the card.`,
        { details: { path, graphs: graphs.map((file) => file.path) } },
      );
    },
    readText,
    async readJson(name) {
      const text = await readText(name);
      if (text === undefined) return undefined;
      try {
        return JSON.parse(text) as unknown;
      } catch (cause) {
        throw new ControllerError("model-damaged", `${name} in ${path} is not JSON; fetch the model again.`, { cause });
      }
    },
  };
}

async function readCard(path: string): Promise<ModelCard> {
  try {
    return await readModelCard(path);
  } catch (cause) {
    if (!(cause instanceof ControllerError) || cause.code !== "model-missing") throw cause;
    throw new ControllerError(
      "model-missing",
      `${path} has no model.json: expected a folder of weights with a card. "handeye models pull" leaves one; docs/guide/weights.md shows how to write one for weights of your own.`,
      { cause, details: { path } },
    );
  }
}

/** Compares a file with its card, streaming. */
async function checkFile(folder: string, file: ModelFile): Promise<void> {
  const path = join(folder, file.path);
  const remedy = "Fetch the model again.";
  const size = await stat(path).then(
    (found) => found.size,
    (cause: unknown) => {
      throw new ControllerError("model-missing", `Model file ${path} is expected and cannot be read. ${remedy}`, {
        cause,
        details: { path },
      });
    },
  );
  if (size !== file.bytes) {
    throw new ControllerError(
      "model-damaged",
      `Model file ${path} is damaged: its card says ${file.bytes} bytes, found ${size}. ${remedy}`,
      { details: { path, expectedBytes: file.bytes, foundBytes: size } },
    );
  }
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  const sha256 = hash.digest("hex");
  if (sha256 !== file.sha256) {
    throw new ControllerError(
      "model-damaged",
      `Model file ${path} is damaged: its card says sha256 ${file.sha256}, found ${sha256}. ${remedy}`,
      { details: { path, expectedSha256: file.sha256, foundSha256: sha256 } },
    );
  }
}
