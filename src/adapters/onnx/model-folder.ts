import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { ControllerError } from "../../domain/errors.js";
import { modelCardSchema, type ModelCard, type ModelFile } from "../../domain/model-card.js";

const CARD = "model.json";
const REMEDY =
  'Reinstall the package, or check out its models folder again; "handeye models verify" compares every file.';

/** The card in a model's folder. Throws `model-missing` without one, `model-damaged` when it cannot be read as one. */
export async function readModelCard(modelDir: string): Promise<ModelCard> {
  const path = join(modelDir, CARD);
  const text = (await readPresent(path)).toString("utf8");
  const parsed = modelCardSchema.safeParse(asJson(text));
  if (parsed.success) return parsed.data;
  throw new ControllerError(
    "model-damaged",
    `Model card ${path} is not what a card must be: ${z.prettifyError(parsed.error)}\n${REMEDY}`,
  );
}

/** One of a card's files, checked against its size and sha256. Throws `model-missing` or `model-damaged`. */
export async function readModelFile(modelDir: string, file: ModelFile): Promise<Uint8Array> {
  const path = join(modelDir, file.path);
  const bytes = await readPresent(path);
  if (bytes.byteLength !== file.bytes) {
    throw new ControllerError(
      "model-damaged",
      `Model file ${path} is damaged: its card says ${file.bytes} bytes, found ${bytes.byteLength}. ${REMEDY}`,
      { details: { path, expectedBytes: file.bytes, foundBytes: bytes.byteLength } },
    );
  }
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  if (sha256 !== file.sha256) {
    throw new ControllerError(
      "model-damaged",
      `Model file ${path} is damaged: its card says sha256 ${file.sha256}, found ${sha256}. ${REMEDY}`,
      { details: { path, expectedSha256: file.sha256, foundSha256: sha256 } },
    );
  }
  return bytes;
}

/** Reads the card and checks every file that it names. */
export async function verifyModel(modelDir: string): Promise<ModelCard> {
  const card = await readModelCard(modelDir);
  for (const file of card.files) await readModelFile(modelDir, file);
  return card;
}

async function readPresent(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new ControllerError("model-missing", `Model file ${path} is expected and cannot be read. ${REMEDY}`, {
      cause,
      details: { path },
    });
  }
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
