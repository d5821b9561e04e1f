import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { createTextureLibrary } from "../../sim/render/index.js";
import { loadEyes, type Watcher } from "./evaluate/run-eyes.js";
import { sceneSeed } from "./generator/splits.js";
import { createViewer, PICTURE } from "./generator/take-view.js";
import { trainingScene } from "./generator/training-scene.js";

/** Of each picture's values, the part beyond which they may be cut off at either end: a few extremes cost everyone else steps. */
const CUT = 1e-4;

/** Least and greatest value without the extremes. */
export function rangeOf(values: Float32Array, cut = CUT): readonly [number, number] {
  const sorted = Float32Array.from(values).sort();
  const skip = Math.floor(cut * sorted.length);
  return [sorted[skip], sorted[sorted.length - 1 - skip]];
}

/**
 * What values the inner tensors of exposed networks (`eyes/quantise.py --expose`) take on training scenes: for each its mean least
 * and mean greatest value over pictures, without the extremes of each.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      models: { type: "string", default: ".data/eyes/exposed" },
      scenes: { type: "string", default: "40" },
      out: { type: "string", default: ".data/eyes/ranges.json" },
    },
  });
  const sums: Record<string, Map<string, { low: number; high: number; count: number }>> = {};
  const watch: Watcher = (network, outputs) => {
    const of = (sums[network] ??= new Map());
    for (const [name, { data }] of Object.entries(outputs)) {
      const [low, high] = rangeOf(data as Float32Array);
      const sum = of.get(name) ?? { low: 0, high: 0, count: 0 };
      of.set(name, { low: sum.low + low, high: sum.high + high, count: sum.count + 1 });
    }
  };
  const eyes = await loadEyes(values.models, watch);
  const textures = createTextureLibrary();
  for (let i = 0; i < Number(values.scenes); i++) {
    const takeView = createViewer(trainingScene("train", sceneSeed("train", i)), textures);
    for (const index of [0, 1]) {
      const { rendered, view } = takeView(index);
      await eyes.read({ rgb: rendered.rgb, ...PICTURE, intrinsics: view.intrinsics, poseInBase: view.cameraInBase });
    }
    process.stderr.write(`${i + 1} of ${values.scenes} scenes\n`);
  }
  const ranges = Object.fromEntries(
    Object.entries(sums).map(([network, of]) => [
      network,
      Object.fromEntries([...of].map(([name, { low, high, count }]) => [name, [low / count, high / count]])),
    ]),
  );
  writeFileSync(values.out, `${JSON.stringify(ranges, undefined, 1)}\n`);
}

if (process.argv[1] === import.meta.filename) await main();
