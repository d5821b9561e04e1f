import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { parseArgs } from "node:util";

/** `--smoke` proves in a minute that every stage runs; the weights are good for nothing. */
const FULL = { sentences: 300_000, steps: 6_600, held: 1_000 };
const SMOKE = { sentences: 2_000, steps: 10, held: 40 };

function run(command: string, rest: readonly string[]): void {
  process.stderr.write(`${command} ${rest.join(" ")}\n`);
  const { status } = spawnSync(command, rest, { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

/** Rebuilds models/words from nothing: generate, train, export, evaluate, write the card. Takes up where it was stopped. */
function main(): void {
  const { values } = parseArgs({
    options: {
      smoke: { type: "boolean", default: false },
      data: { type: "string" },
      out: { type: "string" },
      python: { type: "string", default: "python3" },
      fp32: { type: "boolean", default: false },
    },
  });
  const recipe = values.smoke ? SMOKE : FULL;
  const data = values.data ?? (values.smoke ? ".data/words-smoke" : ".data/words");
  const out = values.out ?? (values.smoke ? `${data}/models` : "models/words");
  mkdirSync(data, { recursive: true });
  const script = (name: string): string => `models/train/words/${name}`;
  const [checkpoint, training, figures] = [`${data}/words.pt`, `${data}/training.json`, `${data}/figures.json`];

  run("npx", ["tsx", script("generate.ts"), "--sentences", String(recipe.sentences), "--out", data]);
  const precision = values.fp32 ? [] : ["--bf16"];
  const train = ["--data", data, "--out", checkpoint, "--steps", String(recipe.steps), ...precision];
  run(values.python, [script("train.py"), ...train]);
  run(values.python, [script("export.py"), "--checkpoint", checkpoint, "--training", training, "--out", out]);
  const model = ["--model", `${out}/words.onnx`, "--training", training];
  run("npx", ["tsx", script("evaluate.ts"), ...model, "--figures", figures, "--sentences", String(recipe.held)]);
  run("npx", ["tsx", script("write-card.ts"), "--models", out, "--figures", figures, "--training", training]);
}

main();
