import { z } from "zod";

const tensorSchema = z.looseObject({
  name: z.string().min(1),
  /** Numbers, or names of dimensions that vary. */
  shape: z.array(z.union([z.number().int().positive(), z.string()])),
  /** The file whose graph has this tensor, where a model has several. */
  file: z.string().optional(),
  meaning: z.string().optional(),
});

export const modelFileSchema = z.strictObject({
  /** Relative to the card's folder. */
  path: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]*$/, "expected a relative path of plain characters")
    .refine((path) => !path.split("/").includes(".."), "expected a path inside the model's folder"),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, "expected 64 lower-case hexadecimal digits"),
  bytes: z.number().int().positive(),
});
export type ModelFile = z.infer<typeof modelFileSchema>;

/** `models/<name>/model.json`: what the weights are, where they come from, and what they are good for. */
export const modelCardSchema = z.looseObject({
  name: z.string().min(1),
  /** One sentence: from what, to what. */
  task: z.string().min(1),
  /** Who trained them, on what. */
  source: z.string().min(1),
  licence: z.string().min(1),
  files: z.array(modelFileSchema).min(1),
  inputs: z.array(tensorSchema),
  outputs: z.array(tensorSchema),
  /** Measured on held-out data, by name. */
  figures: z.record(z.string(), z.unknown()),
  /** What they are not good for, plainly. */
  limits: z.array(z.string()),
  /** Words behind output indices, by output: `kind`, `color`, `state` ... */
  labels: z.record(z.string(), z.array(z.string())),
  /** Numbers that reading the outputs needs: thresholds, temperatures. */
  parameters: z.record(z.string(), z.union([z.number(), z.array(z.number())])).default({}),
});
export type ModelCard = z.infer<typeof modelCardSchema>;
