import type { ClipMaker } from "../../../ports/clip-maker.js";
import type { ClipEntry } from "../../launch/skills/clip-schema.js";
import type { BackendTable } from "../backend-kind.js";

/** Who can make clips. */
export const clipBackends: BackendTable<ClipEntry, ClipMaker> = {
  onboard: {
    description: "Rehearsals in a copy of the simulated world, spoken by flite, and highlights of recordings.",
    example: { type: "onboard" },
    async open(_config, { launch, env, stage }) {
      return {
        port: {
          async rehearse(request, options) {
            const { rehearse } = await import("../clip/rehearse.js");
            // The oracle sees only its own simulation: the copy makes its own.
            const eyes = launch.perception.type === "oracle" ? {} : { eyes: await stage.eyes() };
            return rehearse(request, { ...options, ...eyes, launch, env });
          },
          async highlights(request, options) {
            const { cutHighlights } = await import("../clip/cut-highlights.js");
            return cutHighlights(request, options);
          },
        },
        close: async () => undefined,
      };
    },
  },
};
