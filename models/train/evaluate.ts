import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { collect } from "./evaluate/collect.js";
import { loadEyes } from "./evaluate/run-eyes.js";
import { calibrate, score, type Calibration } from "./evaluate/score.js";

/** Figures of the exported networks on held-out scenes, through onnxruntime: `--calibrate` first chooses the thresholds. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      models: { type: "string", default: "models/eyes" },
      scenes: { type: "string", default: "150" },
      calibrate: { type: "boolean", default: false },
      figures: { type: "string", default: ".data/eyes/figures.json" },
    },
  });
  const scenes = Number(values.scenes);
  const eyes = await loadEyes(values.models);
  const calibration = values.calibrate
    ? calibrate(await collect(eyes, "calibrate", scenes))
    : (JSON.parse(readFileSync(values.figures, "utf8")) as { calibration: Calibration }).calibration;
  const figures = score(await collect(eyes, "evaluate", scenes), calibration);
  const text = JSON.stringify({ calibration, figures }, undefined, 2);
  writeFileSync(values.figures, `${text}\n`);
  process.stdout.write(`${text}\n`);
}

await main();
