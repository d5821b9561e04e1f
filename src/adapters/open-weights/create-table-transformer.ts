import type { PartDetector } from "../../ports/picture-reader.js";
import { copyPicture, openWeights, type WeightsOptions } from "./open-weights.js";

export interface TableTransformerOptions extends WeightsOptions {
  /** Lowest score of a part, 0 to 1. */
  readonly scoreThreshold?: number;
}

/** Table Transformer in a worker thread: tables, or a table's rows, columns and cells, as the weights are. */
export async function createTableTransformer(options: TableTransformerOptions): Promise<PartDetector> {
  const { scoreThreshold = 0.9 } = options;
  const link = await openWeights("table-transformer", options);
  return {
    name: "table-transformer",
    async detect(picture, { signal } = {}) {
      const copy = copyPicture(picture);
      return link.ask({ picture: copy.picture, scoreThreshold }, { signal, transfer: copy.transfer });
    },
    close: () => link.close(),
  };
}
