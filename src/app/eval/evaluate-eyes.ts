import { join } from "node:path";
import { ControllerError } from "../../domain/errors.js";
import type { ModelCard } from "../../domain/model-card.js";
import { createOnnxEyes, readModelCard } from "../../adapters/onnx/index.js";
import { packageRoot } from "../package-root.js";
import { collectEyes } from "./collect-eyes.js";
import { compareWithCard, type Comparison } from "./compare-card.js";
import { eyesFigures, type EyesFigures } from "./eyes-figures.js";

export interface EyesEvaluation {
  readonly card: ModelCard;
  readonly measured: EyesFigures;
  readonly comparisons: readonly Comparison[];
}

export interface EvaluateOptions {
  /** Pictures to look at; default: as many as the card's figures are from, which are then the very same ones. */
  readonly pictures?: number;
  /** Default: models/eyes of the package. */
  readonly modelDir?: string;
  readonly onPicture?: (done: number, total: number) => void;
}

/** Measures the shipped eyes anew on held-out scenes, through the runtime's own code. Throws `bad-input` for no pictures. */
export async function evaluateEyes(options: EvaluateOptions = {}): Promise<EyesEvaluation> {
  const modelDir = options.modelDir ?? join(packageRoot(), "models", "eyes");
  const card = await readModelCard(modelDir);
  const stated = card.figures.pictures;
  const pictures = options.pictures ?? (typeof stated === "number" ? stated : 100);
  if (pictures < 1) throw new ControllerError("bad-input", `Expected at least one picture, found ${pictures}.`);
  const eyes = await createOnnxEyes({ modelDir });
  try {
    const collected = await collectEyes(eyes, pictures, (done) => options.onPicture?.(done, pictures));
    const measured = eyesFigures(collected);
    return { card, measured, comparisons: compareWithCard(measured, card) };
  } finally {
    await eyes.close();
  }
}
