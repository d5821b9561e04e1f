import { join } from "node:path";
import { createSensorDepth } from "../perception/index.js";
import type { DepthEstimator } from "../ports/depth-estimator.js";
import type { Grounder } from "../ports/grounder.js";
import { createOracleDepth, createOracleGrounder } from "../../sim/oracle/index.js";
import type { SimTruth } from "../../sim/index.js";
import type { Launch } from "./launch/launch-schema.js";
import { packageRoot } from "./package-root.js";

/** Grounder and depth together: one network may serve both. */
export interface Eyes {
  readonly grounder: Grounder;
  readonly depth: DepthEstimator;
  close(): Promise<void>;
}

/** The on-board model's worker; loaded once and shared by the episodes of a benchmark. */
export async function loadOnboardEyes(config: Extract<Launch["perception"], { type: "onboard" }>): Promise<Eyes> {
  // Loaded only where it is used: stacks without the network do not pay for its runtime.
  const { createOnnxEyes } = await import("../adapters/onnx/index.js");
  return createOnnxEyes({ modelDir: config.modelDir ?? join(packageRoot(), "models", "eyes") });
}

/** The eyes that the launch file names. `truth` is reachable only by the row that says `oracle`. */
export async function createEyes(launch: Launch, truth: SimTruth, shared?: Eyes): Promise<Eyes> {
  const sensor = launch.cameras.head.depth === "sensor";
  switch (launch.perception.type) {
    case "onboard": {
      const eyes = shared ?? (await loadOnboardEyes(launch.perception));
      // Who uses eyes closes them; shared ones stay open for the next mission.
      const keepOpen = { close: () => Promise.resolve() };
      const used =
        shared === undefined
          ? eyes
          : { grounder: { ...eyes.grounder, ...keepOpen }, depth: { ...eyes.depth, ...keepOpen } };
      return {
        grounder: used.grounder,
        depth: sensor ? createSensorDepth() : used.depth,
        close: () => (shared === undefined ? eyes.close() : Promise.resolve()),
      };
    }
    case "oracle": {
      const grounder = createOracleGrounder(truth);
      const depth = sensor ? createSensorDepth() : createOracleDepth(truth);
      return {
        grounder,
        depth,
        async close() {
          await grounder.close();
          await depth.close();
        },
      };
    }
  }
}
