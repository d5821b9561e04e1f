import { z } from "zod";
import { ControllerError } from "../../../domain/errors.js";
import type { WeightsFolder } from "../weights-folder.js";
import { createBytePair, type BytePairTokenizer } from "./byte-pair.js";
import { createWordPiece, type WordPieceTokenizer } from "./word-piece.js";

const vocabularySchema = z.record(z.string(), z.int().nonnegative());

const wordPieceFileSchema = z.looseObject({
  normalizer: z.looseObject({ lowercase: z.boolean().optional(), strip_accents: z.boolean().nullish() }).nullish(),
  model: z.looseObject({
    type: z.literal("WordPiece").optional(),
    vocab: vocabularySchema,
    unk_token: z.string().default("[UNK]"),
    continuing_subword_prefix: z.string().default("##"),
  }),
});

const bytePairFileSchema = z.looseObject({
  model: z.looseObject({
    type: z.literal("BPE").optional(),
    vocab: vocabularySchema,
    // Older files write a pair as one text.
    merges: z.array(z.union([z.string(), z.tuple([z.string(), z.string()])])),
  }),
});

const damaged = (folder: WeightsFolder, file: string, why: string): ControllerError =>
  new ControllerError(
    "model-damaged",
    `${file} of model "${folder.card.name}" is no tokenizer of this family: ${why}`,
    {
      details: { reason: "tokenizer", file },
    },
  );

const missing = (folder: WeightsFolder, files: string): ControllerError =>
  new ControllerError(
    "model-missing",
    `Model "${folder.card.name}" needs its tokenizer; its card names no ${files}. Add the file to the folder and to the card.`,
  );

const asPair = (merge: string | readonly [string, string]): readonly [string, string] => {
  if (typeof merge !== "string") return merge;
  const [left, right = ""] = merge.split(" ");
  return [left, right];
};

/** BERT's tokenizer from tokenizer.json, or from vocab.txt (one piece a line, letters lowered). */
export async function readWordPiece(folder: WeightsFolder): Promise<WordPieceTokenizer> {
  const json = await folder.readJson("tokenizer.json");
  if (json !== undefined) {
    const parsed = wordPieceFileSchema.safeParse(json);
    if (!parsed.success) throw damaged(folder, "tokenizer.json", z.prettifyError(parsed.error));
    const { model, normalizer } = parsed.data;
    return createWordPiece({
      vocabulary: new Map(Object.entries(model.vocab)),
      lowerCase: normalizer?.lowercase ?? true,
      stripAccents: normalizer?.strip_accents ?? undefined,
      continuation: model.continuing_subword_prefix,
      unknown: model.unk_token,
    });
  }
  const text = await folder.readText("vocab.txt");
  if (text === undefined) throw missing(folder, "tokenizer.json and no vocab.txt");
  const lines = text.replace(/\r?\n$/, "").split(/\r?\n/);
  return createWordPiece({ vocabulary: new Map(lines.map((piece, id) => [piece, id])), lowerCase: true });
}

/** CLIP's tokenizer from tokenizer.json, or from vocab.json and merges.txt. */
export async function readBytePair(folder: WeightsFolder): Promise<BytePairTokenizer> {
  const json = (await folder.readJson("tokenizer.json")) ?? (await readTwoFiles(folder));
  if (json === undefined) throw missing(folder, "tokenizer.json, and not both of vocab.json and merges.txt");
  const parsed = bytePairFileSchema.safeParse(json);
  if (!parsed.success) throw damaged(folder, "tokenizer.json", z.prettifyError(parsed.error));
  const { vocab, merges } = parsed.data.model;
  try {
    return createBytePair({ vocabulary: new Map(Object.entries(vocab)), merges: merges.map(asPair) });
  } catch (cause) {
    throw damaged(folder, "tokenizer.json", cause instanceof Error ? cause.message : String(cause));
  }
}

async function readTwoFiles(folder: WeightsFolder): Promise<unknown> {
  const vocab = await folder.readJson("vocab.json");
  const merges = await folder.readText("merges.txt");
  if (vocab === undefined || merges === undefined) return undefined;
  const lines = merges.split(/\r?\n/).filter((line) => line !== "" && !line.startsWith("#version"));
  return { model: { vocab, merges: lines } };
}
