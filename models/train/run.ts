import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { parseArgs } from "node:util";

interface Recipe {
  readonly pictures: number;
  readonly detectorSteps: number;
  readonly depthSteps: number;
  readonly lookSteps: number;
  readonly scenes: number;
  /** Training scenes on which the ranges of whole numbers are chosen. */
  readonly rangeScenes: number;
}

const FULL: Recipe = {
  pictures: 14_400,
  detectorSteps: 4_400,
  depthSteps: 400,
  lookSteps: 19_000,
  scenes: 100,
  rangeScenes: 24,
};
/** Proves in a few minutes that every stage runs; the weights are good for nothing. */
const SMOKE: Recipe = { pictures: 80, detectorSteps: 20, depthSteps: 20, lookSteps: 20, scenes: 2, rangeScenes: 2 };

/** Rebuilds models/eyes from nothing: generate, train both networks, export, quantise, evaluate, write the card. Takes up where it was stopped. */
function main(): void {
  const { values } = parseArgs({
    options: {
      smoke: { type: "boolean", default: false },
      data: { type: "string" },
      out: { type: "string" },
      python: { type: "string", default: "python3" },
      workers: { type: "string", default: "2" },
      fp32: { type: "boolean", default: false },
    },
  });
  const recipe = values.smoke ? SMOKE : FULL;
  const data = values.data ?? (values.smoke ? ".data/eyes-smoke" : ".data/eyes");
  const out = values.out ?? (values.smoke ? `${data}/models` : "models/eyes");
  mkdirSync(data, { recursive: true });

  const node = (script: string, ...rest: string[]): void => run("npx", ["tsx", `models/train/${script}`, ...rest]);
  const python = (script: string, ...rest: string[]): void =>
    run(values.python, [`models/train/eyes/${script}`, ...rest]);
  const precision = values.fp32 ? ["--fp32"] : [];
  const train = (name: string, steps: number, ...rest: string[]): void =>
    python(
      `train_${name}.py`,
      "--data",
      `${data}/train`,
      "--out",
      `${data}/${name}.pt`,
      "--steps",
      String(steps),
      ...precision,
      ...rest,
    );

  node(
    "generate.ts",
    "--split",
    "train",
    "--pictures",
    String(recipe.pictures),
    "--out",
    data,
    "--workers",
    values.workers,
  );
  train("detector", recipe.detectorSteps);
  train("depth", recipe.depthSteps, "--start", `${data}/detector.pt`);
  train("look", recipe.lookSteps);
  const training = `${data}/training.json`;
  const figures = `${data}/figures.json`;
  const checkpoints = ["--detector", `${data}/depth.pt`, "--trunk", `${data}/detector.pt`, "--look", `${data}/look.pt`];
  const [exported, exposed, ranges] = [`${data}/exported`, `${data}/exposed`, `${data}/ranges.json`];
  python("export.py", ...checkpoints, "--data", `${data}/train`, "--training", training, "--out", exported);
  mkdirSync(exposed, { recursive: true });
  mkdirSync(out, { recursive: true });
  const each = (folder: string, ...rest: string[]): void => {
    for (const file of ["detector.onnx", "look.onnx"])
      python("quantise.py", "--network", `${exported}/${file}`, "--out", `${folder}/${file}`, ...rest);
  };
  each(exposed, "--expose");
  node("ranges.ts", "--models", exposed, "--scenes", String(recipe.rangeScenes), "--out", ranges);
  each(out, "--ranges", ranges);
  node("evaluate.ts", "--calibrate", "--scenes", String(recipe.scenes), "--models", out, "--figures", figures);
  node("write-card.ts", "--models", out, "--figures", figures, "--training", training);
}

function run(command: string, rest: readonly string[]): void {
  process.stderr.write(`${command} ${rest.join(" ")}\n`);
  const { status } = spawnSync(command, rest, { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

main();
