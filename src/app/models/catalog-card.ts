import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { modelCardSchema, modelFileSchema } from "../../domain/model-card.js";
import { packageRoot } from "../package-root.js";

export const catalogFileSchema = modelFileSchema.extend({
  // The pull's own notes lie beside the files.
  path: modelFileSchema.shape.path.refine(
    (path) => path !== "model.json" && !/\.(part|part\.json|done\.json)$/.test(path),
    "expected another name: this one is taken by the pull itself",
  ),
  sha256: modelFileSchema.shape.sha256.optional(),
  bytes: modelFileSchema.shape.bytes.optional(),
  /** From publications, for estimates only. */
  approxBytes: z.number().int().positive().optional(),
  /** Where it is; relative to the card's `base`, by default its path. */
  url: z.string().min(1).optional(),
  /** Goes without it when its source has none. */
  optional: z.boolean().default(false),
});
export type CatalogFile = z.infer<typeof catalogFileSchema>;

/** A card of a model that can be pulled. What a card of the models folder must say of a file, this one may leave open. */
export const catalogCardSchema = modelCardSchema.extend({
  name: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/, "expected small letters, digits, dots and dashes"),
  /** Address that the files' own are relative to, with a slash at its end. */
  base: z.url({ protocol: /^https?$/ }).optional(),
  /** Which version `base` names, in words: a commit, or that it moves. */
  revision: z.string().min(1).optional(),
  licenceUrl: z.url({ protocol: /^https?$/ }).optional(),
  /** True when anybody may use and pass on the weights; else consent is asked for. */
  permissive: z.boolean().default(false),
  files: z.array(catalogFileSchema).min(1).max(64),
  inputs: modelCardSchema.shape.inputs.default([]),
  outputs: modelCardSchema.shape.outputs.default([]),
  figures: modelCardSchema.shape.figures.default({}),
  limits: modelCardSchema.shape.limits.default([]),
  labels: modelCardSchema.shape.labels.default({}),
  /** For estimates. */
  memory: z
    .strictObject({
      params: z.number().positive(),
      bits: z.number().positive().max(32),
      layers: z.int().positive().optional(),
      kvHeads: z.int().positive().optional(),
      headDim: z.int().positive().optional(),
    })
    .optional(),
  /** Fields of a launch file that use it; `$DIR` stands for the folder that it is pulled into. */
  launch: z.record(z.string(), z.unknown()).optional(),
});
export type CatalogCard = z.infer<typeof catalogCardSchema>;

export const catalogFolder = (): string => join(packageRoot(), "models", "catalog");

/** Every card that the package ships of models that others trained, by name. */
export function readCatalog(folder = catalogFolder()): readonly CatalogCard[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => catalogCardSchema.parse(JSON.parse(readFileSync(join(folder, file), "utf8"))));
}

/** Bytes that pulling it moves, as far as the card knows: `exact` when every file's size is known. */
export function sizeOfCard({ files }: CatalogCard): { readonly bytes: number; readonly exact: boolean } {
  const bytes = files.reduce((sum, file) => sum + (file.bytes ?? file.approxBytes ?? 0), 0);
  return { bytes, exact: files.every((file) => file.bytes !== undefined) };
}
