import type { MaskDrawer } from "../../../ports/mask-drawer.js";
import type { DepthEstimator } from "../../../ports/depth-estimator.js";
import type { Grounder } from "../../../ports/grounder.js";
import { loadPhraseGrounder } from "../../create-eyes.js";
import type { GroundEntry } from "../../launch/skills/ground-schema.js";
import { perceptionSchema } from "../../launch/perception-schema.js";
import { modelFolder } from "../../model-folder.js";
import { nameByLexicon } from "../../name-by-lexicon.js";
import type { BackendDeps, BackendKind, BackendTable } from "../backend-kind.js";
import { checkFolder, checkTransformers } from "./transformers.js";

/** Eyes for one back end, with an outliner where its entry names one. */
export interface BackendEyes {
  readonly grounder: Grounder;
  readonly depth: DepthEstimator;
  readonly masks?: MaskDrawer;
  close(): Promise<void>;
}

/** The back ends that skills which find things have in common; `make` builds a skill's port out of the eyes. */
export function grounderKinds<Port>(
  make: (eyes: BackendEyes, deps: BackendDeps) => Port,
): BackendTable<GroundEntry, Port> {
  const open: BackendKind<GroundEntry, Port>["open"] = async (config, deps) => {
    const eyes = await openEyes(config, deps);
    return { port: make(eyes, deps), close: () => eyes.close() };
  };
  const checkMasks = ({ masks }: GroundEntry, deps: BackendDeps): string | undefined =>
    masks === undefined ? undefined : checkFolder(masks, deps);
  return {
    onboard: {
      description: "The launch file's own eyes: what the phrase means is settled in metres.",
      example: { type: "onboard" },
      check: checkMasks,
      open,
    },
    "grounding-dino": {
      description: "GroundingDINO (ONNX), for things that the on-board eyes do not know.",
      example: { type: "grounding-dino", modelDir: "grounding-dino-tiny" },
      check: (config, deps) => checkFolder(config, deps) ?? checkMasks(config, deps),
      open,
    },
    owlv2: {
      description: "OWLv2 (ONNX), for things that the on-board eyes do not know.",
      example: {
        type: "owlv2",
        modelDir: "owlv2-base-patch16-ensemble",
        masks: { type: "sam", modelDir: "slimsam-77-uniform" },
      },
      check: (config, deps) => checkFolder(config, deps) ?? checkMasks(config, deps),
      open,
    },
    "florence-2": {
      description: "Florence-2, by the optional package @huggingface/transformers.",
      example: { type: "florence-2", modelDir: "florence-2-base-ft" },
      check: (config, deps) => checkTransformers(config, deps) ?? checkMasks(config, deps),
      open,
    },
  };
}

async function openEyes(config: GroundEntry, deps: BackendDeps): Promise<BackendEyes> {
  const shared = await deps.stage.eyes();
  const own = config.type === "onboard" ? undefined : await openGrounder(config, deps);
  try {
    const masks = config.masks === undefined ? undefined : await openMasks(config.masks, deps);
    return {
      grounder: own ?? shared.grounder,
      depth: shared.depth,
      ...(masks === undefined ? {} : { masks }),
      async close() {
        await masks?.close();
        await own?.close();
      },
    };
  } catch (error) {
    await own?.close();
    throw error;
  }
}

async function openGrounder(
  { masks: _masks, ...config }: Exclude<GroundEntry, { type: "onboard" }>,
  { launch, onNote }: BackendDeps,
): Promise<Grounder> {
  const perception = perceptionSchema.parse(config);
  if (perception.type === "oracle" || perception.type === "onboard") throw new TypeError("Unreachable by its type.");
  return nameByLexicon(await loadPhraseGrounder(perception, launch, { onNote: (text) => onNote("warning", text) }));
}

async function openMasks(
  { modelDir, providers }: NonNullable<GroundEntry["masks"]>,
  { launch, onNote }: BackendDeps,
): Promise<MaskDrawer> {
  const { createSam } = await import("../../../adapters/open-weights/index.js");
  return createSam({
    modelDir: modelFolder(modelDir, launch),
    providers,
    onFallback: ({ model, from, to, reason }) =>
      onNote("warning", `${model} runs on ${to}: ${from} cannot be had (${reason})`),
  });
}
