import { rm } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll } from "vitest";
import { createOnnxEars } from "../../src/adapters/ears/index.js";
import { createFliteSpeaker, createOpenAiTranscriber } from "../../src/adapters/speech/index.js";
import { createWhisper } from "../../src/adapters/transformers/index.js";
import type { Sound } from "../../src/ports/transcriber.js";
import { writeModelFolder } from "../support/onnx/write-model-folder.js";
import { startSpeechServer } from "../support/servers/speech-server.js";
import { sharedAdapters } from "../support/shared-adapters.js";
import { speechLink } from "../support/speech-link.js";
import { describeTranscriberContract } from "./transcriber-contract.js";

const tone: Sound = {
  samples: Float32Array.from({ length: 32_000 }, (_, i) => 0.5 * Math.sin(i / 6)),
  sampleRateHz: 16_000,
};
const share = sharedAdapters();

let modelDir: string;
let spoken: Sound;
beforeAll(async () => {
  modelDir = await writeModelFolder({ "config.json": "{}", "preprocessor_config.json": "{}" });
  const flite = await createFliteSpeaker();
  const said = await flite.speak("open the left drawer", { signal: new AbortController().signal });
  await flite.close();
  if (!said.ok) throw new Error(said.message);
  spoken = said.value;
});
afterAll(() => rm(modelDir, { recursive: true }));

describeTranscriberContract("onboard", async () => ({
  transcriber: await share("onboard", () =>
    createOnnxEars({ modelDir: fileURLToPath(new URL("../../models/ears", import.meta.url)) }),
  ),
  speech: spoken,
  words: /^open the left drawer$/,
}));

const specifier = pathToFileURL(resolve(import.meta.dirname, "../support/transformers-stand-in.ts")).href;
describeTranscriberContract("whisper, stand-in for the package", async () => ({
  transcriber: await share("whisper", () => createWhisper({ modelDir, specifier })),
  speech: tone,
  words: /^Stop\./,
}));

describeTranscriberContract("openai-compatible", async () => {
  const server = await startSpeechServer();
  server.will({ text: "Open the left drawer." });
  return {
    transcriber: createOpenAiTranscriber({ ...speechLink(server.baseUrl), model: "whisper-1" }),
    speech: tone,
    words: /^Open the left drawer\.$/,
    end: () => server.close(),
  };
});
