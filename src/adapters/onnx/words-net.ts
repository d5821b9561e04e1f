import { z } from "zod";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { ControllerError } from "../../domain/errors.js";
import type { ModelCard } from "../../domain/model-card.js";
import {
  MAX_READER_CHARACTERS,
  PIECE_LABELS,
  PIECE_ROLES,
  PIECE_STARTS,
  type WordsReading,
} from "../../ports/words-reader.js";
import { decodePieces } from "./decode-pieces.js";
import { readModelCard, readModelFile } from "./model-folder.js";
import { numberCharacters, placesOf } from "./words-characters.js";
import type { WordsThresholds, WordsWorkerData } from "./words-messages.js";

const parametersSchema = z.object({
  confidenceThreshold: z.number().min(0).max(1),
  readableThreshold: z.number().min(0).max(1),
});

const LABELS = { piece: PIECE_LABELS, role: PIECE_ROLES, start: PIECE_STARTS } as const;

/** Thresholds of the card of models/words. Throws `model-damaged` for weights that answer in other labels. */
export function readWordsThresholds(card: ModelCard): WordsThresholds {
  for (const [output, expected] of Object.entries(LABELS)) {
    if (card.labels[output]?.join() === expected.join()) continue;
    throw new ControllerError(
      "model-damaged",
      `Model "${card.name}" answers with other labels for "${output}" than this version. Use the weights that came with it.`,
    );
  }
  const parsed = parametersSchema.safeParse(card.parameters);
  if (!parsed.success)
    throw new ControllerError(
      "model-damaged",
      `Parameters in the card of model "${card.name}" are not usable: ${z.prettifyError(parsed.error)}`,
    );
  return { confidence: parsed.data.confidenceThreshold, readable: parsed.data.readableThreshold };
}

export interface WordsNet {
  readonly thresholds: WordsThresholds;
  read(text: string): Promise<WordsReading>;
}

/** The network of a model folder whose card fits this version. Throws `model-missing` or `model-damaged`. */
export async function loadWordsNet({ modelDir, threads }: WordsWorkerData): Promise<WordsNet> {
  const card = await readModelCard(modelDir);
  const thresholds = readWordsThresholds(card);
  const bytes = await readModelFile(modelDir, card.files[0]);
  const session = await InferenceSession.create(bytes, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: "sequential",
  });
  return { thresholds, read: readerOf(session, card.labels["characters"] ?? []) };
}

/** A function from prepared text to its reading. */
export function readerOf(session: InferenceSession, characters: readonly string[]): WordsNet["read"] {
  const places = placesOf(characters);
  return async (text) => {
    if (text.length === 0 || text.length > MAX_READER_CHARACTERS)
      throw new ControllerError(
        "model-failed",
        `The words network reads 1 to ${MAX_READER_CHARACTERS} characters; found ${text.length}. Say it in fewer words.`,
      );
    const numbers = BigInt64Array.from(numberCharacters(text, places), BigInt);
    const output = await session.run({ characters: new Tensor("int64", numbers, [1, text.length]) });
    const rows = (name: string): Float32Array => output[name].data as Float32Array;
    return decodePieces(text, {
      labels: rows("piece"),
      roles: rows("role"),
      starts: rows("start"),
      readable: rows("readable")[0],
    });
  };
}
