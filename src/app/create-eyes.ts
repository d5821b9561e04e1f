import { join } from "node:path";
import { ControllerError } from "../domain/errors.js";
import { createSensorDepth } from "../perception/index.js";
import type { DepthEstimator } from "../ports/depth-estimator.js";
import type { Grounder } from "../ports/grounder.js";
import { createOracleDepth, createOracleGrounder } from "../../sim/oracle/index.js";
import type { SimTruth } from "../../sim/index.js";
import type { Launch } from "./launch/launch-schema.js";
import type { PerceptionConfig } from "./launch/perception-schema.js";
import { modelFolder } from "./model-folder.js";
import { nameByLexicon } from "./name-by-lexicon.js";
import { packageRoot } from "./package-root.js";

/** Grounder and depth together: one network may serve both. */
export interface Eyes {
  readonly grounder: Grounder;
  readonly depth: DepthEstimator;
  close(): Promise<void>;
}

export interface EyesOptions {
  /** What people should know about how the networks run: a provider that could not be had ... */
  readonly onNote?: (text: string) => void;
}

type Config<T extends PerceptionConfig["type"]> = Extract<PerceptionConfig, { type: T }>;

/** The on-board model's worker; loaded once and shared by the episodes of a benchmark. */
export async function loadOnboardEyes(config: Pick<Config<"onboard">, "type" | "modelDir">): Promise<Eyes> {
  // Loaded only where it is used: stacks without the network do not pay for its runtime.
  const { createOnnxEyes } = await import("../adapters/onnx/index.js");
  return createOnnxEyes({ modelDir: config.modelDir ?? join(packageRoot(), "models", "eyes") });
}

/** The networks that a launch file names, for one mission or many; undefined for the oracle, which has none. */
export async function loadEyes(launch: Launch, options: EyesOptions = {}): Promise<Eyes | undefined> {
  const { perception } = launch;
  if (perception.type === "oracle") return undefined;
  const opened: { close(): Promise<void> }[] = [];
  const keep = <T extends { close(): Promise<void> }>(thing: T): T => {
    opened.push(thing);
    return thing;
  };
  const close = async (): Promise<void> => void (await Promise.all(opened.map((thing) => thing.close())));
  try {
    if (perception.type === "onboard") {
      const onboard = keep(await loadOnboardEyes(perception));
      const depth = perception.depth === undefined ? onboard.depth : keep(await loadDepth(launch, options));
      return { grounder: onboard.grounder, depth, close };
    }
    const grounder = nameByLexicon(keep(await loadPhraseGrounder(perception, launch, options)));
    return { grounder, depth: keep(await loadDepth(launch, options)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The eyes that the launch file names. `truth` is reachable only by the row that says `oracle`. */
export async function createEyes(
  launch: Launch,
  truth: SimTruth | undefined,
  shared?: Eyes,
  options: EyesOptions = {},
): Promise<Eyes> {
  const sensor = launch.cameras.head.depth === "sensor";
  const { perception } = launch;
  const loaded = perception.type === "oracle" ? undefined : (shared ?? (await loadEyes(launch, options)));
  if (perception.type === "oracle" || loaded === undefined) {
    if (truth === undefined) {
      throw new ControllerError(
        "bad-launch-file",
        'perception.type "oracle" needs the simulator; choose another for a robot.',
      );
    }
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
  // Who uses eyes closes them; shared ones stay open for the next mission.
  const keepOpen = shared === undefined ? {} : { close: () => Promise.resolve() };
  return {
    grounder: { ...loaded.grounder, ...keepOpen },
    depth: sensor && perception.depth === undefined ? createSensorDepth() : { ...loaded.depth, ...keepOpen },
    close: () => (shared === undefined ? loaded.close() : Promise.resolve()),
  };
}

async function loadDepth(launch: Launch, options: EyesOptions): Promise<DepthEstimator> {
  const { perception, cameras } = launch;
  const config = (perception.type === "oracle" ? undefined : perception.depth) ?? {
    type: cameras.head.depth === "sensor" ? "sensor" : "onboard",
  };
  switch (config.type) {
    case "sensor":
      return createSensorDepth();
    case "onboard":
      return (await loadOnboardEyes({ ...config, type: "onboard" })).depth;
    case "depth-anything-v2": {
      const { createDepthAnything } = await import("../adapters/open-weights/index.js");
      return createDepthAnything({ ...config, modelDir: modelFolder(config.modelDir, launch), ...notes(options) });
    }
  }
}

/** A grounder that is asked in words. */
export async function loadPhraseGrounder(
  config: Config<"grounding-dino" | "owlv2" | "florence-2">,
  launch: Launch,
  options: EyesOptions,
): Promise<Grounder> {
  const modelDir = modelFolder(config.modelDir, launch);
  switch (config.type) {
    case "grounding-dino": {
      const { createGroundingDino } = await import("../adapters/open-weights/index.js");
      return createGroundingDino({ ...config, modelDir, ...notes(options) });
    }
    case "owlv2": {
      const { createOwlv2 } = await import("../adapters/open-weights/index.js");
      return createOwlv2({ ...config, modelDir, ...notes(options) });
    }
    case "florence-2": {
      const { createFlorence2 } = await import("../adapters/transformers/index.js");
      return createFlorence2({ ...config, modelDir, ...notes(options) });
    }
  }
}

const notes = ({ onNote }: EyesOptions) => ({
  onFallback: ({ model, from, to, reason }: { model: string; from: string; to: string; reason: string }): void =>
    onNote?.(`${model} runs on ${to}: ${from} cannot be had (${reason})`),
});
