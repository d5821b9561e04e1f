import { z } from "zod";
import { ControllerError } from "../../domain/errors.js";
import type { ModelCard } from "../../domain/model-card.js";
import { COLORS, DRAWER_STATES, KINDS } from "../../domain/vocabulary.js";
import { INFO_VALUES } from "./picture-light.js";

const probability = z.number().min(0).max(1);
const temperature = z.number().positive().default(1);

/** `parameters` of the card of models/eyes: how its outputs become probabilities and what is kept. */
export const eyesParametersSchema = z.object({
  /** Centres with less probability are not looked at again. */
  centerThreshold: probability.default(0.3),
  /** Boxes of one group that overlap more than this are one thing. */
  nmsIou: probability.default(0.55),
  /** Most things looked at in one picture. */
  maxThings: z.number().int().positive().default(40),
  /** Things whose final score is less are not reported; for things, places and handles apart, since they are not equally hard. */
  scoreThresholds: z.tuple([probability, probability, probability]).default([0.3, 0.3, 0.3]),
  /** Score = logistic(slope * logit(centre x look) + offset), by group. Thresholds are compared with it. */
  scoreSlopes: z.tuple([z.number().positive(), z.number().positive(), z.number().positive()]).default([1, 1, 1]),
  scoreOffsets: z.tuple([z.number(), z.number(), z.number()]).default([0, 0, 0]),
  temperatureCenter: temperature,
  temperatureKind: temperature,
  temperatureColor: temperature,
  temperatureState: temperature,
  temperatureReal: temperature,
});
export type EyesParameters = z.infer<typeof eyesParametersSchema>;

const LABELS = { kind: KINDS, color: COLORS, state: DRAWER_STATES } as const;

/** Parameters of the card. Throws `model-damaged` for values out of range, and for weights of another vocabulary or other inputs. */
export function readEyesParameters(card: ModelCard): EyesParameters {
  for (const [output, expected] of Object.entries(LABELS)) {
    const found = card.labels[output] ?? [];
    if (found.join() === expected.join()) continue;
    throw new ControllerError(
      "model-damaged",
      `Model "${card.name}" answers with other words than this version: for ${output} expected ${expected.join(", ")}; ` +
        `its card says ${found.join(", ") || "nothing"}. Use the weights that came with this version.`,
    );
  }
  const numbers = card.inputs.find(({ name }) => name === "info")?.shape.at(-1);
  if (numbers !== INFO_VALUES) {
    throw new ControllerError(
      "model-damaged",
      `Model "${card.name}" wants other inputs than this version gives: expected ${INFO_VALUES} numbers a thing as "info"; ` +
        `its card says ${numbers ?? "nothing"}. Use the weights that came with this version.`,
    );
  }
  const parsed = eyesParametersSchema.safeParse(card.parameters);
  if (parsed.success) return parsed.data;
  throw new ControllerError(
    "model-damaged",
    `Parameters in the card of model "${card.name}" are not usable: ${z.prettifyError(parsed.error)}`,
  );
}
