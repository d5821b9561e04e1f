import { fail, ok } from "../../domain/result.js";
import { ControllerError } from "../../domain/errors.js";
import { spawnWorker } from "../../ports/spawn-worker.js";
import type { Transcriber } from "../../ports/transcriber.js";
import { openWorker } from "../worker-link/open-worker.js";
import type { EarsAnswer, EarsReady, EarsRequest, EarsWorkerData } from "./ears-messages.js";
import { checkSound } from "./ears-net.js";

export interface OnnxEarsOptions {
  /** Folder with model.json and the files that it names. */
  readonly modelDir: string;
  /** Threads of one inference. */
  readonly threads?: number;
}

/**
 * The on-board ears, in a worker thread: spoken English and Chinese commands to text. Rejects with `model-missing` or
 * `model-damaged` when the folder is not what its card says, and a call with `aborted` when it is called off.
 */
export async function createOnnxEars({ modelDir, threads = 1 }: OnnxEarsOptions): Promise<Transcriber> {
  const workerData: EarsWorkerData = { modelDir, threads };
  const link = await openWorker<EarsRequest, EarsAnswer, EarsReady>({
    name: "the ears",
    start: () => spawnWorker(import.meta.url, "./ears-worker.js", { workerData }),
  });
  const { languages, confidenceThreshold } = link.ready;

  return {
    name: "onboard",
    leavesMachine: false,
    transcribe: async (sound, { signal, language }) => {
      const spoken = language?.toLowerCase().split("-")[0];
      if (spoken !== undefined && !languages.includes(spoken))
        return fail(
          "unsupported",
          `The on-board ears hear ${languages.join(" and ")}; "${language}" was asked for. Leave the language out, or set another transcriber.`,
        );
      const wrong = checkSound(sound);
      if (wrong !== undefined)
        return fail("bad-sound", `Expected sound of 4000 to 384000 samples a second; found ${wrong}. Record again.`);
      try {
        const { utterances } = await link.ask(
          { sound, ...(spoken === undefined ? {} : { language: spoken }) },
          { signal },
        );
        if (utterances.length === 0)
          return fail(
            "nothing-said",
            "Expected somebody to speak; heard silence, noise or music. Say it again, nearer.",
          );
        const text = utterances.map((utterance) => utterance.text).join(". ");
        const confidence = Math.min(...utterances.map((utterance) => utterance.confidence));
        if (confidence < confidenceThreshold)
          return fail(
            "not-understood",
            `Heard something like "${text}", and ${confidence.toFixed(2)} sure is less than ${confidenceThreshold}. Say it again, or type it.`,
            { text, confidence },
          );
        return ok({ text, language: utterances[0].language, confidence });
      } catch (error) {
        if (error instanceof ControllerError && error.code === "model-failed")
          return fail("model-failed", error.message);
        throw error;
      }
    },
    close: () => link.close(),
  };
}
