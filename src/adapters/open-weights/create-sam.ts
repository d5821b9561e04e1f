import type { MaskDrawer } from "../../ports/mask-drawer.js";
import { copyPicture, openWeights, type WeightsOptions } from "./open-weights.js";

/** Segment Anything in a worker thread: masks for boxes that something else found. */
export async function createSam(options: WeightsOptions): Promise<MaskDrawer> {
  const link = await openWeights("sam", options);
  return {
    name: "sam",
    async draw(pixels, boxes, { signal } = {}) {
      if (boxes.length === 0) return [];
      const { picture, transfer } = copyPicture(pixels);
      return link.ask({ picture, boxes }, { signal, transfer });
    },
    close: () => link.close(),
  };
}
