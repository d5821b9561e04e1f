import type { Family, Provider } from "./families.js";
import type { GraphOptions, SkippedProvider } from "./open-graph.js";
import type { AnswerOf, DenseMap, RequestOf } from "./weights-messages.js";
import type { WeightsFolder } from "./weights-folder.js";

/** One loaded family: what a worker serves. */
export interface WeightsNet<F extends Family> {
  readonly provider: Provider;
  readonly skipped: readonly SkippedProvider[];
  readonly unit?: DenseMap["unit"];
  run(request: RequestOf<F>): Promise<AnswerOf<F>>;
}

export type LoadNet<F extends Family> = (folder: WeightsFolder, options: GraphOptions) => Promise<WeightsNet<F>>;
