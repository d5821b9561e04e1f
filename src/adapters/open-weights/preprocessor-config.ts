import { z } from "zod";
import { ControllerError } from "../../domain/errors.js";
import type { SizeRule } from "./picture-size.js";
import type { Normalisation } from "./picture-tensor.js";
import type { Kernel } from "./resample.js";
import type { WeightsFolder } from "./weights-folder.js";

export interface Preprocessing extends Normalisation {
  readonly size: SizeRule;
  readonly kernel: Kernel;
}

const side = z.int().positive().max(8192);
const triple = z.array(z.number()).length(3);
/** What a preprocessor_config.json may say; whatever it does not say is the family's own. */
const configSchema = z.looseObject({
  size: z
    .union([
      z.looseObject({ height: side, width: side }),
      z.looseObject({ shortest_edge: side, longest_edge: side.optional() }),
      z.looseObject({ longest_edge: side }),
      // Older files: a number, with max_size beside it.
      side,
    ])
    .optional(),
  max_size: side.optional(),
  image_mean: triple.optional(),
  image_std: z.array(z.number().positive()).length(3).optional(),
  resample: z.int().min(0).max(5).optional(),
});

/** The picture library's codes for its filters. */
const KERNELS: readonly (Kernel | undefined)[] = ["nearest", "lanczos3", "linear", "cubic"];

/** How the weights want their pictures: the folder's preprocessor_config.json over the family's own ways. */
export async function readPreprocessing(folder: WeightsFolder, family: Preprocessing): Promise<Preprocessing> {
  const json = await folder.readJson("preprocessor_config.json");
  if (json === undefined) return family;
  const parsed = configSchema.safeParse(json);
  if (!parsed.success) {
    throw new ControllerError(
      "model-damaged",
      `preprocessor_config.json of model "${folder.card.name}" is not usable: ${z.prettifyError(parsed.error)}`,
      { details: { reason: "preprocessor-config" } },
    );
  }
  const { size, max_size: longest, image_mean: mean, image_std: std, resample } = parsed.data;
  return {
    size:
      size === undefined
        ? family.size
        : typeof size === "number"
          ? { shortest_edge: size, longest_edge: longest }
          : size,
    mean: mean ?? family.mean,
    std: std ?? family.std,
    kernel: (resample === undefined ? undefined : KERNELS[resample]) ?? family.kernel,
  };
}
