import { join } from "node:path";
import { z } from "zod";
import {
  measurePackage,
  readHeldOut,
  type PackageFigures,
  type VoiceGroup,
} from "../../../models/train/ears/measure-package.js";
import { createOnnxEars } from "../../adapters/ears/index.js";
import { readModelCard } from "../../adapters/onnx/index.js";
import { createFliteSpeaker } from "../../adapters/speech/index.js";
import { ControllerError } from "../../domain/errors.js";
import { packageRoot } from "../package-root.js";

const statedSchema = z.object({
  packageVoices: z.record(z.string(), z.object({ utterances: z.number(), errorRate: z.number() })),
});
/** Worse than the card by more than 2 points and two standard errors of the fewer utterances is a failure. */
const TOLERANCE = 0.02;

export interface EarsComparison {
  readonly group: VoiceGroup;
  readonly measured: PackageFigures[VoiceGroup];
  /** Error rate of the card; undefined where it says nothing. */
  readonly card?: number;
  readonly allowed: number;
  readonly isWorse: boolean;
}

export interface EvaluateEarsOptions {
  /** Sentences to speak; default: all that the card's figures are from. */
  readonly sentences?: number;
  /** Default: models/ears of the package. */
  readonly modelDir?: string;
  readonly onUtterance?: (done: number, total: number) => void;
}

/** Measures the shipped ears anew, on held-out sentences that the package's own voices speak. */
export async function evaluateEars(options: EvaluateEarsOptions = {}): Promise<readonly EarsComparison[]> {
  const modelDir = options.modelDir ?? join(packageRoot(), "models", "ears");
  const card = await readModelCard(modelDir);
  const all = readHeldOut(modelDir);
  const wanted = options.sentences ?? all.length;
  if (wanted < 1) throw new ControllerError("bad-input", `Expected at least one sentence, found ${wanted}.`);
  const sentences = all.slice(0, wanted);
  const transcriber = await createOnnxEars({ modelDir });
  const speaker = await createFliteSpeaker();
  try {
    const { onUtterance } = options;
    const measured = await measurePackage({
      transcriber,
      speaker,
      sentences,
      ...(onUtterance === undefined ? {} : { onUtterance }),
    });
    const stated = statedSchema.safeParse(card.figures);
    return (Object.keys(measured) as VoiceGroup[]).map((group) => {
      const said = stated.success ? stated.data.packageVoices[group]?.errorRate : undefined;
      const { errorRate, words } = measured[group];
      const spread =
        sentences.length < all.length ? 2 * Math.sqrt(((said ?? 0) * (1 - (said ?? 0)) + 1 / words) / words) : 0;
      const allowed = TOLERANCE + spread;
      const isWorse = said !== undefined && errorRate - said > allowed;
      return { group, measured: measured[group], ...(said === undefined ? {} : { card: said }), allowed, isWorse };
    });
  } finally {
    await Promise.all([transcriber.close(), speaker.close()]);
  }
}

/** For people: one line a group of voices. */
export function formatEarsEvaluation(comparisons: readonly EarsComparison[]): string {
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const lines = comparisons.map(({ group, measured, card, allowed, isWorse }) => {
    const { errorRate, utterances, words, understood, errorRateOfUnderstood } = measured;
    const beside = card === undefined ? "" : `; card ${percent(card)}, allowed ${percent(card + allowed)}`;
    return `${group.padEnd(15)} word errors ${percent(errorRate)} of ${words} words in ${utterances} utterances${beside}${isWorse ? "  WORSE" : ""}\n${" ".repeat(16)}understood ${percent(understood)}, with word errors ${percent(errorRateOfUnderstood)}`;
  });
  return `voices of this package (flite), 20 dB\n${lines.join("\n")}\n`;
}
