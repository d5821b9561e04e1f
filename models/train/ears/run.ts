import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync } from "node:fs";
import { parseArgs } from "node:util";

/** `--smoke` proves in a few minutes that every stage runs; the weights are good for nothing. */
const FULL = {
  counted: 200_000,
  held: 2_400,
  scale: 1,
  shards: 32,
  until: 12,
  wordsUntil: 32,
  steps: 24_000,
  passes: 6,
  windows: 72_000,
  stopSteps: 12_000,
  most: 1_000,
};
const SMOKE = {
  counted: 3_000,
  held: 60,
  scale: 0.01,
  shards: 1,
  until: 1,
  wordsUntil: 1,
  steps: 6,
  passes: 1,
  windows: 80,
  stopSteps: 10,
  most: 3,
};

function run(command: string, rest: readonly string[]): void {
  process.stderr.write(`${command} ${rest.join(" ")}\n`);
  const { status } = spawnSync(command, rest, { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

/**
 * Rebuilds models/ears from nothing: texts, speech, the three trainings, figures, card. Takes up where it was stopped. Needs
 * the packages that models/train/README.md names.
 */
function main(): void {
  const { values } = parseArgs({
    options: {
      smoke: { type: "boolean", default: false },
      data: { type: "string" },
      out: { type: "string" },
      python: { type: "string", default: "/usr/bin/python3" },
      fp32: { type: "boolean", default: false },
    },
  });
  const recipe = values.smoke ? SMOKE : FULL;
  const data = values.data ?? (values.smoke ? ".data/ears-smoke" : ".data/ears");
  const out = values.out ?? (values.smoke ? `${data}/models` : "models/ears");
  mkdirSync(data, { recursive: true });
  mkdirSync(out, { recursive: true });
  const script = (name: string): string => `models/train/ears/${name}`;
  const tsx = (name: string, ...rest: readonly string[]): void => run("npx", ["tsx", script(name), ...rest]);
  const python = (name: string, ...rest: readonly string[]): void => run(values.python, [script(name), ...rest]);

  tsx("make-texts.ts", "--out", data, "--counted", String(recipe.counted), "--held", String(recipe.held));
  python("sounds.py", "--data", data);
  tsx("build-language.ts", "--data", data, "--out", `${out}/language.json`);
  python(
    "speak.py",
    "--data",
    data,
    "--scale",
    String(recipe.scale),
    "--shards",
    String(recipe.shards),
    "--until",
    String(recipe.until),
    "--words-until",
    String(recipe.wordsUntil),
    "--processes",
    "2",
  );
  const precision = values.fp32 ? [] : ["--bf16"];
  python("train.py", "--data", data, "--out", `${data}/ears.pt`, "--steps", String(recipe.steps), ...precision);
  python("export.py", "--checkpoint", `${data}/ears.pt`, "--training", `${data}/training.json`, "--out", out);
  python(
    "train_sentences.py",
    "--data",
    data,
    "--language",
    `${out}/language.json`,
    "--checkpoint",
    `${data}/sentences.pt`,
    "--passes",
    String(recipe.passes),
    "--figures",
    `${data}/sentences.json`,
    "--out",
    `${out}/sentences.onnx`,
  );
  copyFileSync(`${out}/ears.onnx`, `${out}/watch.onnx`);
  const stop = ["--windows", String(recipe.windows), "--steps", String(recipe.stopSteps)];
  python("train_stop.py", "--data", data, "--out", out, "--about", `${data}/stop.json`, ...stop);
  tsx(
    "evaluate.ts",
    "--models",
    out,
    "--data",
    data,
    "--figures",
    `${data}/figures.json`,
    "--most",
    String(recipe.most),
  );
  tsx("evaluate-stop.ts", "--models", out, "--data", data, "--most", String(recipe.most));
  // The sentences of `handeye models eval ears` are no part of the training.
  if (out !== "models/ears") copyFileSync("models/ears/held-out.json", `${out}/held-out.json`);
  tsx("write-card.ts", "--models", out, "--data", data);
  if (!values.smoke) tsx("add-package-figures.ts", "--models", out);
}

main();
