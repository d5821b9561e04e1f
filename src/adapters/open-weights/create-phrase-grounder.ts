import type { Grounding } from "../../domain/detection.js";
import type { Grounder } from "../../ports/grounder.js";
import { copyPicture, openWeights, type WeightsOptions } from "./open-weights.js";
import type { GroundingThresholds } from "./weights-messages.js";

export interface PhraseGrounderOptions extends WeightsOptions, Partial<GroundingThresholds> {
  /** Looked for in every picture, besides the phrases that are asked for. */
  readonly vocabulary?: readonly string[];
}

/** GroundingDINO in a worker thread: finds phrases in a picture. Its scores are not calibrated. */
export const createGroundingDino = (options: PhraseGrounderOptions): Promise<Grounder> =>
  createPhraseGrounder("grounding-dino", options, { boxThreshold: 0.3, textThreshold: 0.25, nmsIou: 0.7 });

/** OWLv2 in a worker thread: finds phrases in a picture. Its scores are low by nature; so is its threshold. */
export const createOwlv2 = (options: PhraseGrounderOptions): Promise<Grounder> =>
  createPhraseGrounder("owlv2", options, { boxThreshold: 0.2, textThreshold: 0.2, nmsIou: 0.7 });

async function createPhraseGrounder(
  family: "grounding-dino" | "owlv2",
  options: PhraseGrounderOptions,
  usual: GroundingThresholds,
): Promise<Grounder> {
  const { vocabulary = [] } = options;
  const thresholds: GroundingThresholds = {
    boxThreshold: options.boxThreshold ?? usual.boxThreshold,
    textThreshold: options.textThreshold ?? usual.textThreshold,
    nmsIou: options.nmsIou ?? usual.nmsIou,
  };
  const link = await openWeights(family, options);
  return {
    name: family,
    async ground(frame, { phrases, signal }) {
      const { picture, transfer } = copyPicture(frame);
      const request = { ...thresholds, picture, phrases, vocabulary };
      const found = await link.ask(request, { signal, transfer });
      return found.map(({ phrase, box, score }): Grounding => ({ label: phrase, phrase, box, score }));
    },
    close: () => link.close(),
  };
}
