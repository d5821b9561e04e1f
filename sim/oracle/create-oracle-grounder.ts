import type { Grounding } from "../../src/domain/detection.js";
import { thingLabel } from "../../src/domain/thing-label.js";
import type { Grounder } from "../../src/ports/grounder.js";
import type { SimTruth } from "../physics/truth.js";
import { frameTruth } from "./frame-truth.js";
import { instanceMasks } from "./instance-masks.js";
import { instanceWords } from "./instance-words.js";

/** Fewest visible pixels of a thing at 640x480 for it to count as seen; scales with the picture. */
const MIN_PIXELS = 40;
const REFERENCE_PIXELS = 640 * 480;

/**
 * Privileged: boxes, masks and words from the simulator's own state, for the rows labelled `oracle`. Things that are hidden
 * stay unfound. Largest first, all with score 1.
 */
export function createOracleGrounder(truth: SimTruth): Grounder {
  return {
    name: "oracle",
    async ground(frame, { signal }) {
      const { names, snapshot, ...picture } = await frameTruth(truth, frame, signal);
      const needed = MIN_PIXELS * ((frame.width * frame.height) / REFERENCE_PIXELS);
      return instanceMasks(picture)
        .filter(({ pixels }) => pixels >= needed)
        .sort((a, b) => b.pixels - a.pixels || a.instance - b.instance)
        .flatMap(({ instance, box, mask }): Grounding[] => {
          const attributes = instanceWords(names[instance] ?? "background", snapshot);
          return attributes ? [{ label: thingLabel(attributes), box, score: 1, mask, attributes }] : [];
        });
    },
    async close() {},
  };
}
