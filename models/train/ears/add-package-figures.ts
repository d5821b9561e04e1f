import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createOnnxEars } from "../../../src/adapters/ears/index.js";
import { createFliteSpeaker } from "../../../src/adapters/speech/index.js";
import type { ModelCard } from "../../../src/domain/model-card.js";
import { measurePackage, readHeldOut } from "./measure-package.js";

/** Adds to the card what anybody can measure again without a system package: `handeye models eval ears`. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { models: { type: "string", default: "models/ears" } } });
  const transcriber = await createOnnxEars({ modelDir: values.models });
  const speaker = await createFliteSpeaker();
  try {
    const packageVoices = await measurePackage({ transcriber, speaker, sentences: readHeldOut(values.models) });
    const path = join(values.models, "model.json");
    const card = JSON.parse(readFileSync(path, "utf8")) as ModelCard;
    writeFileSync(path, `${JSON.stringify({ ...card, figures: { ...card.figures, packageVoices } }, null, 2)}\n`);
    process.stderr.write(`${JSON.stringify(packageVoices)}\n`);
  } finally {
    await Promise.all([transcriber.close(), speaker.close()]);
  }
}

await main();
